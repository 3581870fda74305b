import type { Caller } from "../../../platform/caller/caller";
import { scopesOfCaller } from "./scopes-of-caller";
import { openToCaller, type Condition } from "./row-access";

/** Columns of a pull, as the query at hand calls them. */
interface PullColumns {
  readonly kind: string;
  readonly recordId: string;
}

/**
 * The pulls that a caller may see of a person whom he sees: of the group nexus only with intelligence in full, since a
 * flag says that it is there and nothing of what was done about it; of a charge only where no wall shuts its incident. A
 * charge that is gone hides what was tried with it.
 */
export function openPulls(caller: Caller, now: Date, { kind, recordId }: PullColumns): Condition {
  const { sql, parameters } = openToCaller(caller, now).ofIncident("pulled.incident_id");
  const nexus = mayPullNexus(caller) ? "TRUE" : `${kind} <> 'group-nexus'`;
  return {
    sql: `(${nexus} AND (${kind} <> 'charge'
      OR EXISTS (SELECT FROM charge pulled WHERE pulled.id = ${recordId} AND ${sql})))`,
    parameters,
  };
}

/** Whether a caller records and sees levers of the group nexus. An opening opens fields, never rows: it does not count. */
export function mayPullNexus(caller: Caller): boolean {
  return scopesOfCaller(caller).has("intelligence:F");
}
