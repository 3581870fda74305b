import { ArgsType, Args, Ctx, Field, ID, ObjectType, Resolver, Root, Subscription } from "type-graphql";
import type { OutboxEvent } from "../../../../platform/outbox/outbox";
import { eventsOf } from "../../../../platform/subgraph/event-streams";
import { FeedEvent, factsOf } from "../../../../platform/subgraph/feed-event";
import { CursorScalar } from "../../../../platform/subgraph/scalars";
import type { ConferenceDecisionRow, ConferenceRow } from "../../store/entities/conference";
import { Conference, ConferenceDecision } from "../conferences";
import type { LawEnforcementContext } from "../context";

@ObjectType({ description: "A conference was planned, closed or called off, or has decided of a person." })
export class ConferenceUpdate extends FeedEvent {
  @Field(() => Conference, { nullable: true, description: "The conference, as it stands now." })
  conference!: ConferenceRow;

  @Field(() => ConferenceDecision, {
    nullable: true,
    description: "What it has decided; null: it is of the conference.",
  })
  decision!: ConferenceDecisionRow | null;
}

@ArgsType()
export class ConferenceEventArguments {
  @Field(() => CursorScalar, {
    nullable: true,
    description: "Go on after this event; without it, from now on.",
  })
  after?: string | null;

  @Field(() => [ID], { nullable: true, description: "Only of these conferences." })
  conferenceIds?: string[] | null;
}

@Resolver()
export class ConferenceUpdates {
  @Subscription(() => ConferenceUpdate, {
    nullable: true,
    subscribe: eventsOf("conference"),
    description: "Conferences, and what they decide of persons whom the reader may see.",
  })
  async conferenceUpdates(
    @Root() event: OutboxEvent,
    @Args(() => ConferenceEventArguments) { conferenceIds }: ConferenceEventArguments,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<ConferenceUpdate | null> {
    const conference = await loaders.conference.load(event.key);
    if (!conference) return null;
    if (conferenceIds != null && !conferenceIds.some((id) => id.toLowerCase() === conference.id)) return null;
    const { decisionId } = event.facts;
    if (decisionId === undefined) return { ...factsOf(event), conference, decision: null };
    const decisions = await loaders.decisionsOfConference.load(conference.id);
    const decision = decisions.find(({ id }) => id === decisionId);
    return decision ? { ...factsOf(event), conference, decision } : null;
  }
}
