import type { Role } from "../../../policy/matrix";

/*
 * The conflict wall and the compartment (L20, L21), for conditions of row-access.ts: `domain/conflict.ts` in SQL. The
 * sets depend on the caller alone, so that the database finds each once a statement, however many rows it looks at.
 * NOT IN of a set with null in it is never true: nothing here can be null but what is not linked to any record.
 */

/** The names of columns, as the query at hand calls them. */
export interface WallColumns {
  readonly case: { readonly personId: string; readonly victimId: string };
  readonly order: { readonly personId: string; readonly caseId: string };
}

/** What stands open to a caller, as SQL. */
export interface Wall {
  readonly person: (id: string) => string;
  readonly victim: (id: string) => string;
  readonly case: (columns: WallColumns["case"]) => string;
  readonly order: (columns: WallColumns["order"]) => string;
  readonly contact: (personId: string) => string;
  readonly incident: (id: string) => string;
}

const LIVE_CONFLICT = `
  conflict.agency = :callerAgency AND conflict.subject = :callerSubject AND conflict.ended_at IS NULL`;

/** The abusive partners to whom the caller is party or related. */
const PERSONS_IN_CONFLICT = `
  SELECT coalesce(conflict.person_id, named.person_id)
  FROM conflict_of_interest conflict LEFT JOIN case_file named ON named.id = conflict.case_id
  WHERE ${LIVE_CONFLICT} AND conflict.why <> 'named-employee'`;

const VICTIMS_IN_CONFLICT = `
  SELECT hers.victim_id
  FROM conflict_of_interest conflict JOIN case_file hers ON hers.id = conflict.case_id
  WHERE ${LIVE_CONFLICT}
  UNION ALL
  SELECT his.victim_id FROM case_file his WHERE his.person_id IN (${PERSONS_IN_CONFLICT})`;

/** The cases in a compartment of which the caller is no named reader. */
const SEALED_CASES = `
  SELECT sealed.case_id FROM compartment sealed
  WHERE NOT EXISTS (SELECT FROM compartment_reader reader
                    WHERE reader.case_id = sealed.case_id
                      AND reader.agency = :callerAgency AND reader.subject = :callerSubject)`;

const SEALED_PERSONS = `SELECT shut.person_id FROM case_file shut WHERE shut.id IN (${SEALED_CASES})`;

const SHUT_VICTIMS = `${VICTIMS_IN_CONFLICT}
  UNION ALL SELECT shut.victim_id FROM case_file shut WHERE shut.id IN (${SEALED_CASES})`;

/** A person with a sealed case is shut too, unless the caller sees him by another one. */
const SHUT_PERSONS = `${PERSONS_IN_CONFLICT}
  UNION ALL SELECT sealed_man.person_id FROM case_file sealed_man
  WHERE sealed_man.id IN (${SEALED_CASES})
    AND NOT EXISTS (SELECT FROM case_file other
                    WHERE other.person_id = sealed_man.person_id AND other.victim_id NOT IN (${SHUT_VICTIMS}))`;

const casesOf = (victims: string) =>
  `SELECT hers.id FROM case_file hers WHERE hers.victim_id IN (${victims})`;
const incidentsWith = (victims: string) =>
  `SELECT with_her.incident_id FROM incident_victim with_her WHERE with_her.victim_id IN (${victims})`;
/** Those that he was taken off again too: that he was ever on one is his alone. */
const incidentsOf = (persons: string) =>
  `SELECT his.incident_id FROM (
     SELECT incident_id, person_id FROM incident_subject
     UNION ALL SELECT incident_id, person_id FROM detached_subject) his
   WHERE his.person_id IN (${persons})`;

function wallOf(persons: string, victims: string): Wall {
  const person = (id: string) => `${id} NOT IN (${persons})`;
  return {
    person,
    victim: (id) => `${id} NOT IN (${victims})`,
    case: ({ personId, victimId }) => `(${person(personId)} AND ${victimId} NOT IN (${victims}))`,
    order: ({ personId, caseId }) => `(${person(personId)} AND ${caseId} NOT IN (${casesOf(victims)}))`,
    contact: person,
    incident: (id) => `(
      ${id} NOT IN (${incidentsOf(persons)}) AND ${id} NOT IN (${incidentsWith(victims)}))`,
  };
}

/** Against conflicts of interest: it stands before every role. */
const CONFLICT_WALL = wallOf(PERSONS_IN_CONFLICT, VICTIMS_IN_CONFLICT);

const SEALED = wallOf(SHUT_PERSONS, SHUT_VICTIMS);
/** Conflicts and compartments: it stands before the justice roles. */
const JUSTICE_WALL: Wall = {
  ...SEALED,
  // A contact, and an incident without a known victim, do not say to which of his cases they belong.
  contact: (personId) => `(${SEALED.person(personId)} AND ${personId} NOT IN (${SEALED_PERSONS}))`,
  incident: (id) => `(${SEALED.incident(id)} AND (
    ${id} NOT IN (${incidentsOf(SEALED_PERSONS)})
    OR EXISTS (SELECT FROM incident_victim known WHERE known.incident_id = ${id} AND known.victim_id IS NOT NULL)))`,
};

/** Which wall stands before a role: a role that is missing does not compile. */
export const WALL_OF_ROLE: Readonly<Record<Role, Wall>> = {
  detective: JUSTICE_WALL,
  coordinator: JUSTICE_WALL,
  prosecutor: JUSTICE_WALL,
  probation: JUSTICE_WALL,
  // She must be able to protect the victim of an officer: a compartment does not shut out the assigned agency.
  advocate: CONFLICT_WALL,
  // These see no case, victim or incident; what is his alone they see by his referral and by a contact of their own.
  provider: CONFLICT_WALL,
  messenger: CONFLICT_WALL,
  evaluator: JUSTICE_WALL,
  auditor: JUSTICE_WALL,
};
