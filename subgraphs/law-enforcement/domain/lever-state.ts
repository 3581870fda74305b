import { accept, refuse, type Result } from "./result";

export const PULL_STATES = ["open", "succeeded", "failed", "withdrawn"] as const;
/** Where a lever that was pulled stands. */
export type PullState = (typeof PULL_STATES)[number];

export const PULL_RESULTS = ["succeed", "fail", "withdraw"] as const;
export type PullResult = (typeof PULL_RESULTS)[number];

type Next = { readonly to: PullState } | { readonly no: "OVER" };
const OVER: Next = { no: "OVER" };
const ENDED: Readonly<Record<PullResult, Next>> = { succeed: OVER, fail: OVER, withdraw: OVER };

/** What each result does in each state (L41): a missing cell does not compile. */
const MOVES: Readonly<Record<PullState, Readonly<Record<PullResult, Next>>>> = {
  open: { succeed: { to: "succeeded" }, fail: { to: "failed" }, withdraw: { to: "withdrawn" } },
  succeeded: ENDED,
  failed: ENDED,
  withdrawn: ENDED,
};

/** The state after a result, or why there is none (L41). */
export function pullAfter(
  state: PullState,
  result: PullResult,
): Result<PullState, { readonly code: "OVER" }> {
  const next = MOVES[state][result];
  return "to" in next ? accept(next.to) : refuse({ code: next.no });
}
