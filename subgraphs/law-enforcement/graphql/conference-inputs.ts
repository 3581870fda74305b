import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { DateScalar, DateTimeScalar } from "../../../platform/subgraph/scalars";
import type { KeyRefusal } from "../../../platform/told-request/told-once";
import type { TextFault } from "../domain/contact-form";
import type { Level } from "../domain/tier-rules";
import type { DecisionRefusal } from "../store/conference-decisions";
import type { ConferenceRow } from "../store/entities/conference";
import { Conference } from "./conferences";
import { LevelEnum } from "./enums";

export type ConferenceProblem =
  | "NOT_FOUND"
  | "KEY_IS_NO_UUID"
  | KeyRefusal
  | TextFault
  | DecisionRefusal
  | "IN_THE_PAST"
  | "TOO_FAR_AHEAD"
  | "NOT_BEGUN"
  | "TOO_MANY_ATTENDEES"
  | "NAMED_TWICE"
  | "PROPOSAL_MISSING";

/** Every problem there is: one that a rule can give and this list has not does not compile. */
const ConferenceProblemEnum: { readonly [Code in ConferenceProblem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  TEXT_MISSING: "TEXT_MISSING",
  TEXT_TOO_LONG: "TEXT_TOO_LONG",
  TEXT_HAS_CONTROL_CHARACTERS: "TEXT_HAS_CONTROL_CHARACTERS",
  IN_THE_PAST: "IN_THE_PAST",
  TOO_FAR_AHEAD: "TOO_FAR_AHEAD",
  NOT_BEGUN: "NOT_BEGUN",
  OVER: "OVER",
  TOO_MANY_ATTENDEES: "TOO_MANY_ATTENDEES",
  NAMED_TWICE: "NAMED_TWICE",
  PROPOSAL_MISSING: "PROPOSAL_MISSING",
  ACTIONS_OPEN: "ACTIONS_OPEN",
  ROLE_MAY_NOT_CONFIRM: "ROLE_MAY_NOT_CONFIRM",
  CONFIRMER_NOT_NAMED: "CONFIRMER_NOT_NAMED",
  PROPOSAL_SUPERSEDED: "PROPOSAL_SUPERSEDED",
  DECIDED_BY_PANEL: "DECIDED_BY_PANEL",
  ALREADY_CONFIRMED: "ALREADY_CONFIRMED",
  DOWNWARD_NEEDS_PANEL: "DOWNWARD_NEEDS_PANEL",
  LEVEL_NOT_PROPOSED: "LEVEL_NOT_PROPOSED",
};
registerEnumType(ConferenceProblemEnum, {
  name: "ConferenceProblem",
  description:
    "Why nothing took effect. NOT_FOUND says alike that there is no such record and that it is not the reader's to see.",
});

/** What a conference may decide of somebody whose votes nobody counts. */
export const DecisionWord = { CONFIRM_LEVEL: "confirmed", KEEP_LEVEL: "kept", SETTLE: "settled" } as const;
export type DecisionWord = (typeof DecisionWord)[keyof typeof DecisionWord];
registerEnumType(DecisionWord, {
  name: "ConferenceDecisionWord",
  description:
    "CONFIRM_LEVEL: the level proposed, with its proposal. KEEP_LEVEL: his level stays. SETTLE: nothing is open about him.",
});

@InputType({ description: "What every change of a conference is told with." })
abstract class Keyed {
  @Field(() => ID, { description: "A UUID of your own for this request: told twice, it is done once." })
  key!: string;
}

@InputType({ description: "A conference to plan." })
export class PlanConferenceInput extends Keyed {
  @Field(() => DateTimeScalar, { description: "When it begins; ahead, and within a year." })
  startsAt!: Date;

  @Field(() => String, { description: "Where." })
  place!: string;
}

@InputType({ description: "Somebody who took part." })
export class AttendeeInput {
  @Field(() => String, { description: "The agency, by its id as a partner of the site." })
  agency!: string;

  @Field(() => String, { description: "Who, by the subject of the token." })
  subject!: string;
}

@InputType({ description: "A conference that is over." })
export class CloseConferenceInput extends Keyed {
  @Field(() => ID, { description: "The conference." })
  conferenceId!: string;

  @Field(() => [AttendeeInput], { description: "Who took part, 100 at most." })
  attendees!: AttendeeInput[];
}

@InputType({ description: "A conference that is called off." })
export class CancelConferenceInput extends Keyed {
  @Field(() => ID, { description: "The conference." })
  conferenceId!: string;
}

@InputType({ description: "What a conference decided of a person." })
export class RecordDecisionInput extends Keyed {
  @Field(() => ID, { description: "The conference." })
  conferenceId!: string;

  @Field(() => ID, { description: "The person." })
  personId!: string;

  @Field(() => DecisionWord, { description: "What was decided." })
  decision!: DecisionWord;

  @Field(() => ID, { nullable: true, description: "The proposal that is confirmed." })
  proposalId?: string | null;

  @Field(() => LevelEnum, { nullable: true, description: "The level that is confirmed: the one proposed." })
  level?: Level | null;
}

@InputType({ description: "What a justice agency takes on at a conference." })
export class AddJusticeActionInput extends Keyed {
  @Field(() => ID, { description: "The conference." })
  conferenceId!: string;

  @Field(() => ID, {
    nullable: true,
    description: "Whom it is about; without, the partnership's own business.",
  })
  personId?: string | null;

  @Field(() => String, { description: "What is to be done." })
  text!: string;

  @Field(() => String, { description: "Who does it: the subject of a token of your agency." })
  owner!: string;

  @Field(() => DateScalar, { description: "By when; within a year." })
  dueOn!: string;
}

@InputType({ description: "An action of your agency that is over." })
export class EndJusticeActionInput extends Keyed {
  @Field(() => ID, { description: "The action." })
  actionId!: string;

  @Field(() => Boolean, { description: "Whether it was done; otherwise it is dropped." })
  done!: boolean;
}

@ObjectType({ description: "The conference as it now is, or a problem." })
export class ConferenceResult {
  @Field(() => Conference, { nullable: true, description: "The conference as it now is." })
  conference!: ConferenceRow | null;

  @Field(() => ConferenceProblemEnum, { nullable: true, description: "Why nothing took effect." })
  problem!: ConferenceProblem | null;
}
