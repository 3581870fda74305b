import { hasControlCharacters } from "./plain-text";

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
  CASE_NOT_FOUND: "CASE_NOT_FOUND",
  MADE_IN_THE_FUTURE: "MADE_IN_THE_FUTURE",
  NOTE_TOO_LONG: "NOTE_TOO_LONG",
  NOTE_HAS_CONTROL_CHARACTERS: "NOTE_HAS_CONTROL_CHARACTERS",
  OUTCOME_DOES_NOT_FIT: "OUTCOME_DOES_NOT_FIT",
  NOT_SAFE_CONTACT: "NOT_SAFE_CONTACT",
  ALREADY_RECORDED_OTHERWISE: "ALREADY_RECORDED_OTHERWISE",
} as const;
export type OutreachProblem = keyof typeof OutreachProblem;

/** A page of an advocate's notes; longer texts belong into the agency's own files. */
export const LONGEST_NOTE = 4_000;
/** Clocks of two machines differ; more than this is no clock but a plan. */
const CLOCK_TOLERANCE_MS = 60_000;

/** Every fault of an outreach that can be told without looking at any record. */
export function problemsOf(told: ToldOutreach, now: Date): OutreachProblem[] {
  const problems: OutreachProblem[] = [];
  if (told.madeAt.getTime() > now.getTime() + CLOCK_TOLERANCE_MS) problems.push("MADE_IN_THE_FUTURE");
  // A letter is sent; whether it reached her is known only when she answers, and that is another outreach.
  if ((told.kind === "letter") !== (told.outcome === "sent")) problems.push("OUTCOME_DOES_NOT_FIT");
  if (told.note !== null && told.note.length > LONGEST_NOTE) problems.push("NOTE_TOO_LONG");
  if (told.note !== null && hasControlCharacters(told.note)) problems.push("NOTE_HAS_CONTROL_CHARACTERS");
  return problems;
}
