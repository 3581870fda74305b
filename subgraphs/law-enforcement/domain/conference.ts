import { accept, refuse, type Result } from "./result";

/** Where a case conference stands. */
export const CONFERENCE_STATES = ["planned", "closed", "cancelled"] as const;
export type ConferenceState = (typeof CONFERENCE_STATES)[number];
export type ConferenceEvent = "close" | "cancel";

/** Where an action stands that somebody took on at a conference. */
export const ACTION_STATES = ["open", "done", "dropped"] as const;
export type ActionState = (typeof ACTION_STATES)[number];
export type ActionEvent = "finish" | "drop";

type Moves<State extends string, Event extends string> = Readonly<
  Record<State, Readonly<Record<Event, State | null>>>
>;

/** What each event does in each state (L70); null: it is over. A missing cell does not compile. */
const CONFERENCE_MOVES: Moves<ConferenceState, ConferenceEvent> = {
  planned: { close: "closed", cancel: "cancelled" },
  closed: { close: null, cancel: null },
  cancelled: { close: null, cancel: null },
};

const ACTION_MOVES: Moves<ActionState, ActionEvent> = {
  open: { finish: "done", drop: "dropped" },
  done: { finish: null, drop: null },
  dropped: { finish: null, drop: null },
};

function after<State extends string>(next: State | null): Result<State, { readonly code: "OVER" }> {
  return next === null ? refuse({ code: "OVER" }) : accept(next);
}

/** The state of a conference after an event, or that it is over (L70). */
export const conferenceAfter = (state: ConferenceState, event: ConferenceEvent) =>
  after(CONFERENCE_MOVES[state][event]);

/** The state of an action after an event, or that it is over (L70). */
export const actionAfter = (state: ActionState, event: ActionEvent) => after(ACTION_MOVES[state][event]);

const DAY_MS = 86_400_000;
/** Partners meet every one or two weeks (domain page, 1): a first agenda looks back as far (assumption). */
const FIRST_AGENDA_MS = 14 * DAY_MS;
/** No conference is planned further ahead. */
const LONGEST_AHEAD_MS = 366 * DAY_MS;
/** Clocks of two machines differ. */
const CLOCK_TOLERANCE_MS = 60_000;

/** From when on things are on an agenda: the conference held before it, or two weeks (L71). */
export function agendaFrom(startsAt: Date, heldBefore: Date | null): Date {
  return heldBefore ?? new Date(startsAt.getTime() - FIRST_AGENDA_MS);
}

/** Until when things are on an agenda: now, or when the conference was closed (L71). */
export function agendaUntil(closedAt: Date | null, now: Date): Date {
  return closedAt ?? now;
}

/** Decides whether a conference is planned: ahead, within a year. */
export function decideConference(
  startsAt: Date,
  now: Date,
): Result<"planned", { readonly code: "IN_THE_PAST" | "TOO_FAR_AHEAD" }> {
  const ahead = startsAt.getTime() - now.getTime();
  if (ahead < -CLOCK_TOLERANCE_MS) return refuse({ code: "IN_THE_PAST" });
  return ahead > LONGEST_AHEAD_MS ? refuse({ code: "TOO_FAR_AHEAD" }) : accept("planned");
}

/** Decides whether a conference may be closed: it has begun (L70). */
export function decideClose(
  { state, startsAt }: { readonly state: ConferenceState; readonly startsAt: Date },
  now: Date,
): Result<ConferenceState, { readonly code: "OVER" | "NOT_BEGUN" }> {
  const next = conferenceAfter(state, "close");
  if (!next.ok) return next;
  return startsAt.getTime() > now.getTime() + CLOCK_TOLERANCE_MS ? refuse({ code: "NOT_BEGUN" }) : next;
}

/** Decides whether an action can be due on a day: today or later (in UTC, a day of grace for the site's zone), within a year. */
export function decideDueDay(
  dueOn: string,
  now: Date,
): Result<"due", { readonly code: "IN_THE_PAST" | "TOO_FAR_AHEAD" }> {
  const day = (shift: number) => new Date(now.getTime() + shift).toISOString().slice(0, 10);
  if (dueOn < day(-DAY_MS)) return refuse({ code: "IN_THE_PAST" });
  return dueOn > day(LONGEST_AHEAD_MS) ? refuse({ code: "TOO_FAR_AHEAD" }) : accept("due");
}
