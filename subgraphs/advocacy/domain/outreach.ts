import { textFault } from "./plain-text";

/** What was done for the victim of a case. Keys are the names on the wire, values those in the records. */
export const OutreachKind = {
  LETTER: "letter",
  VISIT: "visit",
  CALL: "call",
  SAFETY_PLANNING: "safety-planning",
  RISK_ASSESSMENT: "risk-assessment",
  CASE_MANAGEMENT: "case-management",
  EMERGENCY_ASSESSMENT: "emergency-assessment",
} as const;
export type OutreachKind = (typeof OutreachKind)[keyof typeof OutreachKind];

export const OutreachOutcome = {
  REACHED: "reached",
  NOT_REACHED: "not-reached",
  DECLINED: "declined",
  SENT: "sent",
} as const;
export type OutreachOutcome = (typeof OutreachOutcome)[keyof typeof OutreachOutcome];

/** An outreach as an advocate tells it. */
export interface ToldOutreach {
  readonly kind: OutreachKind;
  readonly outcome: OutreachOutcome;
  readonly madeAt: Date;
  readonly note: string | null;
}

/** The kinds by which she is turned to from afar, and the means whose safety they have to pass. */
export function meansOf(kind: OutreachKind): "letter" | "call" | null {
  return kind === "letter" || kind === "call" ? kind : null;
}

/** Why an outreach is not recorded. A case that is not hers and one that is not there are the same. */
export const OutreachProblem = {
  NOT_FOUND: "NOT_FOUND",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  IN_THE_FUTURE: "IN_THE_FUTURE",
  TEXT_MISSING: "TEXT_MISSING",
  TEXT_TOO_LONG: "TEXT_TOO_LONG",
  TEXT_HAS_CONTROL_CHARACTERS: "TEXT_HAS_CONTROL_CHARACTERS",
  OUTCOME_DOES_NOT_FIT: "OUTCOME_DOES_NOT_FIT",
  NOT_SAFE_CONTACT: "NOT_SAFE_CONTACT",
  ALREADY_RECORDED: "ALREADY_RECORDED",
} as const;
export type OutreachProblem = keyof typeof OutreachProblem;

/** A page of an advocate's notes; longer texts belong into the agency's own files. */
const LONGEST_NOTE = 4_000;
/** Clocks of two machines differ; more than this is no clock but a plan. */
const CLOCK_TOLERANCE_MS = 60_000;

/** The first fault of an outreach that can be told without looking at any record; null: none. */
export function faultOf({ kind, outcome, madeAt, note }: ToldOutreach, now: Date): OutreachProblem | null {
  if (madeAt.getTime() > now.getTime() + CLOCK_TOLERANCE_MS) return "IN_THE_FUTURE";
  // A letter is sent; whether it reached her is known only when she answers, and that is another outreach.
  if ((kind === "letter") !== (outcome === "sent")) return "OUTCOME_DOES_NOT_FIT";
  return note === null ? null : textFault(note, LONGEST_NOTE);
}
