import { Args, Ctx, Query, Resolver, Root, Subscription } from "type-graphql";
import type { OutboxEvent } from "../../../../platform/outbox/outbox";
import { FEED_TOPIC } from "../../../../platform/outbox/outbox";
import { eventsOf } from "../../../../platform/subgraph/event-streams";
import { FeedAlert, FeedAlertArguments, feedAlertOf } from "../../../../platform/subgraph/feed-alert";
import { FeedStatus, feedStatusOf } from "../../../../platform/subgraph/feed-status";
import type { LawEnforcementContext } from "../context";

@Resolver()
export class LawEnforcementFeed {
  @Query(() => FeedStatus, { nullable: true, description: "Where the feed of law enforcement stands." })
  async lawEnforcementFeed(@Ctx() { feedStatus }: LawEnforcementContext): Promise<FeedStatus> {
    return feedStatusOf(await feedStatus());
  }

  @Subscription(() => FeedAlert, {
    nullable: true,
    subscribe: eventsOf(FEED_TOPIC),
    description: "The feed of law enforcement fell silent, or moves again; each told once.",
  })
  lawEnforcementFeedAlerts(
    @Root() event: OutboxEvent,
    @Args(() => FeedAlertArguments) _after: FeedAlertArguments,
  ): FeedAlert {
    return feedAlertOf(event);
  }
}
