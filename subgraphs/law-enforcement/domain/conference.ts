import { accept, refuse, type Result } from "./result";

/** Where a case conference stands. */
export const CONFERENCE_STATES = ["planned", "closed", "cancelled"] as const;
export type ConferenceState = (typeof CONFERENCE_STATES)[number];
export type ConferenceEvent = "close" | "cancel";

/** What each event does in each state (L70); null: it is over. A missing cell does not compile. */
const MOVES: Readonly<Record<ConferenceState, Readonly<Record<ConferenceEvent, ConferenceState | null>>>> = {
  planned: { close: "closed", cancel: "cancelled" },
  closed: { close: null, cancel: null },
  cancelled: { close: null, cancel: null },
};

/** The state of a conference after an event, or that it is over (L70). */
export function conferenceAfter(
  state: ConferenceState,
  event: ConferenceEvent,
): Result<ConferenceState, { readonly code: "OVER" }> {
  const next = MOVES[state][event];
  return next === null ? refuse({ code: "OVER" }) : accept(next);
}

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
