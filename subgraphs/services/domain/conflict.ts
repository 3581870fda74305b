/**
 * Who is cut off from a person: somebody who is party to his case, related to one who is, or an employee named on it. Here
 * all three alike, since of cases and victims the services know nothing.
 */
export const ConflictReason = {
  PARTY: "party",
  RELATED: "related",
  NAMED_EMPLOYEE: "named-employee",
} as const;
export type ConflictReason = (typeof ConflictReason)[keyof typeof ConflictReason];

/** Why a conflict is not recorded or ended. A person of another agency and one who is not there are the same. */
export const ConflictProblem = {
  NOT_FOUND: "NOT_FOUND",
  NOBODY_NAMED: "NOBODY_NAMED",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
} as const;
export type ConflictProblem = keyof typeof ConflictProblem;

/** A conflict as an agency tells it of one of its own employees. */
export interface ToldConflict {
  /** The client's own UUID for the request. */
  readonly key: string;
  readonly subject: string;
  readonly personId: string;
  readonly why: ConflictReason;
}

/** True when a told conflict and the recorded one of the same key say the same. */
export function saysTheSame(told: Omit<ToldConflict, "key">, recorded: Omit<ToldConflict, "key">): boolean {
  return (
    told.subject === recorded.subject && told.personId === recorded.personId && told.why === recorded.why
  );
}
