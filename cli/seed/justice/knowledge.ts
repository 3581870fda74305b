import { at } from "../days";
import type { Couple, JusticeCity, Subject } from "./city";
import type { RecordedIncident } from "./incidents";

const NOTES = {
  informant: "A neighbour who must not be named heard him say what he would do when she leaves.",
  evidence: "Photographs of injuries; recording of the emergency call; telephone taken for examination.",
  interview:
    "S1 interviewed at the station: admits an argument, denies violence; does not say where he was before.",
} as const;

/** Adds what investigators keep of an incident. */
export function addNotes(
  city: JusticeCity,
  person: Subject,
  incident: RecordedIncident,
  kinds: readonly (keyof typeof NOTES)[],
): void {
  for (const kind of kinds) {
    city.batch.add("investigation_note", {
      id: person.random.uuid(),
      incident_id: incident.id,
      kind,
      text: NOTES[kind],
      recorded_at: at(incident.happening.day, 23, 58),
    });
  }
}

const GROUPS = ["Harrow Street crew", "Quarrel Bridge set", "Northgate dealers"];
const BASES = [
  "Seen with three known members on two dates; a member's telephone holds his number (report on file).",
  "Named in a wiretap order as the holder of a telephone used for sales; order on file.",
  "Arrested together with two members in a car with a firearm; report on file.",
];

/** Adds intelligence, with the basis of suspicion without which none may be kept (28 CFR Part 23). */
export function addIntelligence(city: JusticeCity, person: Subject, day: string): void {
  const { random } = person;
  city.batch.add("intelligence", {
    id: random.uuid(),
    person_id: person.id,
    group_nexus: random.pick(GROUPS),
    suspicion_basis: random.pick(BASES),
    recorded_at: at(day, 23, 59),
  });
}

/** Adds a lethality screen made at an incident (Maryland LAP: eleven questions). */
export function addScreen(
  city: JusticeCity,
  person: Subject,
  couple: Couple,
  incident: RecordedIncident | null,
  day: string,
): void {
  const { random } = person;
  const severe = incident?.happening.code === "13A";
  const answer = () =>
    random.weighted([["yes", severe ? 45 : 18], ["no", 55], ["unknown", 12], ["not asked", 6]]); // prettier-ignore
  const answers = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [String(index + 1), answer()]));
  const yes = (from: number, to: number) =>
    Object.entries(answers).filter(
      ([item, said]) => said === "yes" && Number(item) >= from && Number(item) <= to,
    ).length;
  const officerBelieves = random.chance(0.05);
  city.batch.add("lethality_screen", {
    id: random.uuid(),
    case_id: couple.caseId,
    incident_id: incident?.id ?? null,
    answers,
    // Any of questions 1 to 3, four of 4 to 11, or the officer's belief.
    high_danger: yes(1, 3) > 0 || yes(4, 11) >= 4 || officerBelieves,
    screened_at: at(day, 22, random.int(0, 59)),
  });
}
