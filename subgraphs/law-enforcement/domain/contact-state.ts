import { accept, refuse, type Result } from "./result";

export const CONTACT_STATES = [
  "planned",
  "released",
  "made",
  "refused",
  "not-found",
  "cancelled",
  "recalled",
  "breached",
] as const;
/**
 * Where a contact stands. `refused`: he would not listen. `not-found`: nobody met him. `recalled`: its release was taken
 * back; what is still wanted is planned anew, and asked about anew. `breached`: he was contacted without a release that
 * held; such a contact is recorded as that and as nothing else.
 */
export type ContactState = (typeof CONTACT_STATES)[number];

export const CONTACT_EVENTS = [
  "release",
  "make",
  "refuse",
  "not-find",
  "cancel",
  "recall",
  "breach",
] as const;
export type ContactEvent = (typeof CONTACT_EVENTS)[number];

/** Why a release is taken back. */
export const RECALL_REASONS = ["hold-placed", "victim-not-told", "level-changed", "other"] as const;
export type RecallReason = (typeof RECALL_REASONS)[number];

/** Why an event does not fit a state: nobody released the contact, it is released already, or it is over. */
export type MoveRefusal = "NOT_RELEASED" | "ALREADY_RELEASED" | "OVER";

type Next = { readonly to: ContactState } | { readonly no: MoveRefusal };

const to = (state: ContactState): Next => ({ to: state });
const NOT_RELEASED: Next = { no: "NOT_RELEASED" };
const OVER: Next = { no: "OVER" };
const ENDED: Readonly<Record<ContactEvent, Next>> = {
  release: OVER,
  make: OVER,
  refuse: OVER,
  "not-find": OVER,
  cancel: OVER,
  recall: OVER,
  breach: OVER,
};

/** What each event does in each state (L23): a missing cell does not compile. No state is entered twice. */
const MOVES: Readonly<Record<ContactState, Readonly<Record<ContactEvent, Next>>>> = {
  planned: {
    release: to("released"),
    make: NOT_RELEASED,
    refuse: NOT_RELEASED,
    "not-find": NOT_RELEASED,
    cancel: to("cancelled"),
    recall: NOT_RELEASED,
    breach: to("breached"),
  },
  released: {
    release: { no: "ALREADY_RELEASED" },
    make: to("made"),
    refuse: to("refused"),
    "not-find": to("not-found"),
    cancel: to("cancelled"),
    recall: to("recalled"),
    // Before the release, or after it no longer held.
    breach: to("breached"),
  },
  made: ENDED,
  refused: ENDED,
  "not-found": ENDED,
  // He was met although it had been called off.
  cancelled: { ...ENDED, breach: to("breached") },
  recalled: { ...ENDED, breach: to("breached") },
  breached: ENDED,
};

/** The state after an event, or why there is none (L23). */
export function stateAfter(
  state: ContactState,
  event: ContactEvent,
): Result<ContactState, { readonly code: MoveRefusal }> {
  const next = MOVES[state][event];
  return "to" in next ? accept(next.to) : refuse({ code: next.no });
}
