import { randomUUID } from "node:crypto";
import { In, type DataSource, type EntityManager } from "typeorm";
import { instantOf, microsOf, type Position } from "../../../platform/subgraph/newest-first";
import { isUuid } from "../../../platform/store/uuid";
import type { CaseNews } from "../domain/case-news";
import { afterRecall, countsSince, dueBefore, effectOf, needsCorrection, taskAfter, type TaskEvent, type TaskLine, type TaskReason, type TaskRefusal, type TaskState, type TaskTerms } from "../domain/outreach-task"; // prettier-ignore
import type { Reader } from "../domain/release";
import { openCase } from "../policy/conflict-wall";
import { OutreachRow } from "./entities/outreach";
import { OutreachTaskRow } from "./entities/outreach-task";
import type { Deed } from "./safe-contact";

const UNDONE = ["open", "taken"] as const;

/** Opens, voids and moves the tasks of a case as a piece of news has it, in the transaction that keeps the news. */
export async function applyToTasks(
  manager: EntityManager,
  news: CaseNews,
  lines: readonly TaskLine[],
  now: Date,
): Promise<void> {
  const { opens, voids, moves } = effectOf(news, lines);
  const { caseId, eventId, kind: openedOn } = news;
  const rows = opens.map((task) => ({ ...task, caseId, eventId, openedOn }));
  if (rows.length > 0) {
    await manager.createQueryBuilder().insert().into(OutreachTaskRow).values(rows).orIgnore().execute();
  }
  const tasks = manager.getRepository(OutreachTaskRow);
  if (voids !== null) {
    const rest = { caseId, contactId: voids, state: In(UNDONE) };
    await tasks.update(rest, { state: "cancelled", reason: "contact-called-off", closedAt: now });
  }
  if (moves === null) return;
  for (const task of await tasks.findBy({ caseId, contactId: moves.contactId, state: In(UNDONE) })) {
    if (task.hoursBeforeContact === null) continue;
    await tasks.update(task.id, { dueAt: dueBefore(moves.to, task.hoursBeforeContact, task.openedAt) });
  }
}

/** News as the agency had it, before it was taken back. */
export interface NewsThatWas {
  readonly eventId: string;
  readonly receivedAt: Date;
  /** From when on somebody may have told her of it: as it happened, or, of what had happened long before, when it was heard here. */
  readonly knownSince: Date;
}

/** Ends or marks the tasks that an arrest had opened which is taken back, and opens what corrects it where she may rely on it. */
export async function takeBackTasks(
  manager: EntityManager,
  recall: CaseNews,
  was: NewsThatWas,
  { tasks: lines, correctsWithinDays }: TaskTerms,
  now: Date,
): Promise<void> {
  const { caseId } = recall;
  const opened = await manager.find(OutreachTaskRow, {
    where: { caseId, eventId: was.eventId },
    order: { id: "ASC" },
    lock: { mode: "pessimistic_write" },
  });
  for (const { id, state } of opened) {
    // An id of its own: that of the arrest's event would lead to it.
    await manager.update(OutreachTaskRow, id, {
      ...afterRecall(state, recall.occurredAt, now),
      eventId: randomUUID(),
    });
  }
  const [{ turnedToSince }] = await manager.query<[{ turnedToSince: boolean }]>(
    `SELECT EXISTS (SELECT FROM outreach JOIN case_assignment assigned USING (case_id)
       WHERE case_id = $1 AND assigned.ended_at IS NULL AND made_at >= $2 AND outcome <> 'not-reached') AS "turnedToSince"`,
    [caseId, was.knownSince],
  );
  if (!needsCorrection({ ...was, turnedToSince }, correctsWithinDays, now)) return;
  await applyToTasks(manager, recall, lines, now);
}

/** Of a case that left: nobody here works on it any more. */
export async function closeTasksOf(manager: EntityManager, caseId: string, now: Date): Promise<void> {
  await manager.update(
    OutreachTaskRow,
    { caseId, state: In(UNDONE) },
    { state: "cancelled", reason: "case-left", closedAt: now },
  );
}

/** The undone tasks of the reader's agency, of cases that are open to her, the one due first before all others. */
export async function undoneTasks(
  database: DataSource,
  reader: Reader,
  after: Position | null,
  limit: number,
): Promise<{ row: OutreachTaskRow; position: Position }[]> {
  const places = await database.query<{ id: string; micros: string }[]>(
    `SELECT task.id, ${microsOf("task.due_at")} AS micros
     FROM outreach_task task JOIN case_assignment assigned USING (case_id)
     WHERE task.state IN ('open', 'taken') AND assigned.ended_at IS NULL AND ${openCase("task.case_id")}
       AND ($4::bigint IS NULL OR (task.due_at, task.id) > (${instantOf("$4")}, $5::uuid))
     ORDER BY task.due_at, task.id LIMIT $3`,
    [reader.agency, reader.subject, limit, after?.micros ?? null, after?.id ?? null],
  );
  const rows = await database.getRepository(OutreachTaskRow).findBy({ id: In(places.map(({ id }) => id)) });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return places.flatMap((position) => {
    const row = byId.get(position.id);
    return row ? [{ row, position }] : [];
  });
}

/** Why a task stays as it is. */
export type TaskChangeRefusal = TaskRefusal | "STALE" | "OUTREACH_NOT_FOUND" | "OUTREACH_DOES_NOT_FIT";

/** What an advocate does to a task. */
export interface TaskChange {
  readonly event: TaskEvent;
  /** The state she has seen. */
  readonly expects: TaskState;
  readonly outreachId?: string;
  readonly reason?: TaskReason;
}

/** Changes a task of a case that is open to her: whoever calls has made sure. Answers its id. */
export async function changeTask(
  manager: EntityManager,
  taskId: string,
  { event, expects, outreachId, reason }: TaskChange,
  { by, now }: Deed,
): Promise<{ ok: true; value: string } | { ok: false; refusal: { code: TaskChangeRefusal } }> {
  const refuse = (code: TaskChangeRefusal) => ({ ok: false as const, refusal: { code } });
  const task = await manager.findOneOrFail(OutreachTaskRow, {
    where: { id: taskId },
    lock: { mode: "pessimistic_write" },
  });
  if (task.state !== expects) return refuse("STALE");
  const next = taskAfter(task.state, event);
  if ("no" in next) return refuse(next.no);
  if (event === "take") {
    await manager.update(OutreachTaskRow, task.id, { state: next.to, takenBy: by, takenAt: now });
    return { ok: true, value: task.id };
  }
  if (event === "complete") {
    const made = isUuid(outreachId ?? "") && (await manager.findOneBy(OutreachRow, { id: outreachId!, caseId: task.caseId })); // prettier-ignore
    if (!made) return refuse("OUTREACH_NOT_FOUND");
    if (made.kind !== task.kind || made.madeAt < countsSince(task)) return refuse("OUTREACH_DOES_NOT_FIT");
    await manager.update(OutreachTaskRow, task.id, { state: next.to, outreachId: made.id, closedBy: by, closedAt: now }); // prettier-ignore
    return { ok: true, value: task.id };
  }
  await manager.update(OutreachTaskRow, task.id, { state: next.to, reason: reason ?? "not-needed", closedBy: by, closedAt: now }); // prettier-ignore
  return { ok: true, value: task.id };
}
