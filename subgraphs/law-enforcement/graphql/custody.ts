import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from "type-graphql";
import { custodyAt, type CustodyReading } from "../domain/custody";
import type { PersonRow } from "../store/entities/person";
import type { LawEnforcementContext } from "./context";
import { CustodyStatus } from "./enums";
import { Person } from "./person";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";

@ObjectType({ description: "Where he is, as far as custody records can be relied on." })
export class Custody {
  @Field(() => CustodyStatus, {
    nullable: true,
    description: "UNKNOWN when nothing is recorded or the last record is older than 72 hours.",
  })
  status!: CustodyReading["status"];

  @Field(() => String, { nullable: true, description: "The facility that holds him." })
  facility!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "Since when the status holds." })
  since!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When he is expected to be released." })
  releaseExpectedAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When it was last recorded; null when it never was. An UNKNOWN keeps the old instant.",
  })
  asOf!: Date | null;
}

@Resolver(() => Person)
export class PersonCustodyResolver {
  @FieldResolver(() => Custody, { nullable: true, description: "Custody, with its as-of." })
  async custody(
    @Root() person: PersonRow,
    @Ctx() { loaders, now }: LawEnforcementContext,
  ): Promise<CustodyReading> {
    return custodyAt(await loaders.latestCustody.load(person.id), now);
  }
}
