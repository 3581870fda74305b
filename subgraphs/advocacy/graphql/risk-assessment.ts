import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { AssessmentOutcome, RiskAnswerValue, inItemOrder } from "../domain/risk-assessment";
import type { RiskAssessmentRow } from "../store/entities/risk-assessment";

registerEnumType(RiskAnswerValue, {
  name: "RiskAnswerValue",
  description: "An answer to an instrument's item.",
});
registerEnumType(AssessmentOutcome, {
  name: "RiskAssessmentOutcome",
  description:
    "What an assessment found. INCOMPLETE: what was not answered could make it high danger. NOT_SCREENED_IN: this instrument did not find it; none says that she is safe.",
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

  @Field(() => AssessmentOutcome, { description: "What it found." })
  outcome!: AssessmentOutcome;

  @Field(() => Int, {
    nullable: true,
    description: "The score, where the instrument has one and nothing that counts was left unanswered.",
  })
  score!: number | null;

  @Field(() => String, {
    nullable: true,
    description: "The band the score falls in, where there are bands and only one is possible.",
  })
  band!: string | null;

  @Field(() => String, { nullable: true, description: "A note of the one who asked." })
  note!: string | null;

  @Field(() => DateTimeScalar, { description: "When she was asked." })
  assessedAt!: Date;

  @Field(() => String, { description: "Who asked, by the subject of the advocate's token." })
  assessedBy!: string;

  @Field(() => DateTimeScalar, { description: "When it was recorded." })
  recordedAt!: Date;

  @Field(() => ID, { nullable: true, description: "Its entry in the log of outreach." })
  outreachId!: string | null;

  @Field(() => ID, { nullable: true, description: "The assessment that it corrects; null: none." })
  corrects!: string | null;

  @Field(() => ID, { nullable: true, description: "The assessment that corrects it; null: none." })
  correctedBy!: string | null;
}

@ObjectType({ description: "One page of the risk assessments of a case." })
export class RiskAssessmentPage {
  @Field(() => [RiskAssessment], { description: "Newest first, corrected ones too." })
  assessments!: RiskAssessment[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { description: "Whether there is more." })
  hasNextPage!: boolean;
}

/** As shown, given all assessments of its case. */
export function shownAssessment(
  row: RiskAssessmentRow,
  ofCase: readonly RiskAssessmentRow[],
): RiskAssessment {
  const correctedBy = ofCase.find(({ correctsId }) => correctsId === row.id)?.id ?? null;
  return { ...row, answers: inItemOrder(row.answers), corrects: row.correctsId, correctedBy };
}
