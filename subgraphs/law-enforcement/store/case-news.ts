import { randomUUID } from "node:crypto";
import { In, type DataSource } from "typeorm";
import type { OutboxEvent } from "../../../platform/outbox/outbox";
import { ARREST_RECALLED, newsIn, type NewsKind } from "../domain/case-news";
import type { Level } from "../domain/tier-rules";
import { CaseNewsPlaceRow, ToldArrestRow } from "./entities/case-news";

/** One piece of news of one case: ids, kinds, a level and instants, and nothing else. */
export interface CaseNews {
  /** Of the event; with the case it is told under it is told once. */
  readonly id: string;
  readonly caseId: string;
  readonly assignedAt: Date;
  readonly kind: NewsKind;
  readonly contactId: string | null;
  /** Of the contact, else the one in force. */
  readonly level: Level | null;
  readonly at: Date;
  readonly plannedFor: Date | null;
  /** It happened long before it was recorded: nobody is to be sent out for it. */
  readonly historic: boolean;
  /** The id of the news that this one takes back; no other kind has it. */
  readonly recalls?: string;
}

const IN_FORCE = `(SELECT confirmed.level FROM level_confirmation confirmed WHERE confirmed.person_id = file.person_id
  ORDER BY confirmed.confirmed_at DESC, confirmed.id LIMIT 1)`;

/**
 * The news in some events for one agency, in their order: of the cases that are assigned to it now, or have just left it.
 * Which arrests it is about to be told of is noted in the same statement; one that is his no more is not told (L110, L111).
 */
export async function newsFor(
  database: DataSource,
  agency: string,
  events: readonly OutboxEvent[],
): Promise<CaseNews[]> {
  const told = events.map(({ id, topic, key, facts }, at) => ({
    at,
    id,
    kind: topic === "assignment" ? null : newsIn(topic, facts["change"]),
    person_id: key,
    arrest_id: facts["arrestId"] ?? null,
    contact_id: facts["contactId"] ?? null,
    transfer_id: facts["transferId"] ?? null,
  }));
  const rows = await database.query<(Omit<CaseNews, "id" | "at" | "historic"> & { nth: number })[]>(
    `WITH told AS (
       SELECT * FROM jsonb_to_recordset($2::jsonb) AS told
         (at integer, id uuid, kind text, person_id uuid, arrest_id uuid, contact_id uuid, transfer_id uuid)
     ), noted AS (
       INSERT INTO told_arrest (agency, event_id, case_id, arrest_id)
       SELECT $1, told.id, file.id, arrest.id FROM told
         JOIN arrest ON arrest.id = told.arrest_id AND arrest.person_id = told.person_id
         JOIN case_file file ON file.person_id = told.person_id AND file.assigned_agency = $1
       WHERE told.kind = 'arrest'
       ON CONFLICT (agency, event_id, case_id) DO UPDATE SET arrest_id = excluded.arrest_id
       RETURNING event_id, case_id
     )
     SELECT told.at AS nth, file.id AS "caseId", coalesce(file.assigned_at, file.opened_at) AS "assignedAt",
       coalesce(told.kind, CASE WHEN transfer.to_agency = $1 THEN 'case-assigned' ELSE 'case-left' END) AS kind,
       contact.id AS "contactId", coalesce(contact.level, ${IN_FORCE}) AS level, contact.planned_for AS "plannedFor"
     FROM told
       LEFT JOIN case_transfer transfer ON transfer.id = told.transfer_id
       LEFT JOIN contact ON contact.id = told.contact_id
       JOIN case_file file ON CASE WHEN transfer.id IS NULL
         THEN told.kind IS NOT NULL AND file.person_id = told.person_id AND file.assigned_agency = $1
         ELSE file.id = transfer.case_id AND $1 IN (transfer.from_agency, transfer.to_agency) END
     WHERE told.kind IS DISTINCT FROM 'arrest' OR (told.id, file.id) IN (SELECT event_id, case_id FROM noted)
     ORDER BY told.at, file.id`,
    [agency, JSON.stringify(told)],
  );
  return rows.map(({ nth, ...row }) => {
    const { id, occurredAt: at, historic } = events[nth]!;
    return { ...row, id, at, historic };
  });
}

/**
 * That arrests which an agency was told of are his no more, whatever took them away and however long ago it was told: he
 * was not the man, a court sealed it, its source has it no longer. Why is not said, so that what is sealed is told like what was wrong (L110).
 * Of a case that went elsewhere meanwhile it hears nothing else.
 */
export async function recallsFor(database: DataSource, agency: string, limit: number): Promise<CaseNews[]> {
  const rows = await database.query<
    Pick<CaseNews, "id" | "caseId" | "assignedAt" | "level" | "at" | "recalls">[]
  >(
    `SELECT told.id, told.event_id AS recalls, file.id AS "caseId", now() AS at,
       CASE WHEN mine.still THEN coalesce(file.assigned_at, file.opened_at) ELSE now() END AS "assignedAt",
       CASE WHEN mine.still THEN ${IN_FORCE} END AS level
     FROM told_arrest told JOIN case_file file ON file.id = told.case_id
       CROSS JOIN LATERAL (SELECT file.assigned_agency IS NOT DISTINCT FROM $1 AS still) mine
     WHERE told.agency = $1 AND NOT EXISTS (SELECT FROM arrest
       WHERE arrest.id = told.arrest_id AND arrest.person_id = file.person_id)
     ORDER BY told.id LIMIT $2`,
    [agency, limit],
  );
  const alike = { kind: ARREST_RECALLED, contactId: null, plannedFor: null, historic: false } as const;
  return rows.map((row) => ({ ...row, ...alike }));
}

/** An agency has taken these recalls: that it was told of the arrests is not kept any longer. */
export async function forgetTold(database: DataSource, recalls: readonly CaseNews[]): Promise<void> {
  await database.getRepository(ToldArrestRow).delete({ id: In(recalls.map(({ id }) => id)) });
}

/** That cases are assigned to an agency, as things stand: for one that has not been told, or missed, how they came to it. */
export async function assignmentsOf(
  database: DataSource,
  agency: string,
  after: string | null,
  limit: number,
): Promise<CaseNews[]> {
  const rows = await database.query<Pick<CaseNews, "caseId" | "assignedAt" | "level">[]>(
    `SELECT file.id AS "caseId", file.assigned_at AS "assignedAt", ${IN_FORCE} AS level FROM case_file file
     WHERE file.assigned_agency = $1 AND ($2::uuid IS NULL OR file.id > $2) ORDER BY file.id LIMIT $3`,
    [agency, after, limit],
  );
  return rows.map((row) => ({
    ...row,
    id: randomUUID(),
    kind: "case-assigned",
    contactId: null,
    at: row.assignedAt,
    plannedFor: null,
    historic: true,
  }));
}

/** Up to where an agency has been told; null: nothing yet. */
export async function placeOfAgency(database: DataSource, agency: string): Promise<string | null> {
  return (await database.getRepository(CaseNewsPlaceRow).findOneBy({ agency }))?.cursor ?? null;
}

export async function savePlace(database: DataSource, agency: string, cursor: string): Promise<void> {
  await database.getRepository(CaseNewsPlaceRow).upsert({ agency, cursor, toldAt: new Date() }, ["agency"]);
}
