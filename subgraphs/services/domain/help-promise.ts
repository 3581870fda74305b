import { earliestDay } from "./days";
import { accept, refuse, type Result } from "./result";

export const HelpPromiseState = {
  OPEN: "open",
  KEPT: "kept",
  BROKEN: "broken",
  WITHDRAWN: "withdrawn",
} as const;
export type HelpPromiseState = (typeof HelpPromiseState)[keyof typeof HelpPromiseState];

/** To whom help is promised. What is promised to a victim is her advocate's and is never recorded here. */
export const HelpPromisedTo = { OFFENDER: "offender", COMMUNITY: "community" } as const;
export type HelpPromisedTo = (typeof HelpPromisedTo)[keyof typeof HelpPromisedTo];

export type HelpPromiseEvent = "keep" | "break" | "withdraw";

/** Why an event does not fit a state: it was kept, broken or withdrawn before. */
export type PromiseMoveRefusal = "OVER";

type Next = { readonly to: HelpPromiseState } | { readonly no: PromiseMoveRefusal };

const to = (state: HelpPromiseState): Next => ({ to: state });
const OVER: Next = { no: "OVER" };
const SETTLED = { keep: OVER, break: OVER, withdraw: OVER } as const;

/** What each event does in each state (SV22): a missing cell does not compile. What was settled is not settled again. */
const MOVES: Readonly<Record<HelpPromiseState, Readonly<Record<HelpPromiseEvent, Next>>>> = {
  open: { keep: to("kept"), break: to("broken"), withdraw: to("withdrawn") },
  kept: SETTLED,
  broken: SETTLED,
  withdrawn: SETTLED,
};

/** The state after an event, or why there is none (SV22). */
export function promiseAfter(
  state: HelpPromiseState,
  event: HelpPromiseEvent,
): Result<HelpPromiseState, { readonly code: PromiseMoveRefusal }> {
  const next = MOVES[state][event];
  return "to" in next ? accept(next.to) : refuse({ code: next.no });
}

/** Why a promise is not made for a day. */
export type PromiseDayRefusal = "DAY_IN_THE_PAST" | "DAY_TOO_FAR_AHEAD";

/** No promise is made for a day further ahead: nobody would hold anyone to it. Assumption. */
const LONGEST_AHEAD_MS = 366 * 86_400_000;

/** Decides whether help may be promised for a day, 'YYYY-MM-DD': today or later, and within a year (SV23). */
export function decidePromiseDay(
  dueOn: string,
  now: Date,
): Result<string, { readonly code: PromiseDayRefusal }> {
  if (dueOn < earliestDay(now)) return refuse({ code: "DAY_IN_THE_PAST" });
  const last = new Date(now.getTime() + LONGEST_AHEAD_MS).toISOString().slice(0, 10);
  return dueOn > last ? refuse({ code: "DAY_TOO_FAR_AHEAD" }) : accept(dueOn);
}

/** Open promises that are due before this day are overdue (SV23): it is over everywhere. */
export function overdueBefore(now: Date): string {
  return earliestDay(now);
}
