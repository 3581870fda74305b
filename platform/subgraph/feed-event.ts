import { Field, ID, ObjectType } from "type-graphql";
import type { OutboxEvent } from "../outbox/outbox";
import { CursorScalar, DateTimeScalar } from "./scalars";

/** What every event of a subscription says of itself. */
@ObjectType()
export abstract class FeedEvent {
  @Field(() => ID, {
    description: "Opaque; the same whenever the event is told: one that came twice is known by it.",
  })
  id!: string;

  @Field(() => CursorScalar, { description: "To go on after this event." })
  cursor!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When it happened; of what has a day only, its start in UTC.",
  })
  occurredAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was recorded." })
  recordedAt!: Date;

  @Field(() => Boolean, {
    nullable: true,
    description: "It happened long before it was recorded: told for completeness, not to call anybody out.",
  })
  historic!: boolean;

  @Field(() => String, { nullable: true, description: "Which records it comes from." })
  provenance!: string;
}

/** The event's own part of what is told; never what the outbox keeps to find the records by. */
export function factsOf(event: OutboxEvent): FeedEvent {
  const { id, cursor, occurredAt, recordedAt, historic, provenance } = event;
  return { id, cursor, occurredAt, recordedAt, historic, provenance };
}
