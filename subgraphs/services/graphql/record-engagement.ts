import {
  Arg,
  Ctx,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  registerEnumType,
} from "type-graphql";
import { DateScalar } from "../../../platform/subgraph/scalars";
import { EngagementProblem } from "../domain/engagement";
import type { ServicesContext } from "./context";
import { Engagement } from "./engagement";

registerEnumType(EngagementProblem, {
  name: "RecordEngagementProblemCode",
  description: "Why an engagement was not recorded.",
});

const MESSAGES: Record<EngagementProblem, string> = {
  REFERRAL_NOT_FOUND: "No such referral was made to your agency.",
  REFERRAL_NOT_ACCEPTED: "The referral is not accepted, or no longer runs.",
  DAY_IN_THE_FUTURE: "The day lies in the future: record it once it is over.",
  DAY_BEFORE_REFERRAL: "The day lies before the referral.",
  ALREADY_RECORDED_OTHERWISE: "This day is recorded already, the other way round.",
};

@InputType({ description: "Whether he came on one day." })
export class RecordEngagementInput {
  @Field(() => ID, { description: "The referral under which he was expected." })
  referralId!: string;

  @Field(() => DateScalar, { description: "The day." })
  attendedOn!: string;

  @Field(() => Boolean, { description: "Whether he came." })
  attended!: boolean;
}

@ObjectType({ description: "Why an engagement was not recorded." })
export class RecordEngagementProblem {
  @Field(() => EngagementProblem, { description: "For programs." })
  code!: EngagementProblem;

  @Field(() => String, { description: "For people." })
  message!: string;
}

@ObjectType({ description: "The recorded engagement, or the problems for which nothing was recorded." })
export class RecordEngagementPayload {
  @Field(() => Engagement, { nullable: true, description: "The engagement as it is now recorded." })
  engagement!: Engagement | null;

  @Field(() => [RecordEngagementProblem], { description: "Empty when it was recorded." })
  problems!: RecordEngagementProblem[];
}

@Resolver()
export class RecordEngagementResolver {
  @Mutation(() => RecordEngagementPayload, {
    nullable: true,
    description:
      "Records whether he came, under a referral to your agency. Told twice alike, it is recorded once.",
  })
  async recordEngagement(
    @Arg("input", () => RecordEngagementInput, { description: "The engagement." })
    input: RecordEngagementInput,
    @Ctx() { rows }: ServicesContext,
  ): Promise<RecordEngagementPayload> {
    const outcome = await rows.recordEngagement(input);
    if (!("problems" in outcome)) return { engagement: outcome, problems: [] };
    return {
      engagement: null,
      problems: outcome.problems.map((code) => ({ code, message: MESSAGES[code] })),
    };
  }
}
