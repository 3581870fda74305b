import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from "type-graphql";
import { DateScalar } from "../../../platform/subgraph/scalars";
import type { ServicesContext } from "./context";
import { Engagement } from "./engagement";
import { HelpProblemEnum, type HelpProblem } from "./help-problem";
import { Keyed } from "./keyed";

@InputType({ description: "Whether he came on one day." })
export class RecordEngagementInput extends Keyed {
  @Field(() => ID, { description: "The referral under which he was expected." })
  referralId!: string;

  @Field(() => DateScalar, { description: "The day." })
  attendedOn!: string;

  @Field(() => Boolean, { description: "Whether he came." })
  attended!: boolean;
}

@ObjectType({ description: "The engagement as it is recorded, or a problem." })
export class RecordEngagementResult {
  @Field(() => Engagement, { nullable: true, description: "The engagement as it is recorded." })
  engagement!: Engagement | null;

  @Field(() => HelpProblemEnum, { nullable: true, description: "Why nothing was recorded." })
  problem!: HelpProblem | null;
}

@Resolver()
export class RecordEngagementResolver {
  @Mutation(() => RecordEngagementResult, {
    nullable: true,
    description:
      "Records whether he came, under a referral to your agency. Told twice alike, it is recorded once.",
  })
  async recordEngagement(
    @Arg("input", () => RecordEngagementInput, { description: "The engagement." })
    input: RecordEngagementInput,
    @Ctx() { rows }: ServicesContext,
  ): Promise<RecordEngagementResult> {
    const outcome = await rows.recordEngagement(input);
    return typeof outcome === "string"
      ? { engagement: null, problem: outcome }
      : { engagement: outcome, problem: null };
  }
}
