import type { Unsafe } from "./safe-contact";

/** The letters to a victim, with what their templates may be filled with. Nothing of him is in them. */
export const VICTIM_LETTERS = {
  "victim-letter": { name: "needed", advocate: "needed", date: "allowed" },
} as const;

export const VictimLetterState = {
  DRAFTED: "drafted",
  APPROVED: "approved",
  MAILED: "mailed",
  WITHDRAWN: "withdrawn",
} as const;
export type VictimLetterState = (typeof VictimLetterState)[keyof typeof VictimLetterState];

export const VICTIM_LETTER_EVENTS = ["approve", "mail", "withdraw"] as const;
export type VictimLetterEvent = (typeof VICTIM_LETTER_EVENTS)[number];

/** Why an event does not fit a state. */
export type VictimLetterMoveRefusal = "NOT_APPROVED" | "ALREADY_APPROVED" | "OVER";

type Next = { readonly to: VictimLetterState } | { readonly no: VictimLetterMoveRefusal };
const OVER: Next = { no: "OVER" };
const ENDED: Readonly<Record<VictimLetterEvent, Next>> = { approve: OVER, mail: OVER, withdraw: OVER };

/** What each event does in each state (AV41): a missing cell does not compile. */
const MOVES: Readonly<Record<VictimLetterState, Readonly<Record<VictimLetterEvent, Next>>>> = {
  drafted: { approve: { to: "approved" }, mail: { no: "NOT_APPROVED" }, withdraw: { to: "withdrawn" } },
  approved: { approve: { no: "ALREADY_APPROVED" }, mail: { to: "mailed" }, withdraw: { to: "withdrawn" } },
  mailed: ENDED,
  withdrawn: ENDED,
};

export type VictimLetterRefusal = VictimLetterMoveRefusal | "OWN_DRAFT" | NonNullable<Unsafe>;
type Step =
  | { readonly ok: true; readonly value: VictimLetterState }
  | { readonly ok: false; readonly refusal: { readonly code: VictimLetterRefusal } };
const refuse = (code: VictimLetterRefusal): Step => ({ ok: false, refusal: { code } });

/**
 * Decides a step of a letter to a victim. `unsafe`: why no letter to her is safe at this moment; it is taken back whatever
 * that is, and goes no step further while there is a reason (AV40). Nobody approves a draft of her own (AV41).
 */
export function decideVictimLetter(
  letter: { readonly state: VictimLetterState; readonly draftedBy: string },
  event: VictimLetterEvent,
  by: string,
  unsafe: Unsafe,
): Step {
  const next = MOVES[letter.state][event];
  if ("no" in next) return refuse(next.no);
  if (event !== "withdraw" && unsafe !== null) return refuse(unsafe);
  if (event === "approve" && by === letter.draftedBy) return refuse("OWN_DRAFT");
  return { ok: true, value: next.to };
}
