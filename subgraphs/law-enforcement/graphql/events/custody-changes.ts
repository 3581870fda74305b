import { Args, Ctx, Field, ObjectType, Resolver, Root, Subscription } from "type-graphql";
import type { OutboxEvent } from "../../../../platform/outbox/outbox";
import { eventsOf } from "../../../../platform/subgraph/event-streams";
import { DateTimeScalar } from "../../../../platform/subgraph/scalars";
import type { CustodyEventRow } from "../../store/entities/custody";
import type { LawEnforcementContext } from "../context";
import { CustodyStatus } from "../enums";
import { EventArguments, PersonEvent, aboutPerson } from "./about-person";

@ObjectType({ description: "He was booked, bailed or released, or escaped: the most dangerous hours." })
export class CustodyChange extends PersonEvent {
  @Field(() => CustodyStatus, { nullable: true, description: "What he is since." })
  status!: CustodyEventRow["status"];

  @Field(() => String, { nullable: true, description: "The facility." })
  facility!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When he is expected to be released." })
  releaseExpectedAt!: Date | null;
}

@Resolver()
export class CustodyChanges {
  @Subscription(() => CustodyChange, {
    nullable: true,
    subscribe: eventsOf("custody"),
    description: "Changes of custody of the persons whom the reader may see.",
  })
  async custodyChanges(
    @Root() event: OutboxEvent,
    @Args(() => EventArguments) wanted: EventArguments,
    @Ctx() context: LawEnforcementContext,
  ): Promise<CustodyChange | null> {
    const about = await aboutPerson(event, wanted, context);
    const change = about && (await context.loaders.custodyEvent.load(event.facts["custodyEventId"] ?? ""));
    if (change?.personId !== about?.person.id || !about || !change) return null;
    const { status, facility, releaseExpectedAt } = change;
    return { ...about, status, facility, releaseExpectedAt };
  }
}
