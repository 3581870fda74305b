import type { Caller } from "../../../platform/caller/caller";
import {
  openToCaller,
  visibleCases,
  visibleContacts,
  visibleOrders,
  visiblePersons,
  type Condition,
} from "./row-access";

/** An identifier that an event carries, as the columns that hold it are written. */
const fact = (event: string, name: string) => `CAST(${event}.facts ->> '${name}' AS uuid)`;

/**
 * The events that a caller may be told of as alerts, by the rows that their subscriptions show him; `event` names a row of
 * the outbox. A proposed level is none: it asks nobody to look after anybody.
 */
export function visibleAlerts(caller: Caller, now: Date, event: string): Condition {
  const person = visiblePersons(caller, now, `${event}.key`);
  const open = openToCaller(caller, now);
  const ofArrest = open.ofIncident("told_arrest.incident_id");
  // Of what was expunged there is nothing else left to go by.
  const recalled = open.contacts(`${event}.key`);
  const order = visibleOrders(caller, now, {
    personId: "told_order.person_id",
    caseId: "told_order.case_id",
  });
  const contact = visibleContacts(caller, now, {
    personId: "told_contact.person_id",
    messenger: "told_contact.messenger",
    messengerAgency: "told_contact.messenger_agency",
  });
  const sql = `(${person.sql} AND CASE ${event}.topic
    WHEN 'arrest' THEN CASE WHEN ${event}.facts ? 'arrestId'
      THEN EXISTS (SELECT FROM arrest told_arrest
        WHERE told_arrest.id = ${fact(event, "arrestId")} AND ${ofArrest.sql})
      ELSE ${event}.facts ? 'recalls' AND ${recalled.sql} END
    WHEN 'custody' THEN true
    WHEN 'level' THEN ${event}.facts ->> 'change' = 'confirmed'
    WHEN 'order' THEN EXISTS (SELECT FROM order_of_protection told_order
      WHERE told_order.id = ${fact(event, "orderId")} AND ${order.sql}
        AND (NOT ${event}.facts ? 'violationId' OR EXISTS (SELECT FROM order_violation told_violation
          WHERE told_violation.id = ${fact(event, "violationId")})))
    WHEN 'contact' THEN EXISTS (SELECT FROM contact told_contact
      WHERE told_contact.id = ${fact(event, "contactId")} AND ${contact.sql})
    ELSE false END)`;
  const parameters = {
    ...person.parameters,
    ...ofArrest.parameters,
    ...recalled.parameters,
    ...order.parameters,
    ...contact.parameters,
  };
  return { sql, parameters };
}

/** Those among them that the caller's agency answers for: of a case assigned to it that he may see. */
export function alertsToAcknowledge(caller: Caller, now: Date, event: string): Condition {
  const visible = visibleAlerts(caller, now, event);
  const inCase = visibleCases(caller, now, {
    personId: "answered.person_id",
    victimId: "answered.victim_id",
    assignedAgency: "answered.assigned_agency",
  });
  return {
    sql: `(${visible.sql} AND EXISTS (SELECT FROM case_file answered WHERE answered.person_id = ${event}.key
      AND answered.assigned_agency = :callerAgency AND ${inCase.sql}))`,
    parameters: { ...visible.parameters, ...inCase.parameters },
  };
}

/** The agency whose part of an alert's record the caller reads; null: every agency's. */
export function recordedFor({ roles, agency }: Caller): string | null {
  return roles.includes("coordinator") ? null : agency;
}

/** Whether a caller is told that an alert escalates for `agency`; null: for nobody's case. */
export function isToldOfEscalation(caller: Caller, agency: string | null): boolean {
  const own = recordedFor(caller);
  return own === null || own === agency;
}
