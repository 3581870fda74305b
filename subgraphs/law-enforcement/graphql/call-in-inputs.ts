import { Field, ID, InputType } from "type-graphql";
import type { Attendance, SpeakerKind } from "../domain/call-in-form";
import type { CallInState } from "../domain/call-in-state";
import type { Level } from "../domain/tier-rules";
import { Keyed } from "./contact-inputs";
import { AttendanceEnum, CallInStateEnum, LevelEnum, SpeakerKindEnum } from "./enums";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";

@InputType({ description: "Somebody who is invited to a call-in." })
export class InvitedInput {
  @Field(() => ID, { description: "The abusive partner." })
  personId!: string;

  @Field(() => LevelEnum, { description: "The level you have seen; the one in force." })
  level!: Level;
}

@InputType({ description: "Somebody who speaks at a call-in." })
export class SpeakerInput {
  @Field(() => String, { description: "The name." })
  name!: string;

  @Field(() => String, { description: "As whom, e.g. pastor, prosecutor." })
  role!: string;

  @Field(() => SpeakerKindEnum, { description: "For whom." })
  kind!: SpeakerKind;
}

@InputType({ description: "A call-in, with those who are invited." })
export class PlanCallInInput extends Keyed {
  @Field(() => DateTimeScalar, { description: "When; ahead, and within a year." })
  plannedFor!: Date;

  @Field(() => String, { description: "Where." })
  place!: string;

  @Field(() => [InvitedInput], { description: "Who is invited: 1 to 60." })
  invited!: InvitedInput[];

  @Field(() => [SpeakerInput], { description: "Who speaks, in their order; at most 20." })
  speakers!: SpeakerInput[];

  @Field(() => String, {
    nullable: true,
    description: "The community messenger, by the subject of his token: he learns who is invited.",
  })
  messenger?: string | null;

  @Field(() => String, { nullable: true, description: "The messenger's agency; with him, or neither." })
  messengerAgency?: string | null;

  @Field(() => Boolean, { defaultValue: true, description: "Help is part of what they are told." })
  helpOffered!: boolean;
}

@InputType({ description: "A call-in that somebody has seen." })
abstract class OfCallIn extends Keyed {
  @Field(() => ID, { description: "The call-in." })
  callInId!: string;

  @Field(() => CallInStateEnum, { description: "The state you have seen it in: STALE when it is another." })
  expects!: CallInState;
}

@InputType({ description: "More who are invited to a call-in." })
export class InviteToCallInInput extends OfCallIn {
  @Field(() => [InvitedInput], { description: "Who is invited: 1 to 60." })
  invited!: InvitedInput[];
}

@InputType({ description: "A call-in that is called off, with every contact of it that is open." })
export class CancelCallInInput extends OfCallIn {}

@InputType({ description: "Whether somebody came." })
export class AttendedInput {
  @Field(() => ID, { description: "The contact with him, as the call-in's invitations have it." })
  contactId!: string;

  @Field(() => AttendanceEnum, { description: "Whether he came." })
  came!: Attendance;
}

@InputType({ description: "Who came to a call-in." })
export class RecordAttendanceInput extends OfCallIn {
  @Field(() => [AttendedInput], { description: "1 to 60 of those who were invited; the others may follow." })
  attendance!: AttendedInput[];

  @Field(() => DateTimeScalar, { description: "When it was held." })
  heldAt!: Date;

  @Field(() => String, { description: "Who led it." })
  ledBy!: string;

  @Field(() => String, { nullable: true, description: "What they were told." })
  message?: string | null;

  @Field(() => Boolean, { defaultValue: true, description: "Whether help was offered." })
  helpOffered!: boolean;
}
