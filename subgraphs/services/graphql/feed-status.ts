import { Args, Ctx, Query, Resolver, Root, Subscription } from "type-graphql";
import type { OutboxEvent } from "../../../platform/outbox/outbox";
import { FEED_TOPIC } from "../../../platform/outbox/outbox";
import { eventsOf } from "../../../platform/subgraph/event-streams";
import { FeedAlert, FeedAlertArguments, feedAlertOf } from "../../../platform/subgraph/feed-alert";
import { FeedStatus, feedStatusOf } from "../../../platform/subgraph/feed-status";
import type { ServicesContext } from "./context";

@Resolver()
export class ServicesFeed {
  @Query(() => FeedStatus, { nullable: true, description: "Where the feed of the services stands." })
  async servicesFeed(@Ctx() { feedStatus }: ServicesContext): Promise<FeedStatus> {
    return feedStatusOf(await feedStatus());
  }

  @Subscription(() => FeedAlert, {
    nullable: true,
    subscribe: eventsOf(FEED_TOPIC),
    description: "The feed of the services fell silent, or moves again; each told once.",
  })
  servicesFeedAlerts(
    @Root() event: OutboxEvent,
    @Args(() => FeedAlertArguments) _after: FeedAlertArguments,
  ): FeedAlert {
    return feedAlertOf(event);
  }
}
