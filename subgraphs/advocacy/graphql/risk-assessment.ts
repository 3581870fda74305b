import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { RiskAnswerValue } from "../domain/risk-assessment";

registerEnumType(RiskAnswerValue, {
  name: "RiskAnswerValue",
  description: "An answer to an instrument's item.",
});

@ObjectType({ description: "The answer to one item of an instrument." })
export class RiskAnswer {
  @Field(() => String, { description: "The item's number in its instrument." })
  item!: string;

  @Field(() => RiskAnswerValue, { description: "What she answered." })
  answer!: RiskAnswerValue;
}

@ObjectType({ description: "A risk assessment by an advocate. A low score never says that she is safe." })
export class RiskAssessment {
  @Field(() => ID, { description: "The agency's own opaque id." })
  id!: string;

  @Field(() => String, { description: "The instrument's id in the site's registry." })
  instrument!: string;

  @Field(() => String, { description: "The version of the instrument that was asked." })
  instrumentVersion!: string;

  @Field(() => [RiskAnswer], { description: "Every item with its answer, in the instrument's order." })
  answers!: RiskAnswer[];

  @Field(() => Int, { nullable: true, description: "The score, where the instrument has one." })
  score!: number | null;

  @Field(() => String, { nullable: true, description: "The band the score falls in, where there are bands." })
  band!: string | null;

  @Field(() => DateTimeScalar, { description: "When she was asked." })
  assessedAt!: Date;

  @Field(() => String, { description: "Who asked, by the subject of the advocate's token." })
  assessedBy!: string;
}
