import { Args, ArgsType, Ctx, Field, ID, ObjectType, Resolver, Root, Subscription } from "type-graphql";
import type { OutboxEvent } from "../../../platform/outbox/outbox";
import { eventsOf } from "../../../platform/subgraph/event-streams";
import { FeedEvent, factsOf } from "../../../platform/subgraph/feed-event";
import { CursorScalar } from "../../../platform/subgraph/scalars";
import type { ShownEngagement, ShownReferral } from "../policy/row-access";
import type { ServicesContext } from "./context";
import { Engagement } from "./engagement";
import { Person } from "./person";
import { Referral } from "./referral";

@ArgsType()
export class ReferralUpdateArguments {
  @Field(() => CursorScalar, {
    nullable: true,
    description: "Go on after this event; without it, from now on.",
  })
  after?: string | null;

  @Field(() => [ID], { nullable: true, description: "Only of these persons." })
  personIds?: string[] | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Also what happened long before it was recorded, and calls nobody out.",
  })
  historic!: boolean;
}

@ObjectType({ description: "A person was referred, a referral moved on, or he was expected under one." })
export class ReferralUpdate extends FeedEvent {
  @Field(() => Person, { nullable: true, description: "Whom it is about." })
  person!: Person;

  @Field(() => Referral, { nullable: true, description: "The referral, as it stands now." })
  referral!: ShownReferral;

  @Field(() => Engagement, { nullable: true, description: "The day, when it is a day under the referral." })
  engagement!: ShownEngagement | null;
}

@Resolver()
export class ReferralUpdates {
  @Subscription(() => ReferralUpdate, {
    nullable: true,
    subscribe: eventsOf("referral"),
    description: "What becomes of referrals; a provider's are those to his agency.",
  })
  async referralUpdates(
    @Root() event: OutboxEvent,
    @Args(() => ReferralUpdateArguments) { personIds, historic }: ReferralUpdateArguments,
    @Ctx() { rows, scopes }: ServicesContext,
  ): Promise<ReferralUpdate | null> {
    if (event.historic && !historic) return null;
    if (personIds != null && !personIds.some((id) => id.toLowerCase() === event.key)) return null;
    const { referralId, engagementId } = event.facts;
    const referral = (await rows.referrals(event.key))?.find(({ id }) => id === referralId);
    if (!referral) return null;
    const told = { ...factsOf(event), person: { id: event.key }, referral };
    if (engagementId === undefined) return { ...told, engagement: null };
    // That he came is told to those who may read it, and to nobody that there is something to tell.
    if (!scopes.has("service-attendance:F")) return null;
    const engagement = (await rows.engagement(event.key))?.find(({ id }) => id === engagementId);
    return engagement ? { ...told, engagement } : null;
  }
}
