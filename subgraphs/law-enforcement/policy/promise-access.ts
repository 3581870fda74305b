import type { Caller } from "../../../platform/caller/caller";
import { isJustice } from "./limited-forms";
import { openToCaller, visibleCases, visiblePersons, type Condition } from "./row-access";

/** Columns of a promise, as the query at hand calls them. */
interface PromiseColumns {
  readonly personId: string;
  readonly caseId: string;
  readonly promisedTo: string;
  readonly ownerAgency: string;
}

/**
 * The promises that a caller may see by themselves, by the rules of the fields that show them of a person (L16): of a
 * person whom he sees and a case that no wall shuts; beside the justice side those of the caller's own agency, and to an
 * advocate those to the victims of her agency's cases.
 */
export function visiblePromises(caller: Caller, now: Date, columns: PromiseColumns): Condition {
  const person = visiblePersons(caller, now, columns.personId);
  const open = openToCaller(caller, now).ofCase(columns.caseId);
  const hers = visibleCases(caller, now, {
    personId: "hers.person_id",
    victimId: "hers.victim_id",
    assignedAgency: "hers.assigned_agency",
  });
  const told = isJustice(caller)
    ? "TRUE"
    : `(${columns.ownerAgency} = :callerAgency OR (${columns.promisedTo} = 'victim'
        AND EXISTS (SELECT FROM case_file hers WHERE hers.id = ${columns.caseId} AND ${hers.sql})))`;
  return {
    sql: `(${person.sql} AND ${open.sql} AND ${told})`,
    parameters: { ...person.parameters, ...open.parameters, ...hers.parameters },
  };
}
