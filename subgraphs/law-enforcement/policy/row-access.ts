import { ROLES, type Role } from "../../../policy/matrix";
import type { Caller } from "../../../platform/caller/caller";
import { plansHoldFrom } from "../domain/contact";
import { daysOf } from "../domain/in-force";
import { WALL_OF_ROLE, type Wall } from "./conflict-wall";

/*
 * Which rows a caller may see: the one place that decides. Queries, references, mutations and events all pass it. A row
 * that is not visible and a row that does not exist get the same answer.
 */

/** A condition in SQL with its named parameters. Only column names that this code chose stand in the SQL. */
export interface Condition {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Names of columns, as the query at hand calls them. */
interface CaseColumns {
  readonly personId: string;
  readonly victimId: string;
  readonly assignedAgency: string;
}
interface OrderColumns {
  readonly personId: string;
  readonly caseId: string;
}
interface ContactColumns {
  readonly personId: string;
  readonly messenger: string;
  readonly messengerAgency: string;
}

interface RowRules {
  readonly person: (id: string) => string;
  readonly case: (columns: CaseColumns) => string;
  readonly order: (columns: OrderColumns) => string;
  readonly contact: (columns: ContactColumns) => string;
  readonly incident: (id: string) => string;
}

const supervised = (person: string): string => `EXISTS (
  SELECT FROM release_condition supervision
  WHERE supervision.person_id = ${person} AND supervision.kind IN ('probation', 'parole')
    AND supervision.effective_from <= :latestDay
    AND coalesce(supervision.effective_until, :earliestDay) >= :earliestDay)`;

/** In a case of the agency that is not itself shut: who is cut off from the case does not see the man by it. */
const inCaseOfAgency = (person: string): string => `EXISTS (
  SELECT FROM case_file own WHERE own.person_id = ${person} AND own.assigned_agency = :callerAgency
    AND ${WALL_OF_ROLE.advocate.victim("own.victim_id")})`;

const referredToAgency = (person: string): string => `EXISTS (
  SELECT FROM referral_agreement referral
  WHERE referral.person_id = ${person} AND referral.provider_agency = :callerAgency
    AND referral.agreed_at <= :now AND referral.withdrawn_at IS NULL)`;

const plannedWithCaller = (person: string): string => `EXISTS (
  SELECT FROM contact planned
  WHERE planned.person_id = ${person} AND planned.messenger = :callerSubject
    AND planned.messenger_agency = :callerAgency
    AND planned.state IN ('planned', 'released') AND planned.planned_for >= :plansHoldFrom)`;

const everyRow = (): string => "TRUE";
const noRow = (): string => "FALSE";

const EVERYTHING: RowRules = {
  person: everyRow,
  case: everyRow,
  order: everyRow,
  contact: everyRow,
  incident: everyRow,
};
const NOTHING: RowRules = { person: noRow, case: noRow, order: noRow, contact: noRow, incident: noRow };

const RULES: Readonly<Record<Role, RowRules>> = {
  detective: EVERYTHING,
  coordinator: EVERYTHING,
  prosecutor: EVERYTHING,
  // Those on probation or parole, and what hangs on them.
  probation: {
    person: supervised,
    case: ({ personId }) => supervised(personId),
    order: ({ personId }) => supervised(personId),
    contact: ({ personId }) => supervised(personId),
    incident: (id) =>
      `EXISTS (SELECT FROM incident_subject of_incident
               WHERE of_incident.incident_id = ${id} AND ${supervised("of_incident.person_id")})`,
  },
  // The cases assigned to her agency, and the abusive partners in them; never another victim's case or order.
  advocate: {
    person: inCaseOfAgency,
    case: ({ assignedAgency }) => `${assignedAgency} = :callerAgency`,
    order: ({ caseId }) =>
      `EXISTS (SELECT FROM case_file own WHERE own.id = ${caseId} AND own.assigned_agency = :callerAgency)`,
    contact: ({ personId }) => inCaseOfAgency(personId),
    incident: noRow,
  },
  // Those who agreed to be referred to the agency; of orders only what a provider must respect is in the schema.
  provider: { ...NOTHING, person: referredToAgency, order: ({ personId }) => referredToAgency(personId) },
  // Those whom this messenger, of this agency, is about to meet.
  messenger: {
    ...NOTHING,
    person: plannedWithCaller,
    contact: ({ personId, messenger, messengerAgency }) =>
      `(${messenger} = :callerSubject AND ${messengerAgency} = :callerAgency
        AND ${plannedWithCaller(personId)})`,
  },
  evaluator: NOTHING,
  auditor: NOTHING,
};

function isRole(role: string): role is Role {
  return ROLES.some((one) => one === role);
}

/** A row is visible when one of the caller's roles makes it so; a role nobody knows makes nothing visible. */
function condition(caller: Caller, now: Date, sqlOf: (role: Role) => string): Condition {
  const { earliest, latest } = daysOf(now);
  const rules = [...new Set(caller.roles.filter(isRole).map(sqlOf))];
  return {
    sql: `(${rules.length === 0 ? "FALSE" : rules.join(" OR ")})`,
    parameters: {
      callerAgency: caller.agency,
      callerSubject: caller.subject,
      plansHoldFrom: plansHoldFrom(now).toISOString(),
      now: now.toISOString(),
      earliestDay: earliest,
      latestDay: latest,
    },
  };
}

/** What the role sees, and no wall before it (L20, L21). */
function visible(
  caller: Caller,
  now: Date,
  ruleOf: (rules: RowRules) => string,
  openOf: (wall: Wall) => string,
): Condition {
  return condition(caller, now, (role) => {
    const rule = ruleOf(RULES[role]);
    return rule === noRow() ? rule : `(${rule} AND ${openOf(WALL_OF_ROLE[role])})`;
  });
}

/** The persons a caller may see; `id` is the column that holds the person's id. */
export function visiblePersons(caller: Caller, now: Date, id: string): Condition {
  return visible(
    caller,
    now,
    (rules) => rules.person(id),
    (wall) => wall.person(id),
  );
}

/** The cases a caller may see. */
export function visibleCases(caller: Caller, now: Date, columns: CaseColumns): Condition {
  return visible(
    caller,
    now,
    (rules) => rules.case(columns),
    (wall) => wall.case(columns),
  );
}

/** The orders of protection a caller may see. */
export function visibleOrders(caller: Caller, now: Date, columns: OrderColumns): Condition {
  return visible(
    caller,
    now,
    (rules) => rules.order(columns),
    (wall) => wall.order(columns),
  );
}

/** The contacts a caller may see. */
export function visibleContacts(caller: Caller, now: Date, columns: ContactColumns): Condition {
  return visible(
    caller,
    now,
    (rules) => rules.contact(columns),
    (wall) => wall.contact(columns.personId),
  );
}

/** The call-ins a caller may see: those to which somebody is invited whose contact he may see. `id`: the call-in's. */
export function visibleCallIns(caller: Caller, now: Date, id: string): Condition {
  const invited = visibleContacts(caller, now, {
    personId: "invited.person_id",
    messenger: "invited.messenger",
    messengerAgency: "invited.messenger_agency",
  });
  const sql = `EXISTS (SELECT FROM contact invited WHERE invited.call_in_id = ${id} AND ${invited.sql})`;
  return { ...invited, sql };
}

/** The incidents a caller may see; `id` is the column that holds the incident's id. */
export function visibleIncidents(caller: Caller, now: Date, id: string): Condition {
  return visible(
    caller,
    now,
    (rules) => rules.incident(id),
    (wall) => wall.incident(id),
  );
}

/**
 * What no wall shuts from a caller, among the records that hang on a person whom he sees (and of which a field of his
 * shows a part, where the whole is not his).
 */
export function openToCaller(caller: Caller, now: Date) {
  return {
    /** Records of the person alone, and those of a case that is open; `caseId` may be null. */
    ofCase: (caseId: string): Condition =>
      condition(
        caller,
        now,
        (role) => `(${caseId} IS NULL OR EXISTS (SELECT FROM case_file about WHERE about.id = ${caseId}
          AND ${WALL_OF_ROLE[role].case({ personId: "about.person_id", victimId: "about.victim_id" })}))`,
      ),
    /** Records of the person alone, and those of an incident that is open; `incidentId` may be null. */
    ofIncident: (incidentId: string): Condition =>
      condition(
        caller,
        now,
        (role) => `(${incidentId} IS NULL OR ${WALL_OF_ROLE[role].incident(incidentId)})`,
      ),
    /** His contacts. */
    contacts: (personId: string): Condition =>
      condition(caller, now, (role) => WALL_OF_ROLE[role].contact(personId)),
  };
}
