import { registerEnumType } from "type-graphql";
import type { CapacityRefusal } from "../policy/capacity-acts";
import type { KeyRefusal } from "../../../platform/told-request/told-once";
import type { PromiseDayRefusal, PromiseMoveRefusal } from "../domain/help-promise";
import type { DayRefusal } from "../domain/engagement";
import type { ConsentRefusal } from "../domain/part2";
import type { ReferralMoveRefusal } from "../domain/referral";
import type { SmallHelpDecisionRefusal, SmallHelpMoveRefusal } from "../domain/small-help";
import type { TextFault } from "../domain/told-text";
import type { Done } from "../policy/actor";

export type HelpProblem =
  | "NOT_FOUND"
  | "KEY_IS_NO_UUID"
  | "STALE"
  | "ALREADY_RECORDED"
  | "ALREADY_REFERRED"
  | "ALREADY_REVOKED"
  | "AMOUNT_OUT_OF_BOUNDS"
  | "NO_PLACE"
  | "SERVICE_NOT_OFFERED"
  | "YOURSELF"
  | CapacityRefusal
  | ConsentRefusal
  | DayRefusal
  | KeyRefusal
  | PromiseDayRefusal
  | PromiseMoveRefusal
  | ReferralMoveRefusal
  | SmallHelpDecisionRefusal
  | SmallHelpMoveRefusal
  | TextFault;

/** Every problem there is: one that a rule can give and this list has not does not compile. */
export const HelpProblemEnum: { readonly [Code in HelpProblem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  STALE: "STALE",
  OVER: "OVER",
  TEXT_MISSING: "TEXT_MISSING",
  TEXT_TOO_LONG: "TEXT_TOO_LONG",
  TEXT_HAS_CONTROL_CHARACTERS: "TEXT_HAS_CONTROL_CHARACTERS",
  IN_THE_FUTURE: "IN_THE_FUTURE",
  DAY_IN_THE_PAST: "DAY_IN_THE_PAST",
  DAY_TOO_FAR_AHEAD: "DAY_TOO_FAR_AHEAD",
  ALREADY_RECORDED: "ALREADY_RECORDED",
  AMOUNT_OUT_OF_BOUNDS: "AMOUNT_OUT_OF_BOUNDS",
  NOT_APPROVED: "NOT_APPROVED",
  ALREADY_DECIDED: "ALREADY_DECIDED",
  OWN_REQUEST: "OWN_REQUEST",
  SERVICE_NOT_OFFERED: "SERVICE_NOT_OFFERED",
  ALREADY_REFERRED: "ALREADY_REFERRED",
  NOT_AGREED: "NOT_AGREED",
  ALREADY_AGREED: "ALREADY_AGREED",
  ALREADY_ACCEPTED: "ALREADY_ACCEPTED",
  NO_PLACE: "NO_PLACE",
  PLACES_OUT_OF_BOUNDS: "PLACES_OUT_OF_BOUNDS",
  SERVICE_TWICE: "SERVICE_TWICE",
  NO_LANGUAGE: "NO_LANGUAGE",
  LANGUAGE_TWICE: "LANGUAGE_TWICE",
  NO_PART2_RECORD: "NO_PART2_RECORD",
  NO_AGENCY: "NO_AGENCY",
  ALREADY_EXPIRED: "ALREADY_EXPIRED",
  ENDS_BEFORE_IT_BEGINS: "ENDS_BEFORE_IT_BEGINS",
  ALREADY_REVOKED: "ALREADY_REVOKED",
  YOURSELF: "YOURSELF",
  REFERRAL_NOT_ACCEPTED: "REFERRAL_NOT_ACCEPTED",
  DAY_IN_THE_FUTURE: "DAY_IN_THE_FUTURE",
  DAY_BEFORE_REFERRAL: "DAY_BEFORE_REFERRAL",
};
registerEnumType(HelpProblemEnum, {
  name: "HelpProblem",
  description:
    "Why nothing took effect. NOT_FOUND says alike that there is no such record and that it is not yours to see.",
});

/** What became of a command: the record as the reader sees it now, if it is his to see, or why nothing took effect. */
export async function resultOf<Row>(
  done: Done<HelpProblem>,
  find: (id: string) => Promise<Row | null>,
): Promise<{ readonly row: Row | null; readonly problem: HelpProblem | null }> {
  if (!done.ok) return { row: null, problem: done.refusal.code };
  return { row: await find(done.value), problem: null };
}
