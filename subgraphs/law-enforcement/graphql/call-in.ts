import { Field, ID, ObjectType } from "type-graphql";
import type { CallInRow, CallInSpeakerRow } from "../store/entities/call-in";
import { CallInStateEnum, SpeakerKindEnum } from "./enums";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";

@ObjectType({ description: "Somebody who speaks at a call-in." })
export class CallInSpeaker {
  @Field(() => String, { nullable: true, description: "The name." })
  name!: string;

  @Field(() => String, { nullable: true, description: "As whom, e.g. pastor, prosecutor." })
  role!: string;

  @Field(() => SpeakerKindEnum, { nullable: true, description: "For whom." })
  kind!: CallInSpeakerRow["kind"];
}

@ObjectType({
  description:
    "A call-in: one hour, one place, those who speak. Each who is invited is a contact of his own.",
})
export class CallIn {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it is planned for." })
  plannedFor!: Date;

  @Field(() => CallInStateEnum, { nullable: true, description: "Where it stands." })
  state!: CallInRow["state"];

  @Field(() => String, { nullable: true, description: "Who planned it: subject@agency." })
  plannedBy!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was planned." })
  recordedAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When it was first recorded who came, or when it was called off.",
  })
  closedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Who recorded that: subject@agency." })
  closedBy!: string | null;
}
