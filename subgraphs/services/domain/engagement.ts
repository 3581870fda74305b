import { earliestDay, latestDay } from "./days";
import type { ReferralState } from "./referral";

/** Why an engagement is not recorded. A referral to another agency and one that is not there are the same. */
export const EngagementProblem = {
  REFERRAL_NOT_FOUND: "REFERRAL_NOT_FOUND",
  REFERRAL_NOT_ACCEPTED: "REFERRAL_NOT_ACCEPTED",
  DAY_IN_THE_FUTURE: "DAY_IN_THE_FUTURE",
  DAY_BEFORE_REFERRAL: "DAY_BEFORE_REFERRAL",
  ALREADY_RECORDED_OTHERWISE: "ALREADY_RECORDED_OTHERWISE",
} as const;
export type EngagementProblem = keyof typeof EngagementProblem;

/** Every reason why a day cannot be recorded under a referral of one's own. Days are written 'YYYY-MM-DD'. */
export function problemsOf(
  attendedOn: string,
  referral: { readonly state: ReferralState; readonly referredAt: Date },
  now: Date,
): EngagementProblem[] {
  const problems: EngagementProblem[] = [];
  if (referral.state !== "accepted") problems.push("REFERRAL_NOT_ACCEPTED");
  if (attendedOn > latestDay(now)) problems.push("DAY_IN_THE_FUTURE");
  if (attendedOn < earliestDay(referral.referredAt)) problems.push("DAY_BEFORE_REFERRAL");
  return problems;
}
