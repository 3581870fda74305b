import { Args, Ctx, Field, ObjectType, Query, Resolver } from "type-graphql";
import { PageArguments, newestFirst } from "../../../platform/subgraph/newest-first";
import type { ServicesContext } from "./context";
import { Referral } from "./referral";

@ObjectType({ description: "One page of the referrals to your agency." })
export class ReferralPage {
  @Field(() => [Referral], { description: "The referrals, newest first." })
  referrals!: object[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { description: "Whether there is more." })
  hasNextPage!: boolean;
}

@Resolver()
export class MyReferralsResolver {
  @Query(() => ReferralPage, { nullable: true, description: "Who was referred to your agency." })
  async myReferrals(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows }: ServicesContext,
  ): Promise<ReferralPage> {
    const { rows: referrals, ...rest } = await newestFirst(page, (after, limit) =>
      rows.ownReferrals(after, limit),
    );
    return { referrals, ...rest };
  }
}
