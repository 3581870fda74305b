import type { EntityManager } from "typeorm";
import { countedBy, type Counted, type CountedTwoWay } from "../../../platform/policy/figure";
import { CUSTODY_RECORD_HOLDS_HOURS } from "../domain/custody";
import { daysOf } from "../domain/in-force";
import { CODES_OF_CLASS, OFFENCE_CLASSES } from "../domain/offence-class";
import type { ReasonCategory } from "../domain/reason-category";
import type { JusticeOutreachRow } from "./entities/case-file";
import type { ContactRow, SanctionPromiseRow } from "./entities/contact";
import type { CustodyEventRow, ReleaseConditionRow } from "./entities/custody";
import type { PersonRow } from "./entities/person";

/*
 * One statement a figure, over all records whoever asks (L20). Dimensions are fixed and nothing filters them. Persons and
 * cases are counted, never records: ten charges of one man are one man.
 */

/** Every word that a column may hold: the compiler refuses a list with one missing. */
const words = <Word extends string>(listed: Record<Word, true>) => Object.keys(listed) as Word[];

type Row = { readonly label: string; readonly count: number };
const ask = (manager: EntityManager, sql: string, values: readonly unknown[] = []): Promise<Row[]> =>
  manager.query(sql, [...values]);

/** Persons by recorded sex. */
export async function personsBySex(manager: EntityManager): Promise<Counted> {
  const rows = await ask(manager, "SELECT sex AS label, count(*)::int AS count FROM person GROUP BY sex");
  return countedBy(words<PersonRow["sex"]>({ M: true, F: true, X: true, U: true }), rows);
}

/** Persons by what the level in force was confirmed on; one who has several reasons counts in each. */
export async function personsByReason(manager: EntityManager): Promise<Counted> {
  const rows = await ask(
    manager,
    `SELECT reason.one ->> 'category' AS label, count(DISTINCT in_force.person_id)::int AS count
     FROM (SELECT DISTINCT ON (person_id) person_id, proposal_id FROM level_confirmation
           ORDER BY person_id, confirmed_at DESC) in_force
     JOIN level_proposal proposal ON proposal.id = in_force.proposal_id, jsonb_array_elements(proposal.fired) reason (one)
     GROUP BY label`,
  );
  const categories = words<ReasonCategory>({
    ...{
      "order violated": true,
      weapon: true,
      "third charge": true,
      "violent history": true,
      conviction: true,
    },
    ...{ "second charge": true, "prohibited behaviour": true, "first charge": true, suspected: true },
  });
  return countedBy(categories, rows);
}

/** Persons by class of the offences they were charged with; one with charges of several classes counts in each. */
export async function personsByCharge(manager: EntityManager): Promise<Counted> {
  const [violent, simple, other] = OFFENCE_CLASSES;
  const rows = await ask(
    manager,
    `SELECT CASE WHEN offence_code = ANY($1) THEN $3::text WHEN offence_code = ANY($2) THEN $4::text ELSE $5::text END AS label,
            count(DISTINCT person_id)::int AS count
     FROM charge GROUP BY label`,
    [CODES_OF_CLASS[violent], CODES_OF_CLASS[simple], violent, simple, other],
  );
  return countedBy(OFFENCE_CLASSES, rows);
}

/** Persons by custody as it reads at `now` (L19). */
export async function personsByCustody(manager: EntityManager, now: Date): Promise<Counted> {
  const rows = await ask(
    manager,
    `SELECT coalesce(latest.status, 'unknown') AS label, count(*)::int AS count
     FROM person LEFT JOIN (
       SELECT DISTINCT ON (person_id) person_id, status, recorded_at FROM custody_event
       WHERE occurred_at <= $1 ORDER BY person_id, occurred_at DESC, recorded_at DESC) latest
       ON latest.person_id = person.id AND latest.recorded_at >= $1::timestamptz - $2 * interval '1 hour'
     GROUP BY label`,
    [now, CUSTODY_RECORD_HOLDS_HOURS],
  );
  const statuses = words<CustodyEventRow["status"] | "unknown">({
    ...{ booked: true, bailed: true, released: true, escaped: true, unknown: true },
  });
  return countedBy(statuses, rows);
}

/** Persons by kind of the conditions in force; one under several kinds counts in each. */
export async function personsByCondition(manager: EntityManager, now: Date): Promise<Counted> {
  const { earliest, latest } = daysOf(now);
  const rows = await ask(
    manager,
    `SELECT kind AS label, count(DISTINCT person_id)::int AS count FROM release_condition
     WHERE effective_from <= $2 AND (effective_until IS NULL OR effective_until >= $1) GROUP BY kind`,
    [earliest, latest],
  );
  return countedBy(
    words<ReleaseConditionRow["kind"]>({ bail: true, release: true, probation: true, parole: true }),
    rows,
  );
}

/** Cases by state of their orders of protection; one with orders in several states counts in each. */
export async function casesByOrder(manager: EntityManager, now: Date): Promise<Counted> {
  const rows = await ask(
    manager,
    `SELECT CASE WHEN expires_on < $1 THEN 'expired' WHEN served_on IS NULL THEN 'not served' ELSE 'served' END AS label,
            count(DISTINCT case_id)::int AS count
     FROM order_of_protection GROUP BY label`,
    [daysOf(now).earliest],
  );
  return countedBy(["served", "not served", "expired"], rows);
}

/** Persons with and without an open warrant. */
export async function personsByWarrant(manager: EntityManager): Promise<Counted> {
  const rows = await ask(
    manager,
    `SELECT CASE WHEN open.person_id IS NULL THEN 'none' ELSE 'open' END AS label, count(*)::int AS count
     FROM person LEFT JOIN (SELECT DISTINCT person_id FROM warrant WHERE cleared_on IS NULL) open
       ON open.person_id = person.id
     GROUP BY label`,
  );
  return countedBy(["open", "none"], rows);
}

/** Cases with a lethality screen, by what the latest says. */
export async function casesByDanger(manager: EntityManager): Promise<Counted> {
  const rows = await ask(
    manager,
    `SELECT CASE WHEN high_danger THEN 'high danger' ELSE 'not high danger' END AS label, count(*)::int AS count
     FROM (SELECT DISTINCT ON (case_id) high_danger FROM lethality_screen ORDER BY case_id, screened_at DESC, id) latest
     GROUP BY label`,
  );
  return countedBy(["high danger", "not high danger"], rows);
}

/** Cases by kind of the outreach that the justice side made; one with several kinds counts in each. */
export async function casesByOutreach(manager: EntityManager): Promise<Counted> {
  const rows = await ask(
    manager,
    "SELECT kind AS label, count(DISTINCT case_id)::int AS count FROM justice_outreach GROUP BY kind",
  );
  const kinds = words<JusticeOutreachRow["kind"]>({
    ...{ "victim-notice": true, "notice-attempt": true, visit: true, call: true, letter: true },
  });
  return countedBy(kinds, rows);
}

export const CONTACT_STATES = words<ContactRow["state"]>({
  ...{ planned: true, released: true, made: true, "not-found": true },
  ...{ refused: true, cancelled: true, recalled: true, breached: true },
});
export const CONTACT_MEANS = words<ContactRow["means"]>({
  ...{ letter: true, notification: true, "custom-notification": true, "call-in": true },
});

/** Persons by state and means of the latest contact; each counts once. */
export function personsByContact(manager: EntityManager): Promise<CountedTwoWay> {
  return manager.query(
    `SELECT state AS label, means AS within, count(*)::int AS count
     FROM (SELECT DISTINCT ON (person_id) state, means FROM contact
           ORDER BY person_id, planned_for DESC, recorded_at DESC, id) latest
     GROUP BY state, means`,
  );
}

/** Persons by state of the promises of sanction about them; one with promises in several states counts in each. */
export async function personsByPromise(manager: EntityManager): Promise<Counted> {
  const rows = await ask(
    manager,
    "SELECT state AS label, count(DISTINCT person_id)::int AS count FROM sanction_promise GROUP BY state",
  );
  return countedBy(
    words<SanctionPromiseRow["state"]>({ open: true, kept: true, broken: true, withdrawn: true }),
    rows,
  );
}
