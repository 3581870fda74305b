import type { Caller } from "../../../platform/caller/caller";
import { openToCaller, type Condition } from "./row-access";

/** The corrections that a caller may see of a person whom he sees: of an incident, or of a charge from one, that no wall shuts. */
export function openCorrections(
  caller: Caller,
  now: Date,
  { incidentId, chargeId }: { readonly incidentId: string; readonly chargeId: string },
): Condition {
  const open = openToCaller(caller, now);
  const incident = open.ofIncident(incidentId);
  const charge = open.ofIncident("corrected.incident_id");
  return {
    // Of an incident that is there no more nothing is told: a court had it sealed.
    sql: `(${incident.sql} AND (${incidentId} IS NULL OR EXISTS (SELECT FROM incident there WHERE there.id = ${incidentId})) AND (${chargeId} IS NULL OR EXISTS (
      SELECT FROM charge corrected WHERE corrected.id = ${chargeId} AND ${charge.sql})))`,
    parameters: { ...incident.parameters, ...charge.parameters },
  };
}
