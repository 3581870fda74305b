import { Directive, Field, Float, ObjectType } from "type-graphql";
import type { FeedReading } from "../outbox/feed-reading";
import { CursorScalar, DateTimeScalar } from "./scalars";

@Directive("@shareable")
@ObjectType({ description: "Where an agency's feed of events stands." })
export class FeedStatus {
  @Field(() => CursorScalar, {
    nullable: true,
    description: "Of now: a subscription that begins after it misses nothing that is recorded from now on.",
  })
  cursor!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When its newest event was recorded." })
  lastEventAt!: Date | null;

  @Field(() => Float, {
    nullable: true,
    description: "For how long an event has been waiting for an older transaction to end; 0: none waits.",
  })
  lagSeconds!: number;

  @Field(() => Boolean, {
    nullable: true,
    description: "Nothing was recorded for longer than the site expects of this agency.",
  })
  silent!: boolean;
}

export function feedStatusOf({ cursor, lastEventAt, lagMs, silent }: FeedReading): FeedStatus {
  return { cursor, lastEventAt, lagSeconds: lagMs / 1_000, silent };
}
