import { Field, FieldResolver, ID, ObjectType, Resolver, Root, registerEnumType } from "type-graphql";
import { DateScalar, DateTimeScalar } from "../../../platform/subgraph/scalars";
import { HelpPromisedTo, HelpPromiseState } from "../domain/help-promise";
import type { Shown } from "../policy/disclosed";
import type { HelpPromiseRow } from "../store/entities/help-promise";
import { Person } from "./person";

registerEnumType(HelpPromiseState, {
  name: "HelpPromiseState",
  description: "Where a promise of help stands.",
});
registerEnumType(HelpPromisedTo, {
  name: "HelpPromisedTo",
  description: "To whom help was promised; what is promised to a victim is not recorded here.",
});

@ObjectType({ description: "Help that was promised to him, or to his community for him." })
export class HelpPromise {
  @Field(() => ID, { description: "An opaque id." })
  id!: string;

  @Field(() => String, { description: "What was promised." })
  text!: string;

  @Field(() => HelpPromisedTo, { description: "To whom." })
  promisedTo!: HelpPromisedTo;

  @Field(() => DateScalar, { description: "The day it is due." })
  dueOn!: string;

  @Field(() => String, { description: "The agency that has to keep it, by its id." })
  ownerAgency!: string;

  @Field(() => HelpPromiseState, { description: "Where it stands." })
  state!: HelpPromiseState;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was kept, broken or withdrawn." })
  settledAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Must be passed on with this record (42 CFR Part 2)." })
  redisclosureNotice!: string | null;
}

@Resolver(() => HelpPromise)
export class HelpPromiseResolver {
  @FieldResolver(() => Person, { nullable: true, description: "Whom it is about." })
  person(@Root() { personId }: Shown<HelpPromiseRow>): Person {
    return { id: personId };
  }
}
