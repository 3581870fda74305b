import { Field, FieldResolver, ID, Int, ObjectType, Resolver, Root, registerEnumType } from "type-graphql";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { SmallHelpKind, SmallHelpState } from "../domain/small-help";
import type { Shown } from "../policy/disclosed";
import type { SmallHelpRow } from "../store/entities/small-help";
import { Person } from "./person";

registerEnumType(SmallHelpKind, {
  name: "SmallHelpKind",
  description: "What costs little and keeps somebody from a job or a bed.",
});
registerEnumType(SmallHelpState, { name: "SmallHelpState", description: "Where such a request stands." });

@ObjectType({ description: "Something small that was asked for him." })
export class SmallHelp {
  @Field(() => ID, { description: "An opaque id." })
  id!: string;

  @Field(() => SmallHelpKind, { description: "What." })
  kind!: SmallHelpKind;

  @Field(() => String, { description: "What for." })
  whatFor!: string;

  @Field(() => Int, { description: "Cents of the site's currency." })
  amount!: number;

  @Field(() => SmallHelpState, { description: "Where it stands." })
  state!: SmallHelpState;

  @Field(() => String, { description: "The agency that asked, by its id." })
  requestedAgency!: string;

  @Field(() => DateTimeScalar, { description: "When it was asked for." })
  requestedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was approved or declined." })
  decidedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When he got it." })
  deliveredAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Must be passed on with this record (42 CFR Part 2)." })
  redisclosureNotice!: string | null;
}

@Resolver(() => SmallHelp)
export class SmallHelpResolver {
  @FieldResolver(() => Person, { nullable: true, description: "The person." })
  person(@Root() { personId }: Shown<SmallHelpRow>): Person {
    return { id: personId };
  }
}
