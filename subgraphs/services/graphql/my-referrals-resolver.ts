import { Arg, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import type { ServicesContext } from "./context";
import { Referral } from "./referral";

const LARGEST_PAGE = 200;

@Resolver()
export class MyReferralsResolver {
  @Query(() => [Referral], { nullable: true, description: "Who was referred to your agency, newest first." })
  myReferrals(
    @Arg("first", () => Int, { defaultValue: 50, description: "At most so many, up to 200." }) first: number,
    @Arg("after", () => ID, { nullable: true, description: "The id of the last referral you have." })
    after: string | null,
    @Ctx() { rows }: ServicesContext,
  ) {
    return rows.ownReferrals(Math.min(Math.max(first, 0), LARGEST_PAGE), after ?? null);
  }
}
