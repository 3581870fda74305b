import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { TextFault } from "../domain/contact-form";
import type { LetterMoveRefusal } from "../domain/letter-state";
import type { DraftRefusal, ReviewRefusal, ServiceRefusal } from "../domain/offender-letter";
import type { VictimDataRefusal } from "../domain/victim-data/find-victim-data";
import type { LeakShown } from "../policy/letter-leaks";
import type { StaleRefusal } from "../store/contacts";
import type { ExposureLetterRow } from "../store/entities/exposure-letter";
import type { PrintRefusal } from "../../../platform/letters/print-letter";
import type { KeyRefusal } from "../../../platform/told-request/told-once";
import { ExposureLetter } from "./letters";

export type LetterProblem =
  | "NOT_FOUND"
  | "KEY_IS_NO_UUID"
  | "LANGUAGE_NOT_OFFERED"
  | KeyRefusal
  | StaleRefusal
  | TextFault
  | LetterMoveRefusal
  | DraftRefusal
  | ReviewRefusal
  | ServiceRefusal
  | PrintRefusal["code"]
  | VictimDataRefusal["code"];

/** Every problem there is: one that a rule can give and this list has not does not compile. */
const LetterProblemEnum: { readonly [Code in LetterProblem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  STALE: "STALE",
  TEXT_MISSING: "TEXT_MISSING",
  TEXT_TOO_LONG: "TEXT_TOO_LONG",
  TEXT_HAS_CONTROL_CHARACTERS: "TEXT_HAS_CONTROL_CHARACTERS",
  LEVEL_NOT_IN_FORCE: "LEVEL_NOT_IN_FORCE",
  NO_MESSAGE: "NO_MESSAGE",
  MEANS_NOT_IN_PROTOCOL: "MEANS_NOT_IN_PROTOCOL",
  EXPOSURE_MISSING: "EXPOSURE_MISSING",
  EXPOSURE_NOT_IN_LETTER: "EXPOSURE_NOT_IN_LETTER",
  LANGUAGE_NOT_OFFERED: "LANGUAGE_NOT_OFFERED",
  NOT_PRINTABLE: "NOT_PRINTABLE",
  TOO_LONG: "TOO_LONG",
  LETTER_NAMES_VICTIM: "LETTER_NAMES_VICTIM",
  NOT_REVIEWED: "NOT_REVIEWED",
  ALREADY_REVIEWED: "ALREADY_REVIEWED",
  OVER: "OVER",
  REVIEWER_OF_OTHER_LETTERS: "REVIEWER_OF_OTHER_LETTERS",
  OWN_DRAFT: "OWN_DRAFT",
  CONTACT_OF_OTHER_MEANS: "CONTACT_OF_OTHER_MEANS",
  CONTACT_NOT_RELEASED: "CONTACT_NOT_RELEASED",
  OUTSIDE_RELEASE: "OUTSIDE_RELEASE",
  VICTIM_NOT_TOLD: "VICTIM_NOT_TOLD",
  BEFORE_REVIEW: "BEFORE_REVIEW",
  IN_THE_FUTURE: "IN_THE_FUTURE",
};
registerEnumType(LetterProblemEnum, {
  name: "LetterProblem",
  description:
    "Why nothing took effect. NOT_FOUND says alike that there is no such record and that it is not the reader's to see.",
});

const LetterLeakKindEnum: { readonly [Kind in LeakShown["kind"]]: Kind } = {
  NAME: "NAME",
  GIVEN_NAME: "GIVEN_NAME",
  FAMILY_NAME: "FAMILY_NAME",
  INITIALS: "INITIALS",
  ADDRESS: "ADDRESS",
  PHONE: "PHONE",
  DATE_OF_BIRTH: "DATE_OF_BIRTH",
  UNREADABLE: "UNREADABLE",
  OTHER: "OTHER",
};
registerEnumType(LetterLeakKindEnum, {
  name: "LetterLeakKind",
  description:
    "What of a victim a letter says. UNREADABLE: letters of a script that is not searched. OTHER: something that is not the reader's to know.",
});

@ObjectType({ description: "Something of a victim in a letter; what it is stands in the letter alone." })
export class LetterLeak {
  @Field(() => LetterLeakKindEnum, { nullable: true, description: "What it is." })
  kind!: LeakShown["kind"];

  @Field(() => Int, {
    nullable: true,
    description: "In which line of the letter's text, from 1; null with OTHER.",
  })
  line!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "At which character of the line, from 1; null with OTHER.",
  })
  column!: number | null;
}

@ObjectType({ description: "The letter as it now is, or a problem." })
export class LetterResult {
  @Field(() => ExposureLetter, { nullable: true, description: "The letter as it now is." })
  letter!: ExposureLetterRow | null;

  @Field(() => LetterProblemEnum, { nullable: true, description: "Why nothing took effect." })
  problem!: LetterProblem | null;

  @Field(() => [LetterLeak], {
    nullable: true,
    description: "With LETTER_NAMES_VICTIM: what of a victim the letter says, and where.",
  })
  leaks!: readonly LeakShown[] | null;
}
