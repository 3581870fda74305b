import { textFault } from "./plain-text";

/**
 * Who is cut off from a case: somebody who is party to it, related to one who is, or an employee named on it. Here all three
 * alike, since of persons apart from their cases an advocacy agency knows nothing.
 */
export const ConflictReason = {
  PARTY: "party",
  RELATED: "related",
  NAMED_EMPLOYEE: "named-employee",
} as const;
export type ConflictReason = (typeof ConflictReason)[keyof typeof ConflictReason];

/** Why a conflict is not recorded or ended. What the reader may not see and what is not there are the same. */
export const ConflictProblem = {
  NOT_FOUND: "NOT_FOUND",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  TEXT_MISSING: "TEXT_MISSING",
  TEXT_TOO_LONG: "TEXT_TOO_LONG",
  TEXT_HAS_CONTROL_CHARACTERS: "TEXT_HAS_CONTROL_CHARACTERS",
} as const;
export type ConflictProblem = keyof typeof ConflictProblem;

/** A conflict as an advocate tells it: of a colleague, or of somebody elsewhere whom a release could name. */
export interface ToldConflict {
  /** Her program's own key for the request. */
  readonly mutationKey: string;
  /** The agency's id as a partner of the site. */
  readonly agency: string;
  /** By the subject of the person's token. */
  readonly subject: string;
  readonly caseId: string;
  readonly why: ConflictReason;
}

/** Characters: a line of a form. */
const LINE = 200;

/** What is wrong with a conflict whatever the case is; null: nothing. */
export function faultOf({ agency, subject }: ToldConflict): ConflictProblem | null {
  return textFault(agency, LINE) ?? textFault(subject, LINE);
}

/** True when two of the same key say the same. */
export function saysTheSame(one: ToldConflict, other: ToldConflict): boolean {
  const { agency, subject, caseId, why } = one;
  return agency === other.agency && subject === other.subject && caseId === other.caseId && why === other.why;
}
