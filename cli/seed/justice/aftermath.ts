import { addDays, earlier } from "../days";
import { addIncident } from "./incidents";
import { addIntelligence, addNotes, addScreen } from "./knowledge";
import { addCharge, addPettyRecords, addWarrant } from "./court";
import { addOrder } from "./orders";
import { addCondition, addCustody, type CustodyEnd } from "./supervision";
import type { JusticeCity, Subject } from "./city";
import type { Told } from "./history";

/**
 * Adds what follows from a history and never raises a level by itself: custody, conditions, orders that were kept,
 * warrants, screens, notes, intelligence, petty records, and incidents that a person has to look at first.
 */
export function addAftermath(city: JusticeCity, person: Subject, told: Told, knownOn: string): void {
  const { random } = person;
  const charged = told.charged.length > 0;
  for (const incident of told.incidents) {
    const { couple, day, arrested } = incident.happening;
    if (random.chance(0.55)) addScreen(city, person, couple, random.chance(0.95) ? incident : null, day);
    if (random.chance(charged ? 0.35 : 0.1)) addNotes(city, person, incident, [random.weighted(NOTE_KINDS)]);
    if (!arrested || !random.chance(0.85)) continue;
    const bookedOn = earlier(addDays(day, 1), city.factsUntil);
    // What came before the last arrest is over, and nobody keeps repeating it.
    const over = incident !== told.incidents.at(-1);
    const end =
      over || day < addDays(city.factsUntil, -200)
        ? random.pick(["bailed", "released"] as const)
        : random.weighted(ENDS);
    addCustody(city, person, bookedOn, end, over || random.chance(0.15));
  }
  const last = told.incidents.at(-1)!.happening;
  if (told.orders.length === 0 && random.chance(charged ? 0.35 : 0.05)) {
    addOrder(city, person, last.couple, earlier(addDays(last.day, random.int(1, 20)), city.factsUntil));
  }
  if (charged && random.chance(0.7)) addCondition(city, person, "bail", addDays(last.day, 2));
  if (random.chance(0.06))
    addCondition(city, person, random.pick(["parole", "release", "probation"] as const), knownOn);
  if (random.chance(charged ? 0.2 : 0.06)) addWarrant(city, person, last.day, random.chance(0.45));
  if (random.chance(0.06)) addIntelligence(city, person, last.day);
  if (random.chance(0.2)) addPettyRecords(city, person, knownOn);
  if (random.chance(0.04)) addOldDocket(city, person, knownOn);
  addToBeReviewed(city, person);
  addOtherCharge(city, person);
}

/** Another current charge, of no violence against a partner: a lever. */
function addOtherCharge(city: JusticeCity, person: Subject): void {
  const random = person.random.fork("another charge");
  if (!random.chance(0.12)) return;
  const day = addDays(city.factsUntil, -random.int(20, 200));
  const unlinked = { code: random.pick(["35A", "90D", "280"]), day, ipv: false };
  addCharge(city, { ...person, random }, null, { disposition: "pending", unlinked });
}

/** An older charge that is no violence against a partner and has no incident in the hub. */
function addOldDocket(city: JusticeCity, person: Subject, knownOn: string): void {
  const unlinked = {
    code: person.random.pick(["90D", "35A", "23C"]),
    day: addDays(knownOn, -400),
    ipv: false,
  };
  addCharge(city, person, null, { disposition: "convicted", unlinked });
}

/** Some people have an incident besides that counts only once a person has looked, or is none of this programme's. */
function addToBeReviewed(city: JusticeCity, person: Subject): void {
  const { random } = person;
  const couple = random.pick(person.couples);
  const day = earlier(addDays(couple.openedOn, random.int(0, 300)), city.factsUntil);
  const common = { day, couple, code: "13B", weapons: ["40"], injuries: ["M"] };
  if (random.chance(0.05)) addIncident(city, person, { ...common, arrested: true, dualParty: true });
  if (random.chance(0.03)) addIncident(city, person, { ...common, arrested: false, tie: "RU" });
}

const NOTE_KINDS = [["evidence", 45], ["interview", 40], ["informant", 15]] as const; // prettier-ignore
const ENDS: readonly (readonly [CustodyEnd, number])[] = [["bailed", 55], ["released", 34], ["held", 10], ["escaped", 3]]; // prettier-ignore
