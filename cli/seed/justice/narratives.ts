import { CITY } from "../places";
import type { Random } from "../random";

const PLACES = ["at home", "in the car park of a shop", "outside the victim's work", "at a relative's home"];
const ACTS: Readonly<Record<string, readonly string[]>> = {
  "09A": ["stabbed the victim, who died in hospital"],
  "100": ["held the victim in a room for two hours and took the telephone away"],
  "11A": ["forced the victim to a sexual act"],
  "13A": [
    "beat the victim until she fell and went on beating",
    "went at the victim and said he would end it tonight",
  ],
  "13B": [
    "pushed the victim against a wall",
    "struck the victim in the face",
    "pulled the victim by the hair",
  ],
  "13C": [
    "sent forty messages in one night with threats",
    "followed the victim from work and threatened her",
  ],
  "220": ["came in through a window while the victim slept"],
  "290": ["broke the victim's telephone and the door of the flat", "cut the tyres of the victim's car"],
  "90J": ["stood in the garden and would not leave"],
  "90Z": [
    "came to the victim's door although an order forbids it",
    "wrote to the victim although an order forbids it",
  ],
};
const WEAPONS: Readonly<Record<string, string>> = {
  "12": "A handgun was shown. ",
  "20": "A kitchen knife was used. ",
  "30": "A chair was used. ",
  "35": "A car was driven at the victim. ",
  "85": "The victim was choked and could not breathe. ",
};
const INJURIES: Readonly<Record<string, string>> = {
  B: "A broken arm was treated.",
  I: "The victim was taken to hospital for an internal injury.",
  L: "A deep cut was stitched.",
  M: "Bruises were photographed.",
  O: "The victim was taken to hospital.",
  T: "Two teeth were lost.",
  U: "The victim had been unconscious.",
};

/** What the report of an incident says. Persons are S1, S2 (offenders) and V1 (victim), as reports number them. */
export function narrativeOf(
  random: Random,
  code: string,
  weapons: readonly string[],
  injuries: readonly string[],
): string {
  const act = random.pick(ACTS[code] ?? ["threatened the victim"]);
  const place = random.pick(PLACES);
  const weapon = weapons.map((one) => WEAPONS[one] ?? "").join("");
  const injury = injuries.map((one) => INJURIES[one] ?? "").join(" ");
  const start = `Officers were sent to an address in ${CITY}.`;
  return `${start} V1 said that S1, ${place}, ${act}. ${weapon}${injury || "No injury was seen."}`;
}

/** The summary written for the case conference: no place, no words of the victim, no source. */
export function summaryOf(code: string, weapons: readonly string[], injuries: readonly string[]): string {
  const kind = code === "90Z" ? "Contact in spite of an order" : (SUMMARY[code] ?? "Threats");
  const weapon = weapons.some((one) => ["12", "20", "30", "35"].includes(one))
    ? "weapon involved"
    : "no weapon";
  return `${kind}; ${weapon}; ${injuries.some((one) => one !== "N") ? "injury" : "no injury"}.`;
}

const SUMMARY: Readonly<Record<string, string>> = {
  "09A": "Killing",
  "100": "Held against the victim's will",
  "11A": "Sexual violence",
  "13A": "Severe assault",
  "13B": "Assault",
  "13C": "Threats and stalking",
  "220": "Break-in",
  "290": "Damage to property",
  "90J": "Trespass",
};
