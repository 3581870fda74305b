import { ARREST_RECALLED, type CaseNews, type NewsKind } from "./case-news";
import type { Level } from "./level";
import type { OutreachKind } from "./outreach";

/** Where a task stands. Keys are the names on the wire, values those in the records. */
export const TaskState = { OPEN: "open", TAKEN: "taken", DONE: "done", CANCELLED: "cancelled" } as const;
export type TaskState = (typeof TaskState)[keyof typeof TaskState];

export const TASK_EVENTS = ["take", "complete", "cancel"] as const;
export type TaskEvent = (typeof TASK_EVENTS)[number];

/** Why nothing will come of a task. The last three are the hub's own: what it rests on is gone. */
export const TaskReason = {
  NOT_SAFE: "not-safe",
  SHE_DECLINED: "she-declined",
  DONE_OTHERWISE: "done-otherwise",
  NOT_NEEDED: "not-needed",
  CONTACT_CALLED_OFF: "contact-called-off",
  CASE_LEFT: "case-left",
  ARREST_RECALLED: "arrest-recalled",
} as const;
export type TaskReason = (typeof TaskReason)[keyof typeof TaskReason];
/** What an advocate may give as her reason. */
export const ADVOCATES_REASONS = ["NOT_SAFE", "SHE_DECLINED", "DONE_OTHERWISE", "NOT_NEEDED"] as const;

export type TaskRefusal = "ALREADY_TAKEN" | "OVER";
type Next = { readonly to: TaskState } | { readonly no: TaskRefusal };

const OVER: Readonly<Record<TaskEvent, Next>> = {
  take: { no: "OVER" },
  complete: { no: "OVER" },
  cancel: { no: "OVER" },
};

/** What each event does in each state (AV31): a missing cell does not compile. */
const MOVES: Readonly<Record<TaskState, Readonly<Record<TaskEvent, Next>>>> = {
  open: { take: { to: "taken" }, complete: { to: "done" }, cancel: { to: "cancelled" } },
  taken: { take: { no: "ALREADY_TAKEN" }, complete: { to: "done" }, cancel: { to: "cancelled" } },
  done: OVER,
  cancelled: OVER,
};

/** The state after an event, or why there is none. */
export function taskAfter(state: TaskState, event: TaskEvent): Next {
  return MOVES[state][event];
}

/** What opens tasks: news of a case, or an assessment that found high danger. */
export const HIGH_DANGER = "high-danger";
export type TaskTrigger = NewsKind | typeof HIGH_DANGER;

/** One line of a site's protocol: what opens which task, at which levels, with which clock. */
export interface TaskLine {
  readonly on: TaskTrigger;
  /** "none": no level is known. */
  readonly levels: readonly (Level | "none")[];
  readonly kind: OutreachKind;
  /** Hours after the news' own instant; or, of a contact that lies ahead, before it. One of the two. */
  readonly withinHours?: number | undefined;
  readonly hoursBeforeContact?: number | undefined;
}

/** What a site has of tasks. */
export interface TaskTerms {
  readonly tasks: readonly TaskLine[];
  /** Days for which she is turned to when what she may have been told of an arrest is taken back. */
  readonly correctsWithinDays: number;
}

/** A task as news opens it. */
export interface NewTask {
  readonly kind: OutreachKind;
  readonly openedAt: Date;
  readonly dueAt: Date;
  /** The contact that it is to be done before, which is planned; null: it rests on none. */
  readonly contactId: string | null;
  /** How long before; null: it is due at its own time. */
  readonly hoursBeforeContact: number | null;
}

/** What a piece of news does to the tasks of its case. */
export interface NewsEffect {
  readonly opens: readonly NewTask[];
  /** The contact whose tasks are void. */
  readonly voids: string | null;
  /** The contact that is to take place at another time, and when. */
  readonly moves: { readonly contactId: string; readonly to: Date } | null;
}

const HOUR_MS = 3_600_000;
const CALLED_OFF: readonly NewsKind[] = ["contact-cancelled", "contact-recalled"];

/** When something is due that is to be done so long before a contact; never before it was known of. */
export function dueBefore(plannedFor: Date, hours: number, openedAt: Date): Date {
  return new Date(Math.max(plannedFor.getTime() - hours * HOUR_MS, openedAt.getTime()));
}

type Occasion = Pick<CaseNews, "occurredAt" | "plannedFor" | "contactId">;

function taskOf(line: TaskLine, { occurredAt, plannedFor, contactId }: Occasion): NewTask {
  const { kind, hoursBeforeContact = null, withinHours = 0 } = line;
  const before = hoursBeforeContact !== null && plannedFor !== null ? hoursBeforeContact : null;
  const dueAt =
    before !== null && plannedFor !== null
      ? dueBefore(plannedFor, before, occurredAt)
      : new Date(occurredAt.getTime() + withinHours * HOUR_MS);
  // Whatever a planned contact asks for is for nothing once it is called off.
  return { kind, openedAt: occurredAt, dueAt, contactId, hoursBeforeContact: before };
}

/** What high danger that was found at an instant opens, by the level that is known; null: none is. */
export function tasksOnDanger(foundAt: Date, level: Level | null, lines: readonly TaskLine[]): NewTask[] {
  const opening = lines.filter(({ on, levels }) => on === HIGH_DANGER && levels.includes(level ?? "none"));
  return opening.map((line) => taskOf(line, { occurredAt: foundAt, plannedFor: null, contactId: null }));
}

/** What a piece of news opens, voids and moves by the site's protocol. What is historic opens nothing. */
export function effectOf(news: CaseNews, lines: readonly TaskLine[]): NewsEffect {
  const { kind, contactId, plannedFor, historic } = news;
  const level = news.level ?? "none";
  const opening = historic ? [] : lines.filter(({ on, levels }) => on === kind && levels.includes(level));
  const rests = kind === "contact-planned" || kind === "contact-released";
  return {
    opens: opening.map((line) => taskOf(line, rests ? news : { ...news, contactId: null })),
    voids: CALLED_OFF.includes(kind) ? contactId : null,
    moves:
      kind === "contact-moved" && contactId !== null && plannedFor !== null
        ? { contactId, to: plannedFor }
        : null,
  };
}

/** Where a task stands when what opened it is taken back (AV80): a missing cell does not compile. What was begun goes on. */
const AFTER_RECALL: Readonly<Record<TaskState, TaskState>> = {
  open: "cancelled",
  taken: "taken",
  done: "done",
  cancelled: "cancelled",
};

/** What becomes of a task whose arrest is taken back. */
export interface RecalledTask {
  readonly state: TaskState;
  readonly openedOn: TaskTrigger;
  readonly openedAt: Date;
  readonly dueAt: Date;
  readonly recalledAt: Date;
  /** Of a task that ends by it. */
  readonly reason?: TaskReason;
  readonly closedAt?: Date;
}

/**
 * A task whose arrest was taken back at an instant, as the agency hears of it: what nobody has begun ends, and what somebody
 * has in hand waits for her at once, for she may be about to tell of an arrest that there is not. Its times were the
 * arrest's, and are kept of none (AV82).
 */
export function afterRecall(state: TaskState, recalledAt: Date, now: Date): RecalledTask {
  const next = AFTER_RECALL[state];
  const times = { openedAt: recalledAt, dueAt: recalledAt, recalledAt };
  const ends = next === state ? {} : { reason: TaskReason.ARREST_RECALLED, closedAt: now };
  return { state: next, openedOn: ARREST_RECALLED, ...times, ...ends };
}

const DAY_MS = 86_400_000;

/**
 * Whether somebody has to turn to her because an arrest is taken back (AV81): she was turned to since it was told to have
 * happened, and may rely on it. After so many days as the site has it nobody goes back to it: to be called because of
 * what is long over helps nobody, and would tell of what a court seals.
 */
export function needsCorrection(
  told: { readonly receivedAt: Date; readonly turnedToSince: boolean },
  correctsWithinDays: number,
  now: Date,
): boolean {
  return told.turnedToSince && now.getTime() - told.receivedAt.getTime() <= correctsWithinDays * DAY_MS;
}

/** Since when an outreach may be what a task asked for: she who took it may have done it before its arrest was taken back. */
export function countsSince(task: { readonly openedAt: Date; readonly takenAt: Date | null }): Date {
  return task.takenAt !== null && task.takenAt < task.openedAt ? task.takenAt : task.openedAt;
}
