import { Args, Ctx, Field, ObjectType, Resolver, Root, Subscription } from "type-graphql";
import type { OutboxEvent } from "../../../../platform/outbox/outbox";
import { eventsOf } from "../../../../platform/subgraph/event-streams";
import type { OrderOfProtectionRow } from "../../store/entities/order-of-protection";
import type { LawEnforcementContext } from "../context";
import { OrderChangeKind, type OrderChangeWord } from "../enums";
import { OrderOfProtection } from "../orders";
import { EventArguments, PersonEvent, aboutPerson } from "./about-person";

@ObjectType({
  description: "An order of protection was issued or served, he violated it, or it is about to expire.",
})
export class OrderChange extends PersonEvent {
  @Field(() => OrderChangeKind, { nullable: true, description: "What happened." })
  change!: OrderChangeWord;

  @Field(() => OrderOfProtection, { nullable: true, description: "The order, as it stands now." })
  order!: OrderOfProtectionRow;
}

@Resolver()
export class OrderChanges {
  @Subscription(() => OrderChange, {
    nullable: true,
    subscribe: eventsOf("order"),
    description:
      "Orders of protection that the reader may see; an advocate's are those of her agency's cases.",
  })
  async orderChanges(
    @Root() event: OutboxEvent,
    @Args(() => EventArguments) wanted: EventArguments,
    @Ctx() context: LawEnforcementContext,
  ): Promise<OrderChange | null> {
    const about = await aboutPerson(event, wanted, context);
    const orders = about && (await context.loaders.ordersOfPerson.load(about.person.id));
    const order = orders?.find(({ id }) => id === event.facts["orderId"]);
    if (!about || !order) return null;
    // Of a violation that is there no more, or was not his, nothing is told again.
    const { violationId } = event.facts;
    if (violationId !== undefined) {
      const violations = await context.loaders.violationsOfOrder.load(order.id);
      if (!violations.some(({ id }) => id === violationId)) return null;
    }
    return { ...about, change: event.facts["change"] as OrderChangeWord, order };
  }
}
