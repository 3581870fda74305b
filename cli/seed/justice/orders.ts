import { addDays, at } from "../days";
import { addressAt } from "../places";
import type { Couple, JusticeCity, Subject } from "./city";
import type { RecordedIncident } from "./incidents";

/** Where the numbers of a victim's protected addresses begin, after her home. */
const PROTECTED = 1;

/**
 * Adds an order of protection for a case and returns its id. The addresses it protects are hers: her home where she
 * does not live with him, her work, a child's school.
 */
export function addOrder(city: JusticeCity, person: Subject, couple: Couple, issuedOn: string): string {
  const { random } = person;
  const id = random.uuid();
  const servedOn = addDays(issuedOn, random.int(0, 6));
  const work = addressAt(couple.place + PROTECTED);
  const school = addressAt(couple.place + PROTECTED + 1);
  const home = couple.sharesHome ? [] : [couple.address];
  city.batch.add("order_of_protection", {
    id,
    case_id: couple.caseId,
    person_id: person.id,
    docket: city.nextNumber("OP", issuedOn),
    terms: random.pick([
      "No contact by any means. Stay 500 feet from home, work and school. Surrender firearms.",
      "No contact except through counsel about the children. Stay 300 feet away.",
      "Leave the shared home. No contact by any means.",
    ]),
    terms_for_provider:
      person.number === 0 || random.chance(0.8)
        ? "No contact with the protected person; no joint sessions."
        : null,
    protected_addresses: random.chance(0.3) ? [...home, work, school] : [...home, work],
    issued_on: issuedOn,
    served_on: servedOn <= city.factsUntil && (person.number === 0 || random.chance(0.9)) ? servedOn : null,
    expires_on: addDays(issuedOn, person.number === 0 ? 730 : random.pick([90, 365, 365, 730])),
    recorded_at: at(issuedOn, 23, 10),
  });
  return id;
}

/** Adds a violation of an order: with its incident, or as a report alone. */
export function addViolation(
  city: JusticeCity,
  person: Subject,
  orderId: string,
  day: string,
  incident: RecordedIncident | null,
): void {
  city.batch.add("order_violation", {
    id: person.random.uuid(),
    order_id: orderId,
    incident_id: incident?.id ?? null,
    occurred_on: day,
    recorded_at: at(day, 23, 52),
  });
}
