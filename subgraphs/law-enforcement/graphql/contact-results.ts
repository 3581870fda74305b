import { Field, ObjectType, registerEnumType } from "type-graphql";
import type { PlanRefusal, SignOffRefusal, TextFault } from "../domain/contact-form";
import type { OutcomeRefusal } from "../domain/contact-outcome";
import type { MoveRefusal } from "../domain/contact-state";
import type { ReleaseRefusal } from "../domain/release-contact";
import type { NamedRefusal } from "../store/call-ins";
import type { StaleRefusal } from "../store/contacts";
import type { CaseFileRow } from "../store/entities/case-file";
import type { ContactRow } from "../store/entities/contact";
import type { KeyRefusal } from "../../../platform/told-request/told-once";
import type { OutreachRefusal } from "../store/victim-outreach";
import { Case } from "./cases";
import { Contact } from "./contacts";

export type ContactProblem =
  | "NOT_FOUND"
  | "KEY_IS_NO_UUID"
  | "MESSENGER_WITHOUT_AGENCY"
  | KeyRefusal
  | StaleRefusal
  | TextFault
  | MoveRefusal
  | PlanRefusal
  | ReleaseRefusal
  | OutcomeRefusal
  | OutreachRefusal
  | NamedRefusal["code"]
  | SignOffRefusal;

/** Every problem there is: one that a rule can give and this list has not does not compile. */
export const ContactProblemEnum: { readonly [Code in ContactProblem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  STALE: "STALE",
  MESSENGER_WITHOUT_AGENCY: "MESSENGER_WITHOUT_AGENCY",
  TEXT_MISSING: "TEXT_MISSING",
  TEXT_TOO_LONG: "TEXT_TOO_LONG",
  TEXT_HAS_CONTROL_CHARACTERS: "TEXT_HAS_CONTROL_CHARACTERS",
  NOT_RELEASED: "NOT_RELEASED",
  ALREADY_RELEASED: "ALREADY_RELEASED",
  OVER: "OVER",
  LEVEL_NOT_IN_FORCE: "LEVEL_NOT_IN_FORCE",
  NO_MESSAGE: "NO_MESSAGE",
  MEANS_NOT_IN_PROTOCOL: "MEANS_NOT_IN_PROTOCOL",
  IN_THE_PAST: "IN_THE_PAST",
  TOO_FAR_AHEAD: "TOO_FAR_AHEAD",
  IN_THE_FUTURE: "IN_THE_FUTURE",
  ALREADY_INVITED: "ALREADY_INVITED",
  BEFORE_THE_PLAN: "BEFORE_THE_PLAN",
  VICTIM_NOT_TOLD: "VICTIM_NOT_TOLD",
  ADVOCACY_SILENT: "ADVOCACY_SILENT",
  HOLD_STANDS: "HOLD_STANDS",
  OUTSIDE_RELEASE: "OUTSIDE_RELEASE",
  NOT_ENOUGH_ATTEMPTS: "NOT_ENOUGH_ATTEMPTS",
  SIGNER_MADE_AN_ATTEMPT: "SIGNER_MADE_AN_ATTEMPT",
};
registerEnumType(ContactProblemEnum, {
  name: "ContactProblem",
  description:
    "Why nothing took effect. NOT_FOUND says alike that there is no such record and that it is not the reader's to see.",
});

@ObjectType({ description: "The contact as it now is, or a problem." })
export class ContactResult {
  @Field(() => Contact, { nullable: true, description: "The contact as it now is." })
  contact!: ContactRow | null;

  @Field(() => ContactProblemEnum, { nullable: true, description: "Why nothing took effect." })
  problem!: ContactProblem | null;
}

@ObjectType({ description: "The case whose gate it is about, as it now is, or a problem." })
export class VictimGateResult {
  @Field(() => Case, { nullable: true, description: "The case as it now is." })
  case!: CaseFileRow | null;

  @Field(() => ContactProblemEnum, { nullable: true, description: "Why nothing took effect." })
  problem!: ContactProblem | null;
}
