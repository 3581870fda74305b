import { addDays, at } from "../days";
import { subjectOf } from "../site";
import type { AdvocacyBatch, AssignedCase } from "./advocacy-tables";

const LINES = [
  { opened_on: "contact-planned", kind: "letter" },
  { opened_on: "contact-planned", kind: "risk-assessment" },
  { opened_on: "contact-planned", kind: "safety-planning" },
  { opened_on: "contact-planned", kind: "case-management" },
  { opened_on: "arrest", kind: "emergency-assessment" },
  { opened_on: "arrest", kind: "call" },
  { opened_on: "contact-made", kind: "visit" },
] as const;
const REASONS = ["not-safe", "she-declined", "done-otherwise", "not-needed", "case-left"] as const;

/** What no advocate gives as her reason. */
const HUBS_OWN: readonly string[] = ["contact-called-off", "case-left", "arrest-recalled"];

/** Adds what is to be done for a victim at the end of the city's time, and what was given up. */
export function addTasks(batch: AdvocacyBatch, one: AssignedCase, lastDay: string): void {
  const random = one.random.fork("tasks");
  if (!one.first && !random.chance(0.25)) return;
  const day = addDays(lastDay, -random.int(0, 2));
  if (one.couple.assignedOn! > day) return;
  const { opened_on, kind } = one.first ? LINES[2] : random.pick(LINES);
  const rests = opened_on === "contact-planned";
  const state = one.first ? "open" : random.pick(["open", "taken", "cancelled"] as const);
  const by = subjectOf("advocate", random.int(1, 5));
  const given = rests && random.chance(0.3) ? "contact-called-off" : random.pick(REASONS);
  const recalled = opened_on === "arrest" && state === "cancelled" && random.chance(0.4);
  const reason = recalled ? "arrest-recalled" : given;
  const openedAt = at(day, random.int(8, 16), random.int(0, 59));
  const dueAt = at(addDays(day, random.int(0, 4)), random.int(8, 18));
  batch.add("outreach_task", {
    id: random.uuid(),
    case_id: one.couple.caseId,
    kind,
    state,
    event_id: random.uuid(),
    opened_on: recalled ? reason : opened_on,
    opened_at: openedAt,
    due_at: recalled ? openedAt : dueAt,
    contact_id: rests ? random.uuid() : null,
    hours_before_contact: rests ? 24 : null,
    taken_by: state === "taken" ? by : null,
    taken_at: state === "taken" ? at(day, 17) : null,
    closed_by: state === "cancelled" && !HUBS_OWN.includes(reason) ? by : null,
    closed_at: state === "cancelled" ? at(day, 18) : null,
    outreach_id: null,
    reason: state === "cancelled" ? reason : null,
    recalled_at: recalled ? openedAt : null,
  });
}

/** Adds a task that an outreach has done. */
export function addDoneTask(
  batch: AdvocacyBatch,
  one: AssignedCase,
  done: { readonly outreachId: string; readonly kind: string; readonly day: string; readonly by: string },
): void {
  const random = one.random.fork("done task");
  batch.add("outreach_task", {
    id: random.uuid(),
    case_id: one.couple.caseId,
    kind: done.kind,
    state: "done",
    event_id: random.uuid(),
    opened_on: "level-confirmed",
    opened_at: at(done.day, 8),
    due_at: at(addDays(done.day, 1), 8),
    contact_id: null,
    hours_before_contact: null,
    taken_by: null,
    taken_at: null,
    closed_by: done.by,
    closed_at: at(done.day, 16),
    outreach_id: done.outreachId,
    reason: null,
    recalled_at: null,
  });
}
