import { Field, ID, Int, ObjectType } from "type-graphql";
import { DateScalar } from "../../../platform/subgraph/scalars";
import { ServiceKind } from "../domain/referral";

@ObjectType({ description: "One day on which he was expected at a provider." })
export class Engagement {
  @Field(() => ID, { description: "An opaque id." })
  id!: string;

  @Field(() => ServiceKind, { description: "What he came for." })
  service!: ServiceKind;

  @Field(() => DateScalar, { description: "The day." })
  attendedOn!: string;

  @Field(() => Boolean, { description: "Whether he came." })
  attended!: boolean;

  @Field(() => String, { nullable: true, description: "Must be passed on with this record (42 CFR Part 2)." })
  redisclosureNotice!: string | null;
}

@ObjectType({ description: "How many persons one service engaged." })
export class EngagementServiceCount {
  @Field(() => ServiceKind, { description: "The service." })
  service!: ServiceKind;

  @Field(() => Int, {
    nullable: true,
    description: "Persons who came at least once; null: withheld, too few.",
  })
  persons!: number | null;
}

@ObjectType({ description: "Engagement in figures, over all providers together." })
export class EngagementCounts {
  @Field(() => [EngagementServiceCount], { description: "One line per service." })
  byService!: EngagementServiceCount[];

  @Field(() => Int, { nullable: true, description: "The sum of the lines; null: withheld, since a line is." })
  total!: number | null;

  @Field(() => Int, {
    description: "Counts below this are withheld, and others so that none can be worked out.",
  })
  suppressedBelow!: number;
}
