import { join } from "node:path";
import { readOutreach } from "../outreach-file";
import { NEWS_KINDS, type CaseNews, type NewsKind } from "./case-news";
import { LEVELS } from "./level";
import { TASK_EVENTS, TaskState, afterRecall, countsSince, effectOf, needsCorrection, taskAfter, type TaskEvent } from "./outreach-task"; // prettier-ignore

const LINES = readOutreach(join(__dirname, "../../../site/outreach.json")).tasks;
const AT = new Date("2026-03-01T12:00:00Z");
const PLANNED = new Date("2026-03-05T12:00:00Z");
const CONTACT = "00000000-0000-4000-8000-0000000000c0";
const news = (kind: NewsKind, more: Partial<CaseNews> = {}): CaseNews => ({
  ...{ eventId: "e", caseId: "c", kind, level: "B", occurredAt: AT, historic: false },
  contactId: kind.startsWith("contact") ? CONTACT : null,
  plannedFor: kind.startsWith("contact") ? PLANNED : null,
  ...more,
});
/** "kind hours": due so many hours after the news. */
const opened = (one: CaseNews) =>
  effectOf(one, LINES).opens.map(
    ({ kind, dueAt }) => `${kind} ${(dueAt.getTime() - AT.getTime()) / 3_600_000}`,
  );

test.each<[NewsKind, CaseNews["level"], string[]]>([
  ["contact-planned", "D", ["letter 72"]],
  ["contact-planned", "C", ["visit 92", "safety-planning 92"]],
  ["contact-planned", "B", ["safety-planning 92", "risk-assessment 72", "case-management 72"]],
  ["contact-made", "B", ["call 24"]],
  ["contact-refused", "C", ["call 24"]],
  ["contact-breached", "B", ["call 1", "safety-planning 24"]],
  ["contact-breached", null, ["call 1", "safety-planning 24"]],
  ["level-confirmed", "A", ["emergency-assessment 2", "safety-planning 24", "case-management 72"]],
  ["level-confirmed", "B", []],
  ["arrest", "A", ["emergency-assessment 2"]],
  ["arrest", null, ["call 24"]],
  ["arrest-recalled", "A", ["call 4"]],
  ["arrest-recalled", null, ["call 4"]],
  ["custody-released", "C", ["call 2"]],
  ["custody-booked", "C", []],
  ["case-assigned", "C", []],
])("AV29: the example site's protocol: %s at level %s opens %j", (kind, level, expected) => {
  expect(opened(news(kind, { level }))).toEqual(expected);
});

test("AV29: a task before a contact that is near is due at once, never before it was known of", () => {
  const soon = news("contact-planned", { plannedFor: new Date(AT.getTime() + 3_600_000) });
  expect(opened(soon)).toEqual(["safety-planning 0", "risk-assessment 0", "case-management 72"]);
});

test("AV29: what is historic opens nothing, whatever it is", () => {
  for (const kind of NEWS_KINDS) {
    for (const level of [...LEVELS, null]) expect(opened(news(kind, { level, historic: true }))).toEqual([]);
  }
});

test("AV30: at every level, and at none, a breach opens something that is due within hours", () => {
  for (const level of [...LEVELS, null]) {
    const due = effectOf(news("contact-breached", { level }), LINES).opens.map(({ dueAt }) =>
      dueAt.getTime(),
    );
    expect(Math.min(...due) - AT.getTime()).toBeLessThanOrEqual(4 * 3_600_000);
  }
});

test("AV32: a contact that is called off voids what rests on it, one that is moved moves it, and nothing else does", () => {
  for (const kind of NEWS_KINDS) {
    const { voids, moves } = effectOf(news(kind), LINES);
    expect([kind, voids]).toEqual([
      kind,
      kind === "contact-cancelled" || kind === "contact-recalled" ? CONTACT : null,
    ]);
    expect([kind, moves]).toEqual([
      kind,
      kind === "contact-moved" ? { contactId: CONTACT, to: PLANNED } : null,
    ]);
  }
  const rest = effectOf(news("contact-planned"), LINES).opens.map(({ contactId }) => contactId);
  expect(new Set(rest)).toEqual(new Set([CONTACT]));
  // What follows a contact is done whatever becomes of its record.
  for (const kind of ["contact-made", "contact-breached"] as const) {
    for (const { contactId } of effectOf(news(kind), LINES).opens) expect(contactId).toBeNull();
  }
});

const EXPECTED: Record<TaskState, Record<TaskEvent, string>> = {
  open: { take: "taken", complete: "done", cancel: "cancelled" },
  taken: { take: "ALREADY_TAKEN", complete: "done", cancel: "cancelled" },
  done: { take: "OVER", complete: "OVER", cancel: "OVER" },
  cancelled: { take: "OVER", complete: "OVER", cancel: "OVER" },
};
test.each(Object.values(TaskState).flatMap((state) => TASK_EVENTS.map((event) => [state, event] as const)))(
  "AV31: a task that is %s: %s",
  (state, event) => {
    const next = taskAfter(state, event);
    expect("to" in next ? next.to : next.no).toBe(EXPECTED[state][event]);
  },
);

const RECALLED = new Date("2026-03-02T09:00:00Z");
const HEARD = new Date("2026-03-02T09:01:00Z");
const AFTER_RECALL: Record<TaskState, object> = {
  open: { state: "cancelled", reason: "arrest-recalled", closedAt: HEARD },
  taken: { state: "taken" },
  done: { state: "done" },
  cancelled: { state: "cancelled" },
};
test.each(Object.values(TaskState))(
  "AV80: a task that is %s when its arrest is taken back, and AV82: none of its times is the arrest's",
  (state) => {
    const times = { openedAt: RECALLED, dueAt: RECALLED, recalledAt: RECALLED };
    const expected = { ...AFTER_RECALL[state], openedOn: "arrest-recalled", ...times };
    expect(afterRecall(state, RECALLED, HEARD)).toEqual(expected);
  },
);

test.each([
  [true, 30, true],
  [true, 31, false],
  [false, 0, false],
])("AV81: she was turned to: %s; heard %i days ago: to be corrected: %s", (turnedToSince, days, needed) => {
  const now = new Date(HEARD.getTime() + days * 24 * 3_600_000);
  expect(needsCorrection({ receivedAt: HEARD, turnedToSince }, 30, now)).toBe(needed);
});

test("AV80: what she who took it did before the arrest was taken back counts", () => {
  const task = { openedAt: RECALLED, takenAt: null };
  expect(countsSince(task)).toEqual(RECALLED);
  expect(countsSince({ ...task, takenAt: AT })).toEqual(AT);
  expect(countsSince({ ...task, takenAt: HEARD })).toEqual(RECALLED);
});
