import { addDays, at, earlier } from "../days";
import { subjectOf } from "../site";
import type { Couple, JusticeCity, Subject } from "./city";

/** One person in so many, of whom somebody at a partner agency is party, related, or an employee named on the case. */
const ONE_IN = 50;
/** Beyond the subjects that development tokens and the rest of the city use. */
const EMPLOYEE = 9;

/**
 * Adds a conflict of interest for a few persons, by their number: in turn an officer who is himself the abusive partner
 * (his case is sealed), an advocate who is related to one, and a prosecutor named on the case. Some have ended.
 */
export function addConflict(city: JusticeCity, subject: Subject): void {
  const couple = subject.couples[0];
  if (subject.number % ONE_IN !== ONE_IN - 1 || couple === undefined) return;
  const turn = Math.floor(subject.number / ONE_IN);
  const random = subject.random.fork("conflict");
  const { police, prosecutor, advocacy } = city.site;
  const [why, agency, role] = (
    [
      ["party", police, "detective"],
      ["related", couple.agency ?? advocacy[0]!, "advocate"],
      ["named-employee", prosecutor, "prosecutor"],
    ] as const
  )[turn % 3]!;
  // A relative may be known before there is a case.
  const aboutPerson = why === "related" && turn % 2 === 1;
  const recordedOn = addDays(couple.openedOn, 1);
  const endedOn = why !== "party" && turn % 2 === 0 ? earlier(addDays(recordedOn, 30), city.lastDay) : null;
  const recordedBy = `${subjectOf("coordinator")}@${police}`;
  city.batch.add("conflict_of_interest", {
    id: random.uuid(),
    agency,
    subject: subjectOf(role, EMPLOYEE),
    case_id: aboutPerson ? null : couple.caseId,
    person_id: aboutPerson ? subject.id : null,
    why,
    recorded_by: recordedBy,
    recorded_at: at(recordedOn, 9),
    ended_by: endedOn === null ? null : recordedBy,
    ended_at: endedOn === null ? null : at(endedOn, 17),
  });
  if (why === "party") seal(city, couple, recordedBy, recordedOn);
}

function seal(city: JusticeCity, { caseId: case_id }: Couple, by: string, day: string): void {
  city.batch.add("compartment", { case_id, opened_by: by, opened_at: at(day, 9) });
  for (const [agency, subject] of [
    [city.site.police, subjectOf("coordinator")],
    [city.site.police, subjectOf("detective")],
    [city.site.prosecutor, subjectOf("prosecutor")],
  ] as const) {
    city.batch.add("compartment_reader", { case_id, agency, subject, named_by: by, named_at: at(day, 9) });
  }
}
