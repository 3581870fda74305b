import { Ctx, Query, Resolver } from "type-graphql";
import { FeedStatus, feedStatusOf } from "../../../../platform/subgraph/feed-status";
import type { LawEnforcementContext } from "../context";

@Resolver()
export class LawEnforcementFeed {
  @Query(() => FeedStatus, { nullable: true, description: "Where the feed of law enforcement stands." })
  async lawEnforcementFeed(@Ctx() { feedStatus }: LawEnforcementContext): Promise<FeedStatus> {
    return feedStatusOf(await feedStatus());
  }
}
