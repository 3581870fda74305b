import { accept, refuse, type Result } from "./result";

export const LETTER_STATES = ["drafted", "reviewed", "served", "withdrawn"] as const;
/** Where a letter to an abusive partner stands. What he was given stays given: nothing follows on served. */
export type LetterState = (typeof LETTER_STATES)[number];

export const LETTER_EVENTS = ["review", "serve", "withdraw"] as const;
export type LetterEvent = (typeof LETTER_EVENTS)[number];

/** Why an event does not fit a state: nobody reviewed the letter, somebody has, or it is over. */
export type LetterMoveRefusal = "NOT_REVIEWED" | "ALREADY_REVIEWED" | "OVER";

type Next = { readonly to: LetterState } | { readonly no: LetterMoveRefusal };

const OVER: Next = { no: "OVER" };
const ENDED: Readonly<Record<LetterEvent, Next>> = { review: OVER, serve: OVER, withdraw: OVER };

/** What each event does in each state (L52): a missing cell does not compile. */
const MOVES: Readonly<Record<LetterState, Readonly<Record<LetterEvent, Next>>>> = {
  drafted: { review: { to: "reviewed" }, serve: { no: "NOT_REVIEWED" }, withdraw: { to: "withdrawn" } },
  reviewed: { review: { no: "ALREADY_REVIEWED" }, serve: { to: "served" }, withdraw: { to: "withdrawn" } },
  served: ENDED,
  withdrawn: ENDED,
};

/** The state after an event, or why there is none (L52). */
export function letterAfter(
  state: LetterState,
  event: LetterEvent,
): Result<LetterState, { readonly code: LetterMoveRefusal }> {
  const next = MOVES[state][event];
  return "to" in next ? accept(next.to) : refuse({ code: next.no });
}
