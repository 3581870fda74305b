import { accept, refuse, type Result } from "./result";

/** "Big small stuff": what costs little and keeps somebody from a job or a bed. */
export const SmallHelpKind = {
  BUS_PASS: "bus-pass",
  WORK_BOOTS: "work-boots",
  WORK_CLOTHES: "work-clothes",
  TOOLS: "tools",
  IDENTITY_CARD: "identity-card",
  FEE: "fee",
  PHONE: "phone",
  OTHER: "other",
} as const;
export type SmallHelpKind = (typeof SmallHelpKind)[keyof typeof SmallHelpKind];

export const SmallHelpState = {
  REQUESTED: "requested",
  APPROVED: "approved",
  DECLINED: "declined",
  DELIVERED: "delivered",
} as const;
export type SmallHelpState = (typeof SmallHelpState)[keyof typeof SmallHelpState];

export type SmallHelpEvent = "approve" | "decline" | "deliver";

/** Why an event does not fit a state: nobody approved it, it is decided already, or it is over. */
export type SmallHelpMoveRefusal = "NOT_APPROVED" | "ALREADY_DECIDED" | "OVER";

type Next = { readonly to: SmallHelpState } | { readonly no: SmallHelpMoveRefusal };

const to = (state: SmallHelpState): Next => ({ to: state });
const no = (code: SmallHelpMoveRefusal): Next => ({ no: code });
const OVER = no("OVER");
const ENDED = { approve: OVER, decline: OVER, deliver: OVER } as const;

/** What each event does in each state (SV25): a missing cell does not compile. */
const MOVES: Readonly<Record<SmallHelpState, Readonly<Record<SmallHelpEvent, Next>>>> = {
  requested: { approve: to("approved"), decline: to("declined"), deliver: no("NOT_APPROVED") },
  approved: { approve: no("ALREADY_DECIDED"), decline: no("ALREADY_DECIDED"), deliver: to("delivered") },
  declined: ENDED,
  delivered: ENDED,
};

/** The state after an event, or why there is none (SV25). */
export function smallHelpAfter(
  state: SmallHelpState,
  event: SmallHelpEvent,
): Result<SmallHelpState, { readonly code: SmallHelpMoveRefusal }> {
  const next = MOVES[state][event];
  return "to" in next ? accept(next.to) : refuse({ code: next.no });
}

/** Cents of the site's currency: above this it is not small. Assumption. */
export const LARGEST_AMOUNT = 50_000;

/** True for an amount, in cents, that may be asked for. */
export function isSmallAmount(cents: number): boolean {
  return Number.isInteger(cents) && cents > 0 && cents <= LARGEST_AMOUNT;
}

/** Why a request is not decided: whoever asked does not answer. */
export type SmallHelpDecisionRefusal = SmallHelpMoveRefusal | "OWN_REQUEST";

/** Decides a request (SV25): never by the one who made it. */
export function decideSmallHelp(
  request: { readonly state: SmallHelpState; readonly requestedBy: string },
  event: "approve" | "decline",
  decider: string,
): Result<SmallHelpState, { readonly code: SmallHelpDecisionRefusal }> {
  const next = smallHelpAfter(request.state, event);
  if (!next.ok) return next;
  return request.requestedBy === decider ? refuse({ code: "OWN_REQUEST" }) : next;
}
