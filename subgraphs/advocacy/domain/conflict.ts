import { hasControlCharacters } from "./plain-text";
import { isMutationKey } from "./told-release";

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
  CASE_NOT_FOUND: "CASE_NOT_FOUND",
  CONFLICT_NOT_FOUND: "CONFLICT_NOT_FOUND",
  NOBODY_NAMED: "NOBODY_NAMED",
  MUTATION_KEY_NOT_VALID: "MUTATION_KEY_NOT_VALID",
  MUTATION_KEY_ALREADY_USED: "MUTATION_KEY_ALREADY_USED",
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

const LONGEST_NAME = 200;
const isName = (text: string) => text !== "" && text.length <= LONGEST_NAME && !hasControlCharacters(text);

/** What is wrong with a conflict whatever the case is. */
export function problemsOf({ mutationKey, agency, subject }: ToldConflict): ConflictProblem[] {
  const problems: ConflictProblem[] = isMutationKey(mutationKey) ? [] : ["MUTATION_KEY_NOT_VALID"];
  if (!isName(agency) || !isName(subject)) problems.push("NOBODY_NAMED");
  return problems;
}

/** True when two of the same key say the same. */
export function saysTheSame(one: ToldConflict, other: ToldConflict): boolean {
  const { agency, subject, caseId, why } = one;
  return agency === other.agency && subject === other.subject && caseId === other.caseId && why === other.why;
}
