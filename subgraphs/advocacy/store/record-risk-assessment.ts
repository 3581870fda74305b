import type { EntityManager } from "typeorm";
import { isUuid } from "../../../platform/store/uuid";
import type { Outcome } from "../../../platform/told-request/told-once";
import type { Instrument } from "../domain/instrument";
import type { Level } from "../domain/level";
import type { OutreachKind } from "../domain/outreach";
import {
  HIGH_DANGER,
  tasksOnDanger,
  type TaskLine,
  type TaskState,
  type TaskTrigger,
} from "../domain/outreach-task";
import { findingOf, type AssessmentOutcome, type ToldAssessment } from "../domain/risk-assessment";
import { OutreachRow } from "./entities/outreach";
import { OutreachTaskRow } from "./entities/outreach-task";
import { RiskAssessmentRow } from "./entities/risk-assessment";
import { changeTask } from "./outreach-tasks";
import type { Deed } from "./safe-contact";

export type AssessmentRefusal =
  | "ASSESSMENT_NOT_FOUND"
  | "ANOTHER_INSTRUMENT"
  | "ALREADY_CORRECTED"
  | "TASK_NOT_FOUND"
  | "TASK_DOES_NOT_FIT"
  | "STALE"
  | "OVER";

/** An assessment that nothing is wrong with, of a case that is open to its teller. */
export interface AssessmentOfCase extends ToldAssessment {
  readonly caseId: string;
  readonly instrument: Instrument;
  /** The assessment that this one corrects; null: it was asked anew. */
  readonly corrects: string | null;
  /** The task that it does, in the state that was seen; null: none. */
  readonly task: { readonly taskId: string; readonly expects: TaskState } | null;
}

class Refused extends Error {
  constructor(readonly code: AssessmentRefusal) {
    super(code);
  }
}

/**
 * Records an assessment and what it found, enters it in the log of outreach, does the task it was made for, and opens what the
 * site's protocol has for high danger. Answers the assessment's id.
 */
export async function recordRiskAssessment(
  manager: EntityManager,
  told: AssessmentOfCase,
  lines: readonly TaskLine[],
  deed: Deed,
): Promise<Outcome<{ readonly code: AssessmentRefusal }>> {
  try {
    return { ok: true, value: await record(manager, told, lines, deed) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: { code: error.code } };
    throw error;
  }
}

async function record(
  manager: EntityManager,
  told: AssessmentOfCase,
  lines: readonly TaskLine[],
  { by, now }: Deed,
): Promise<string> {
  const { caseId, instrument, assessedAt, note, task } = told;
  const corrected = told.corrects === null ? null : await correctable(manager, told, told.corrects);
  const kind = task === null ? "risk-assessment" : await kindOfTask(manager, told, task.taskId);
  // What is corrected was entered when it was made.
  const outreachId = corrected
    ? null
    : await enterOutreach(manager, { caseId, kind, madeAt: assessedAt, madeBy: by });
  const answers = Object.fromEntries(told.answers.map(({ item, answer }) => [item, answer]));
  const finding = findingOf(instrument.rule, answers);
  const { id } = await manager.save(
    manager.create(RiskAssessmentRow, {
      ...{
        caseId,
        instrument: instrument.id,
        instrumentVersion: instrument.version,
        answers,
        ...finding,
        note,
      },
      ...{ assessedAt, assessedBy: by, recordedAt: now, outreachId, correctsId: corrected?.id ?? null },
    }),
  );
  if (task !== null && outreachId !== null) {
    const change = { event: "complete", expects: task.expects, outreachId } as const;
    const done = await changeTask(manager, task.taskId, change, { by, now });
    if (!done.ok) throw new Refused(done.refusal.code === "STALE" || done.refusal.code === "OVER" ? done.refusal.code : "TASK_DOES_NOT_FIT"); // prettier-ignore
  }
  if (opensTasks(finding.outcome, corrected)) await openTasks(manager, { id, caseId, assessedAt }, lines);
  return id;
}

/** A correction of what was high danger already opened its tasks then. */
function opensTasks(outcome: AssessmentOutcome, corrected: RiskAssessmentRow | null): boolean {
  return outcome === "high-danger" && corrected?.outcome !== "high-danger";
}

async function correctable(
  manager: EntityManager,
  { caseId, instrument, task }: AssessmentOfCase,
  id: string,
): Promise<RiskAssessmentRow> {
  const lock = { mode: "pessimistic_write" } as const;
  const known = isUuid(id) ? await manager.findOne(RiskAssessmentRow, { where: { id, caseId }, lock }) : null;
  if (known === null) throw new Refused("ASSESSMENT_NOT_FOUND");
  if (known.instrument !== instrument.id) throw new Refused("ANOTHER_INSTRUMENT");
  if (await manager.existsBy(RiskAssessmentRow, { correctsId: known.id }))
    throw new Refused("ALREADY_CORRECTED");
  // She was not asked again: nothing that is to be done is done by it.
  if (task !== null) throw new Refused("TASK_DOES_NOT_FIT");
  return known;
}

const ASSESSING: readonly OutreachKind[] = ["risk-assessment", "emergency-assessment"];

async function kindOfTask(
  manager: EntityManager,
  { caseId }: AssessmentOfCase,
  id: string,
): Promise<OutreachKind> {
  const task = isUuid(id) ? await manager.findOneBy(OutreachTaskRow, { id, caseId }) : null;
  if (task === null) throw new Refused("TASK_NOT_FOUND");
  if (!ASSESSING.includes(task.kind)) throw new Refused("TASK_DOES_NOT_FIT");
  return task.kind;
}

/** The entry of the agency's log; the one that was told before, when it was. */
async function enterOutreach(
  manager: EntityManager,
  made: Pick<OutreachRow, "caseId" | "kind" | "madeAt" | "madeBy">,
): Promise<string> {
  const entry = { ...made, outcome: "reached" as const, note: null };
  await manager.createQueryBuilder().insert().into(OutreachRow).values(entry).orIgnore().execute();
  return (await manager.findOneByOrFail(OutreachRow, made)).id;
}

async function openTasks(
  manager: EntityManager,
  { id, caseId, assessedAt }: { readonly id: string; readonly caseId: string; readonly assessedAt: Date },
  lines: readonly TaskLine[],
): Promise<void> {
  const [news] = await manager.query<{ level: Level | null }[]>(
    "SELECT level FROM case_news WHERE case_id = $1 ORDER BY occurred_at DESC, event_id LIMIT 1",
    [caseId],
  );
  const openedOn: TaskTrigger = HIGH_DANGER;
  const rows = tasksOnDanger(assessedAt, news?.level ?? null, lines).map((task) => ({
    ...{ ...task, caseId, eventId: id, openedOn },
  }));
  if (rows.length > 0) {
    await manager.createQueryBuilder().insert().into(OutreachTaskRow).values(rows).orIgnore().execute();
  }
}
