import { accept, refuse, type Result } from "./result";

export const CALL_IN_STATES = ["planned", "held", "cancelled"] as const;
/** Where a call-in stands. `held`: of somebody it was recorded whether he came. */
export type CallInState = (typeof CALL_IN_STATES)[number];

export const CALL_IN_EVENTS = ["invite", "attend", "cancel"] as const;
export type CallInEvent = (typeof CALL_IN_EVENTS)[number];

/** Why an event does not fit: it was held, or it was called off. Who came to it then is met outside it. */
export type CallInMoveRefusal = "HELD" | "CALLED_OFF";

type Next = { readonly to: CallInState } | { readonly no: CallInMoveRefusal };

const to = (state: CallInState): Next => ({ to: state });
const HELD: Next = { no: "HELD" };
const CALLED_OFF: Next = { no: "CALLED_OFF" };

/** What each event does in each state (L37): a missing cell does not compile. No state is entered again. */
const MOVES: Readonly<Record<CallInState, Readonly<Record<CallInEvent, Next>>>> = {
  planned: { invite: to("planned"), attend: to("held"), cancel: to("cancelled") },
  // Some are recorded later than others.
  held: { invite: HELD, attend: to("held"), cancel: HELD },
  cancelled: { invite: CALLED_OFF, attend: CALLED_OFF, cancel: CALLED_OFF },
};

/** The state after an event, or why there is none (L37). */
export function callInAfter(
  state: CallInState,
  event: CallInEvent,
): Result<CallInState, { readonly code: CallInMoveRefusal }> {
  const next = MOVES[state][event];
  return "to" in next ? accept(next.to) : refuse({ code: next.no });
}
