import type { DataSource, EntityManager } from "typeorm";
import type { CaseNews } from "../domain/case-news";
import type { TaskLine } from "../domain/outreach-task";
import { applyToTasks, closeTasksOf } from "./outreach-tasks";

/** A piece of news as it came, with since when the case is the agency's. */
export type ToldNews = CaseNews & { readonly assignedAt: Date };

/**
 * Keeps the news of an agency's cases, each once, in one transaction, and its caseload with them: a case of which there is
 * news is on it, one that left is not, unless somebody here is its client, whom no other agency's work takes away. What the site's protocol opens, voids and moves of tasks goes with it.
 */
export async function takeNews(
  database: DataSource,
  news: readonly ToldNews[],
  lines: readonly TaskLine[],
  now: Date,
): Promise<void> {
  await database.transaction(async (manager) => {
    for (const one of news) {
      if (one.kind !== "case-left") {
        await manager.query(
          "INSERT INTO case_assignment (case_id, assigned_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
          [one.caseId, one.assignedAt],
        );
      }
      if (!(await keep(manager, one, now))) continue;
      if (one.kind === "case-assigned") await comeBack(manager, one);
      if (one.kind === "case-left") await leaveCaseload(manager, one, now);
      await applyToTasks(manager, one, lines, now);
    }
  });
}

async function comeBack(manager: EntityManager, { caseId, assignedAt }: ToldNews): Promise<void> {
  await manager.query(
    "UPDATE case_assignment SET ended_at = NULL, assigned_at = $2 WHERE case_id = $1 AND ended_at IS NOT NULL",
    [caseId, assignedAt],
  );
}

/** False when it was told before, or is of a case that never was the agency's. */
async function keep(manager: EntityManager, one: ToldNews, now: Date): Promise<boolean> {
  const kept = await manager.query<unknown[]>(
    `INSERT INTO case_news (event_id, case_id, kind, contact_id, level, occurred_at, planned_for, historic, received_at)
     SELECT $1, case_id, $3, $4, $5, $6, $7, $8, $9 FROM case_assignment WHERE case_id = $2
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
