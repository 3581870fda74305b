import { Field, ID, InputType, registerEnumType } from "type-graphql";
import type { ContactState as State, RecallReason } from "../domain/contact-state";
import type { ContactMeans as Means } from "../domain/protocol";
import type { Level } from "../domain/tier-rules";
import { ContactMeans, ContactState, LevelEnum, RecallReasonEnum } from "./enums";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";

/** What came of a contact that was released, by the name of the event it is. */
export const ContactOutcomeEnum = { MADE: "make", REFUSED: "refuse", NOT_FOUND: "not-find" } as const;
export type ContactOutcomeWord = (typeof ContactOutcomeEnum)[keyof typeof ContactOutcomeEnum];
registerEnumType(ContactOutcomeEnum, {
  name: "ContactOutcome",
  description: "MADE: he was told. REFUSED: he would not listen. NOT_FOUND: nobody met him.",
});

const AttemptOutcomeEnum = { NOT_REACHED: "not-reached", DECLINED: "declined" } as const;
registerEnumType(AttemptOutcomeEnum, {
  name: "AttemptOutcome",
  description: "Why a victim was not given notice: she was not reached, or would not hear it.",
});

@InputType({ description: "What every change is told with." })
export abstract class Keyed {
  @Field(() => ID, { description: "A UUID of your own for this request: told twice, it is done once." })
  key!: string;
}

@InputType({ description: "A contact that somebody has seen." })
abstract class OfContact extends Keyed {
  @Field(() => ID, { description: "The contact." })
  contactId!: string;

  @Field(() => ContactState, { description: "The state you have seen it in: STALE when it is another." })
  expects!: State;
}

@InputType({ description: "A contact with an abusive partner, as the site's protocol has it for his level." })
export class PlanContactInput extends Keyed {
  @Field(() => ID, { description: "The abusive partner." })
  personId!: string;

  @Field(() => LevelEnum, { description: "The level you have seen; the one in force." })
  level!: Level;

  @Field(() => ContactMeans, { description: "How he is told: a means of the protocol for this level." })
  means!: Means;

  @Field(() => DateTimeScalar, { description: "When; ahead, and within a year." })
  plannedFor!: Date;

  @Field(() => String, { nullable: true, description: "Where." })
  place?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The community messenger, by the subject of his token.",
  })
  messenger?: string | null;

  @Field(() => String, { nullable: true, description: "The messenger's agency; with him, or neither." })
  messengerAgency?: string | null;

  @Field(() => Boolean, { defaultValue: true, description: "Help is part of what he is told." })
  helpOffered!: boolean;
}

@InputType({ description: "A planned contact that may be made." })
export class ReleaseContactInput extends OfContact {}

@InputType({ description: "A contact that is called off." })
export class CancelContactInput extends OfContact {}

@InputType({ description: "A release that is taken back." })
export class RecallContactInput extends OfContact {
  @Field(() => RecallReasonEnum, { description: "Why." })
  reason!: RecallReason;
}

@InputType({ description: "A contact that nobody had planned." })
export class RecordUnplannedBreachInput extends Keyed {
  @Field(() => ID, { description: "The abusive partner." })
  personId!: string;

  @Field(() => ContactMeans, { description: "How he was told." })
  means!: Means;

  @Field(() => DateTimeScalar, { description: "When." })
  madeAt!: Date;

  @Field(() => String, { description: "Who met him." })
  madeBy!: string;

  @Field(() => String, { nullable: true, description: "Where." })
  place?: string | null;

  @Field(() => String, { nullable: true, description: "What he was told." })
  message?: string | null;

  @Field(() => Boolean, { defaultValue: true, description: "Whether help was offered." })
  helpOffered!: boolean;
}

@InputType({ description: "What took place." })
abstract class TookPlace extends OfContact {
  @Field(() => DateTimeScalar, { description: "When." })
  madeAt!: Date;

  @Field(() => String, { description: "Who met him, or went to." })
  madeBy!: string;

  @Field(() => String, { nullable: true, description: "Where, if not as planned." })
  place?: string | null;

  @Field(() => String, { nullable: true, description: "What he was told." })
  message?: string | null;

  @Field(() => Boolean, { defaultValue: true, description: "Whether help was offered." })
  helpOffered!: boolean;
}

@InputType({ description: "What came of a released contact." })
export class RecordContactInput extends TookPlace {
  @Field(() => ContactOutcomeEnum, { description: "What came of it." })
  outcome!: ContactOutcomeWord;
}

@InputType({ description: "A contact that was made without a release that held." })
export class RecordBreachInput extends TookPlace {}

@InputType({ description: "A notice that reached a victim before he is contacted." })
export class RecordVictimNoticeInput extends Keyed {
  @Field(() => ID, { description: "Her case." })
  caseId!: string;

  @Field(() => DateTimeScalar, { description: "When she was told: after the contact was planned." })
  madeAt!: Date;
}

@InputType({ description: "An attempt to give a victim notice that failed." })
export class RecordVictimAttemptInput extends RecordVictimNoticeInput {
  @Field(() => AttemptOutcomeEnum, { description: "Why it failed." })
  outcome!: "not-reached" | "declined";
}

@InputType({ description: "A victim who could not be reached, for one planned contact." })
export class SignOffAttemptsInput extends Keyed {
  @Field(() => ID, { description: "The planned contact." })
  contactId!: string;

  @Field(() => ID, { description: "Her case." })
  caseId!: string;
}
