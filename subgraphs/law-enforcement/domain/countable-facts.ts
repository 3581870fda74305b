import { isDay, type Day } from "./calendar";
import type { ChargeFact, IncidentFact, OffenderFacts, PriorRecordFact } from "./offender-facts";
import type { OrderViolationFact, ProhibitedBehaviourFact } from "./offender-facts";

/** A fact no rule may count before a person has looked at it. */
export interface HeldFact {
  readonly factId: string;
  readonly reason:
    | "dual-party"
    | "unreadable-date"
    | "undated"
    | "unknown-weapon-code"
    | "unknown-offence-code"
    | "disposition-unknown"
    | "unlinked-ipv-charge"; // an older record that may be a charge already known from elsewhere
}

/** A fact that was looked at and does not count. */
export interface NotCountedFact {
  readonly factId: string;
  readonly reason: "dismissed" | "acquitted" | "unfounded" | "after-as-of";
}

/** A charge that counts, with the disposition it had on the as-of day. */
export type LiveCharge = Omit<ChargeFact, "disposition"> & { readonly disposition: "pending" | "convicted" };
/** A prior record that counts, with the disposition it had on the as-of day. */
export type LiveRecord = Omit<PriorRecordFact, "disposition"> & {
  readonly disposition: "pending" | "convicted" | "unknown";
};

/** The facts that rules may read, and those set aside with the reason. */
export interface CountableFacts {
  readonly asOf: Day;
  readonly incidents: readonly IncidentFact[];
  readonly charges: readonly LiveCharge[];
  readonly orderViolations: readonly OrderViolationFact[];
  readonly prohibitedBehaviour: readonly ProhibitedBehaviourFact[];
  readonly priorRecords: readonly LiveRecord[];
  readonly held: readonly HeldFact[];
  readonly notCounted: readonly NotCountedFact[];
}

/**
 * Sets aside what no rule may count on `asOf` (L14):
 *
 * - held for a person: a dual-party fact, and every fact tied to a dual-party incident (L3); a date that cannot be read;
 * - not counted: dismissed and acquitted charges and records (L6), unfounded violations, facts dated after `asOf`, and an
 *   incident all of whose charges ended in acquittal.
 *
 * A disposition dated after `asOf` has not happened yet: until then the charge is pending. A dismissal leaves its incident
 * as a suspicion, because a case against a partner is often dropped for want of a witness.
 */
export function countableFacts(facts: OffenderFacts, asOf: Day): CountableFacts {
  const held: HeldFact[] = [];
  const notCounted: NotCountedFact[] = [];
  const dualIncidents = new Set(facts.incidents.filter((one) => one.dualParty).map((one) => one.id));

  const usable = (
    fact: { id: string; dualParty?: boolean; incidentId?: string | null; unfounded?: boolean },
    date: Day | null,
    dispositionOn: Day | null = null,
  ): boolean => {
    const incidentId = fact.incidentId ?? null;
    if (fact.dualParty === true || (incidentId !== null && dualIncidents.has(incidentId))) {
      held.push({ factId: fact.id, reason: "dual-party" });
    } else if ((date !== null && !isDay(date)) || (dispositionOn !== null && !isDay(dispositionOn))) {
      held.push({ factId: fact.id, reason: "unreadable-date" });
    } else if (date !== null && date > asOf) {
      notCounted.push({ factId: fact.id, reason: "after-as-of" });
    } else if (fact.unfounded === true) {
      notCounted.push({ factId: fact.id, reason: "unfounded" });
    } else {
      return true;
    }
    return false;
  };

  const charges: LiveCharge[] = [];
  const acquittedOn = new Set<string>();
  const openOn = new Set<string>();
  for (const charge of facts.charges) {
    if (!usable(charge, charge.filedOn, charge.dispositionOn)) continue;
    const future = charge.dispositionOn !== null && charge.dispositionOn > asOf;
    const disposition = future ? "pending" : charge.disposition;
    if (charge.incidentId !== null)
      (disposition === "acquitted" ? acquittedOn : openOn).add(charge.incidentId);
    if (disposition === "pending" || disposition === "convicted") charges.push({ ...charge, disposition });
    else notCounted.push({ factId: charge.id, reason: disposition });
  }

  const priorRecords: LiveRecord[] = [];
  for (const record of facts.priorRecords) {
    if (!usable(record, record.occurredOn, record.dispositionOn)) continue;
    const future = record.dispositionOn !== null && record.dispositionOn > asOf;
    const disposition = future ? "pending" : record.disposition;
    if (disposition !== "dismissed" && disposition !== "acquitted")
      priorRecords.push({ ...record, disposition });
    else notCounted.push({ factId: record.id, reason: disposition });
  }

  const incidents = facts.incidents.filter((incident) => {
    if (!usable(incident, incident.occurredOn)) return false;
    if (!acquittedOn.has(incident.id) || openOn.has(incident.id)) return true;
    notCounted.push({ factId: incident.id, reason: "acquitted" });
    return false;
  });

  return {
    asOf,
    incidents,
    charges,
    orderViolations: facts.orderViolations.filter((one) => usable(one, one.occurredOn)),
    prohibitedBehaviour: facts.prohibitedBehaviour.filter((one) => usable(one, one.occurredOn)),
    priorRecords,
    held,
    notCounted,
  };
}
