import { ArgsType, Directive, Field, ObjectType, registerEnumType } from "type-graphql";
import type { OutboxEvent } from "../outbox/outbox";
import { FeedEvent, factsOf } from "./feed-event";
import { CursorScalar } from "./scalars";

const CHANGES = { SILENT: "silent", MOVING: "moving" } as const;
type FeedChange = (typeof CHANGES)[keyof typeof CHANGES];
registerEnumType(CHANGES, {
  name: "FeedChange",
  description:
    "What became of a feed. SILENT: nothing was recorded for longer than the site expects. MOVING: something is again.",
});

@ArgsType()
export class FeedAlertArguments {
  @Field(() => CursorScalar, {
    nullable: true,
    description: "Go on after this event; without it, from now on.",
  })
  after?: string | null;
}

@Directive("@shareable")
@ObjectType({
  description: "An agency's feed fell silent, or moves again. Of a silence `occurredAt` is when it began.",
})
export class FeedAlert extends FeedEvent {
  @Field(() => CHANGES, { nullable: true, description: "Which of the two." })
  change!: FeedChange;
}

export function feedAlertOf(event: OutboxEvent): FeedAlert {
  return { ...factsOf(event), change: event.facts["change"] as FeedChange };
}
