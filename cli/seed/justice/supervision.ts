import { addDays, at } from "../days";
import { subjectOf } from "../site";
import type { JusticeCity, Subject } from "./city";

const FACILITY = "Example County Jail";

/** How custody stands after the last arrest. */
export type CustodyEnd = "bailed" | "released" | "held" | "escaped";

/**
 * Adds a booking and what followed. A roster that is fed repeats where he is every day, so what stands now was recorded
 * on the city's last day; `stale` is a record that nobody repeated.
 */
export function addCustody(
  city: JusticeCity,
  person: Subject,
  bookedOn: string,
  end: CustodyEnd,
  stale: boolean,
): void {
  const { random, id } = person;
  const event = (status: string, occurredAt: string, recordedAt: string, expected: string | null) =>
    city.batch.add("custody_event", {
      id: random.uuid(),
      person_id: id,
      status,
      facility: status === "escaped" ? null : FACILITY,
      occurred_at: occurredAt,
      release_expected_at: expected,
      recorded_at: recordedAt,
    });
  const booked = at(bookedOn, random.int(2, 9), random.int(0, 59));
  const outOn = addDays(bookedOn, random.int(1, 9));
  const out = end !== "held" && outOn < city.factsUntil;
  const recorded = (day: string) => at(stale ? day : city.lastDay, 20);
  const expected = random.chance(0.7) ? at(addDays(city.asOf, random.int(1, 60)), 10) : null;
  event("booked", booked, out ? at(bookedOn, 10) : recorded(bookedOn), out ? at(outOn, 10) : expected);
  if (out) event(end, at(outOn, 10, random.int(0, 59)), stale ? at(outOn, 12) : recorded(outOn), null);
}

/** What a condition orders, and the same as a provider must respect it; null: not his concern. */
const TERMS: readonly (readonly [string, string | null])[] = [
  ["No contact with the victim; stay 500 feet from her home and work.", "No contact with the victim."],
  ["Attend an intervention programme every week.", "Attends an intervention programme every week."],
  ["No alcohol; random testing.", "No alcohol on the premises."],
  ["Surrender firearms to the sheriff.", null],
  ["Curfew from 21:00 to 06:00 at his address.", "No appointments after 20:00."],
  ["Wear a location monitor.", null],
];

export type ConditionKind = "bail" | "release" | "probation" | "parole";

/** Adds a condition he has to keep and returns its id. `which`: one of the six; else drawn. */
export function addCondition(
  city: JusticeCity,
  person: Subject,
  kind: ConditionKind,
  from: string,
  which?: number,
): string {
  const { random } = person;
  const id = random.uuid();
  const [terms, forProvider] = TERMS[which ?? random.int(0, TERMS.length - 1)]!;
  const supervised = kind === "probation" || kind === "parole" || person.number === 0;
  const effectiveFrom = from <= city.factsUntil ? from : city.factsUntil;
  city.batch.add("release_condition", {
    id,
    person_id: person.id,
    kind,
    terms,
    terms_for_provider: forProvider,
    effective_from: effectiveFrom,
    effective_until:
      random.chance(0.6) || person.number === 0 ? addDays(effectiveFrom, random.int(180, 900)) : null,
    supervising_officer: supervised ? subjectOf("probation", random.int(1, 4)) : null,
    recorded_at: at(effectiveFrom, 23, 20),
  });
  return id;
}

const BREACHES = [
  "Came to her work in spite of a no-contact condition.",
  "Missed three sessions of the programme.",
  "Cut off the location monitor.",
  "Had his brother pass on a message to her.",
  "Did what he had been told at a notification would have consequences: threatened her by telephone.",
];

/** Adds a violation of a condition, or of what the partnership told him (no condition). */
export function addBreach(city: JusticeCity, person: Subject, conditionId: string | null, day: string): void {
  city.batch.add("prohibited_behaviour", {
    id: person.random.uuid(),
    person_id: person.id,
    condition_id: conditionId,
    occurred_on: day,
    description: conditionId === null ? BREACHES[4]! : person.random.pick(BREACHES.slice(0, 4)),
    recorded_at: at(day, 23, 30),
  });
}
