import type { DataSource, EntityManager } from "typeorm";
import type { CaseNews } from "../domain/case-news";
import type { TaskTerms } from "../domain/outreach-task";
import { applyToTasks, closeTasksOf, takeBackTasks, type NewsThatWas } from "./outreach-tasks";

/** A piece of news as it came. */
export type ToldNews = CaseNews & {
  /** Since when the case is the agency's. */
  readonly assignedAt: Date;
  /** The news that this one takes back; null: it is news by itself. */
  readonly recalls: string | null;
};

/** By which news that was taken back is known again; of two statement parameters, its id and its case's. */
const digestOf = (event: string, caseId: string) =>
  `sha256(uuid_send(${event}::uuid) || uuid_send(${caseId}::uuid))`;

/**
 * Keeps the news of an agency's cases, each once, in one transaction, and its caseload with them: a case of which there is
 * news is on it, one that left is not, unless somebody here is its client, whom no other agency's work takes away. What the site's protocol opens, voids and moves of tasks goes with it. News that is taken back is not kept, and not taken again (AV82, AV83).
 */
export async function takeNews(
  database: DataSource,
  news: readonly ToldNews[],
  terms: TaskTerms,
  now: Date,
): Promise<void> {
  await database.transaction(async (manager) => {
    // One telling at a time: of two that overlap, one could take what the other takes back.
    await manager.query("SELECT pg_advisory_xact_lock(hashtext('case_news'))");
    for (const one of news) {
      if (one.recalls !== null) {
        await takeBack(manager, one, one.recalls, terms, now);
        continue;
      }
      if (one.kind !== "case-left") {
        await manager.query(
          "INSERT INTO case_assignment (case_id, assigned_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
          [one.caseId, one.assignedAt],
        );
      }
      if (!(await keep(manager, one, now))) continue;
      if (one.kind === "case-assigned") await comeBack(manager, one);
      if (one.kind === "case-left") await leaveCaseload(manager, one, now);
      await applyToTasks(manager, one, terms.tasks, now);
    }
  });
}

/** Nothing of it is left but that, when, and a hash; whoever never had it will not take it either. */
async function takeBack(
  manager: EntityManager,
  one: ToldNews,
  eventId: string,
  terms: TaskTerms,
  now: Date,
): Promise<void> {
  const { caseId } = one;
  await manager.query(
    `INSERT INTO news_taken_back (digest, received_at) VALUES (${digestOf("$1", "$2")}, $3) ON CONFLICT DO NOTHING`,
    [eventId, caseId, now],
  );
  const [[was]] = await manager.query<[Omit<NewsThatWas, "eventId">[], number]>(
    `DELETE FROM case_news WHERE event_id = $1 AND case_id = $2
     RETURNING received_at AS "receivedAt", CASE WHEN historic THEN received_at ELSE occurred_at END AS "knownSince"`,
    [eventId, caseId],
  );
  if (was === undefined) return;
  await keep(manager, one, now);
  await takeBackTasks(manager, one, { eventId, ...was }, terms, now);
}

async function comeBack(manager: EntityManager, { caseId, assignedAt }: ToldNews): Promise<void> {
  await manager.query(
    "UPDATE case_assignment SET ended_at = NULL, assigned_at = $2 WHERE case_id = $1 AND ended_at IS NOT NULL",
    [caseId, assignedAt],
  );
}

/** False when it was told before, was taken back, or is of a case that never was the agency's. */
async function keep(manager: EntityManager, one: ToldNews, now: Date): Promise<boolean> {
  const kept = await manager.query<unknown[]>(
    `INSERT INTO case_news (event_id, case_id, kind, contact_id, level, occurred_at, planned_for, historic, received_at)
     SELECT $1, case_id, $3, $4, $5, $6, $7, $8, $9 FROM case_assignment WHERE case_id = $2
       AND NOT EXISTS (SELECT FROM news_taken_back WHERE digest = ${digestOf("$1", "$2")})
     ON CONFLICT DO NOTHING RETURNING event_id`,
    [
      one.eventId,
      one.caseId,
      one.kind,
      one.contactId,
      one.level,
      one.occurredAt,
      one.plannedFor,
      one.historic,
      now,
    ],
  );
  return kept.length > 0;
}

async function leaveCaseload(
  manager: EntityManager,
  { caseId, occurredAt }: ToldNews,
  now: Date,
): Promise<void> {
  const [left] = await manager.query<[unknown[], number]>(
    `UPDATE case_assignment SET ended_at = $2 WHERE case_id = $1 AND ended_at IS NULL
       AND NOT EXISTS (SELECT FROM client WHERE client.case_id = $1)
     RETURNING case_id`,
    [caseId, occurredAt],
  );
  if (left.length > 0) await closeTasksOf(manager, caseId, now);
}
