import { In, type DataSource, type EntityManager } from "typeorm";
import { append } from "../../../platform/outbox/append";
import { consequencesOf } from "../domain/correction";
import { isBeforeAll, type NamedRecords, type ToldExpungement } from "../domain/expungement";
import { accept, refuse, type Result } from "../domain/result";
import { holdPersons, type Deed } from "./contacts";
import { alertsOf, correctedFacts, type Judging } from "./corrections";
import { ContactRow } from "./entities/contact";
import { ExpungedRecordRow, ExpungementRow, WithheldLetterRow } from "./entities/expungement";
import { ExposureLetterRow } from "./entities/exposure-letter";
import { proposeLevels } from "./propose-levels";

/** One record that goes, and the man it is of; null: nobody is known. */
interface Going {
  readonly kind: "incident" | "arrest" | "charge" | "violation";
  readonly id: string;
  readonly personId: string | null;
  readonly recordedAt: Date;
  /** The day it is of. */
  readonly day: string;
}

/** The records that are named, and those that are nothing without a named incident: its arrests, charges and violations. */
function goingWith(manager: EntityManager, named: NamedRecords): Promise<Going[]> {
  const { incidentIds, arrestIds, chargeIds } = named;
  return manager.query(
    `SELECT 'incident' AS kind, incident.id, his.person_id AS "personId", incident.recorded_at AS "recordedAt", incident.occurred_on AS day
       FROM incident LEFT JOIN incident_subject his ON his.incident_id = incident.id WHERE incident.id = ANY($1)
     UNION ALL SELECT 'arrest', id, person_id, recorded_at, arrested_on FROM arrest WHERE incident_id = ANY($1) OR id = ANY($2)
     UNION ALL SELECT 'charge', id, person_id, recorded_at, filed_on FROM charge WHERE incident_id = ANY($1) OR id = ANY($3)
     UNION ALL SELECT 'violation', violation.id, ordered.person_id, violation.recorded_at, violation.occurred_on
       FROM order_violation violation JOIN order_of_protection ordered ON ordered.id = violation.order_id
       WHERE violation.incident_id = ANY($1)`,
    [incidentIds, arrestIds, chargeIds],
  );
}

/** What a record consists of, by kind: [table, the condition that finds its rows by the record's id]. */
const PARTS: Readonly<Record<Going["kind"], readonly (readonly [table: string, condition: string])[]>> = {
  violation: [["order_violation", "row.id = ANY($1)"]],
  charge: [["charge", "row.id = ANY($1)"]],
  arrest: [["arrest", "row.id = ANY($1)"]],
  incident: [
    ["incident_review", "row.incident_id = ANY($1)"],
    ["investigation_note", "row.incident_id = ANY($1)"],
    [
      "relationship",
      "EXISTS (SELECT FROM incident_victim her WHERE her.id = row.incident_victim_id AND her.incident_id = ANY($1))",
    ],
    [
      "victim_injury",
      "EXISTS (SELECT FROM incident_victim her WHERE her.id = row.incident_victim_id AND her.incident_id = ANY($1))",
    ],
    [
      "victim_offence",
      "EXISTS (SELECT FROM incident_victim her WHERE her.id = row.incident_victim_id AND her.incident_id = ANY($1))",
    ],
    [
      "offence_weapon",
      "EXISTS (SELECT FROM offence done WHERE done.id = row.offence_id AND done.incident_id = ANY($1))",
    ],
    ["offence", "row.incident_id = ANY($1)"],
    ["incident_victim", "row.incident_id = ANY($1)"],
    ["incident_subject", "row.incident_id = ANY($1)"],
    ["incident", "row.id = ANY($1)"],
  ],
};
const KINDS = ["violation", "charge", "arrest", "incident"] as const;

/** Puts the records away, with all that they consist of, and notes by which keys they are known again. */
async function putAway(
  manager: EntityManager,
  going: readonly Going[],
  expungementId: string,
): Promise<void> {
  for (const kind of KINDS) {
    const ids = [...new Set(going.filter((one) => one.kind === kind).map(({ id }) => id))];
    if (ids.length === 0) continue;
    if (kind !== "violation") {
      await manager.query(
        `INSERT INTO expunged_source (digest, expungement_id)
         SELECT sha256(convert_to(jsonb_build_array('${kind}', source, source_key)::text, 'UTF8')), $2
         FROM ${kind} WHERE id = ANY($1) ON CONFLICT DO NOTHING`,
        [ids, expungementId],
      );
    }
    for (const [table, condition] of PARTS[kind]) {
      await manager.query(
        `INSERT INTO sealed.record (expungement_id, kind, content) SELECT $2, '${table}', to_jsonb(row) FROM ${table} row WHERE ${condition}`,
        [ids, expungementId],
      );
      // Those with an id of their own are named by it in the record of who saw what.
      await manager.query(
        `INSERT INTO expunged_record (record_id, expungement_id)
         SELECT (to_jsonb(row) ->> 'id')::uuid, $2 FROM ${table} row WHERE ${condition} AND length(to_jsonb(row) ->> 'id') = 36
         ON CONFLICT DO NOTHING`,
        [ids, expungementId],
      );
      await manager.query(`DELETE FROM ${table} row WHERE ${condition}`, [ids]);
    }
  }
}

/** A list of JSON objects without those that name one of $2 among the ids of `facts`. */
const without = (list: string, facts: string) => `coalesce((SELECT jsonb_agg(one ORDER BY nth)
  FROM jsonb_array_elements(${list}) WITH ORDINALITY listed (one, nth) WHERE NOT (${facts}) ?| $2::text[]), '[]')`;

/**
 * Takes the facts that are gone out of what was ever said of a level. A reason that rested on one of them is taken whole:
 * "the third charge" would tell of it, were the other two left.
 */
async function forgetFacts(
  manager: EntityManager,
  personIds: readonly string[],
  factIds: readonly string[],
): Promise<void> {
  await manager.query(
    `UPDATE level_proposal SET fired = ${without("fired", "one -> 'factIds'")},
       held_for_review = ${without("held_for_review", "jsonb_build_array(one -> 'factId')")},
       not_counted = ${without("not_counted", "jsonb_build_array(one -> 'factId')")},
       marks = ${without("marks", "one -> 'factIds'")}
     WHERE person_id = ANY($1)`,
    [personIds, factIds],
  );
  await manager.query(
    `UPDATE level_review SET reasons = coalesce((SELECT jsonb_agg(jsonb_set(one, '{factIds}', coalesce(
         (SELECT jsonb_agg(fact) FROM jsonb_array_elements(one -> 'factIds') fact WHERE NOT fact <@ to_jsonb($2::text[])), '[]'))
       ORDER BY nth) FROM jsonb_array_elements(reasons) WITH ORDINALITY listed (one, nth)), '[]')
     WHERE person_id = ANY($1)`,
    [personIds, factIds],
  );
}

/** Does what follows of one man, but for the review, which the next judgement of his facts opens. Answers alerts to recall. */
async function ripple(
  manager: EntityManager,
  personId: string,
  his: readonly Going[],
  expungementId: string,
  { by, now }: Deed,
): Promise<{ readonly id: string; readonly historic: boolean }[]> {
  const arrestIds = his.filter(({ kind }) => kind === "arrest").map(({ id }) => id);
  const alerts = await alertsOf(manager, personId, arrestIds);
  const corrected = await correctedFacts(manager, personId, his, []);
  const consequences = consequencesOf("expungement", corrected);
  const idsOf = (what: string) =>
    consequences.filter((one) => one.ripple === what).map(({ recordId }) => recordId);
  const closed = { closedAt: now, closedBy: by };
  const contacts = idsOf("cancel-contact");
  await manager.update(ContactRow, { id: In(contacts) }, { state: "cancelled", ...closed });
  const letters = idsOf("mark-letter");
  const unserved = { id: In(letters), state: In(["drafted", "reviewed"]) };
  await manager.update(ExposureLetterRow, unserved, { state: "withdrawn", ...closed });
  const withheld = letters.map((letterId) => ({ letterId, expungementId }));
  if (withheld.length > 0) {
    await manager.createQueryBuilder().insert().into(WithheldLetterRow).values(withheld).orIgnore().execute();
  }
  return alerts;
}

/**
 * Expunges records that a court ordered to be sealed: they are put where nobody who serves reads them, with all that hangs
 * on them, and no import brings them back. The level of each man they were of is judged again; what rested on them is
 * called off, withheld and recalled. Answers the expungement's id. NOT_FOUND: one of them has gone meanwhile.
 */
export async function expunge(
  manager: EntityManager,
  { court, orderNumber, orderedOn, ...named }: ToldExpungement,
  { rules, today }: Judging,
  deed: Deed,
): Promise<Result<string, { readonly code: "NOT_FOUND" | "BEFORE_THE_RECORD" }>> {
  const seen = await goingWith(manager, named);
  await holdPersons(manager, personsOf(seen));
  // What was recorded while others held them.
  const going = await goingWith(manager, named);
  const gone = new Set(going.map(({ id }) => id));
  const { incidentIds, arrestIds, chargeIds } = named;
  if (![...incidentIds, ...arrestIds, ...chargeIds].every((id) => gone.has(id)))
    return refuse({ code: "NOT_FOUND" });
  if (
    isBeforeAll(
      orderedOn,
      going.map(({ day }) => day),
    )
  )
    return refuse({ code: "BEFORE_THE_RECORD" });
  const row = { court, orderNumber, orderedOn, recordedBy: deed.by, recordedAt: deed.now };
  const { id } = await manager.save(manager.create(ExpungementRow, row));
  const personIds = personsOf(going);
  const recalls: { readonly personId: string; readonly id: string; readonly historic: boolean }[] = [];
  for (const personId of personIds) {
    const his = going.filter((one) => one.personId === personId);
    const alerts = await ripple(manager, personId, his, id, deed);
    recalls.push(...alerts.map((alert) => ({ personId, ...alert })));
  }
  await putAway(manager, going, id);
  await proposeLevels(manager, personIds, rules, today);
  await forgetFacts(manager, personIds, [...gone]);
  await append(
    manager,
    recalls.map(({ personId, id: alertId, historic }) => ({
      ...{ topic: "arrest", key: personId, facts: { change: "recalled", recalls: alertId } },
      ...{ occurredAt: deed.now, historic, provenance: "local" as const },
    })),
  );
  return accept(id);
}

/** Those of these ids that were expunged. */
export async function expungedAmong(
  database: DataSource,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const gone = await database.getRepository(ExpungedRecordRow).findBy({ recordId: In(ids) });
  return new Set(gone.map(({ recordId }) => recordId));
}

const personsOf = (going: readonly Going[]): string[] =>
  [...new Set(going.flatMap(({ personId }) => personId ?? []))].sort();

export interface ExpungementsAfter {
  /** When the last one read was recorded, and its id. */
  readonly after: readonly string[] | null;
  readonly limit: number;
}

/** What was expunged, newest first. */
export function expungementsAfter(
  manager: EntityManager,
  { after, limit }: ExpungementsAfter,
): Promise<ExpungementRow[]> {
  const recorded = "date_trunc('milliseconds', row.recorded_at)";
  const query = manager.createQueryBuilder(ExpungementRow, "row");
  if (after !== null) {
    const [at, id] = after;
    query.where(`(${recorded}, row.id) < (:at, :id)`, { at, id });
  }
  return query.orderBy(recorded, "DESC").addOrderBy("row.id", "DESC").limit(limit).getMany();
}
