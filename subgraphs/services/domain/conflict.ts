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

/** A conflict as an agency tells it of one of its own employees. */
export interface ToldConflict {
  /** The client's own UUID for the request. */
  readonly key: string;
  readonly subject: string;
  readonly personId: string;
  readonly why: ConflictReason;
}
