import { earliestDay, latestDay } from "./days";
import type { ReferralState } from "./referral";

/** Why a day is not recorded under a referral of one's own. */
export type DayRefusal = "REFERRAL_NOT_ACCEPTED" | "DAY_IN_THE_FUTURE" | "DAY_BEFORE_REFERRAL";

/** Why a day cannot be recorded under a referral of one's own; null: it can. Days are written 'YYYY-MM-DD'. */
export function dayRefusal(
  attendedOn: string,
  referral: { readonly state: ReferralState; readonly referredAt: Date },
  now: Date,
): DayRefusal | null {
  if (referral.state !== "accepted") return "REFERRAL_NOT_ACCEPTED";
  if (attendedOn > latestDay(now)) return "DAY_IN_THE_FUTURE";
  return attendedOn < earliestDay(referral.referredAt) ? "DAY_BEFORE_REFERRAL" : null;
}
