/**
 * A hold on a planned contact with an abusive partner: the agency wants it to wait. It holds no word of why or of whom, is
 * placed for clients and others alike, and expires by itself: that it stands says nothing of anybody (VAWA 34 U.S.C.
 * 12291(b)(2)).
 */
export interface Hold {
  readonly id: string;
  readonly contactId: string;
  readonly placedBy: string;
  readonly placedAt: Date;
  readonly expiresAt: Date;
  readonly withdrawnAt: Date | null;
}

/** The site's terms of holds. No law gives a number of hours (site choice, assumption). */
export interface HoldTerms {
  /** The longest that one hold lasts; never above LONGEST_HOURS. */
  readonly longestHours: number;
}

/** No site allows longer: 30 days. */
export const LONGEST_HOURS = 720;

/**
 * Why a hold is not placed or not withdrawn. A hold of a colleague and one that is not there are the same, and an id that no
 * contact can have.
 */
export const HoldProblem = {
  NOT_FOUND: "NOT_FOUND",
  HOURS_OUT_OF_BOUNDS: "HOURS_OUT_OF_BOUNDS",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
} as const;
export type HoldProblem = keyof typeof HoldProblem;

/** Whether a hold stands at `now`: not after it expired, not once it was withdrawn. */
export function stands(
  { expiresAt, withdrawnAt }: Pick<Hold, "expiresAt" | "withdrawnAt">,
  now: Date,
): boolean {
  return withdrawnAt === null && expiresAt > now;
}

/** Until when a hold placed now lasts; null: the site allows no such hold. */
export function expiryOf(hours: number, { longestHours }: HoldTerms, now: Date): Date | null {
  return hours >= 1 && hours <= longestHours ? new Date(now.getTime() + hours * 3_600_000) : null;
}
