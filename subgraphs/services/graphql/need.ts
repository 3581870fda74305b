import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { DateScalar, DateTimeScalar } from "../../../platform/subgraph/scalars";
import { HelpPromiseState } from "../domain/help-promise";
import { NeedKind } from "../domain/need";

registerEnumType(NeedKind, { name: "NeedKind", description: "What he needs." });
registerEnumType(HelpPromiseState, {
  name: "HelpPromiseState",
  description: "Where a promise of help stands.",
});

@ObjectType({ description: "Something he said he needs." })
export class Need {
  @Field(() => ID, { description: "An opaque id." })
  id!: string;

  @Field(() => NeedKind, { description: "What he needs." })
  kind!: NeedKind;

  @Field(() => DateTimeScalar, { description: "When he said so." })
  statedAt!: Date;

  @Field(() => Boolean, { description: "He told them to pass it on." })
  passedOn!: boolean;
}

@ObjectType({ description: "Help that was promised to him." })
export class HelpPromise {
  @Field(() => ID, { description: "An opaque id." })
  id!: string;

  @Field(() => String, { description: "What was promised." })
  text!: string;

  @Field(() => DateScalar, { description: "The day it is due." })
  dueOn!: string;

  @Field(() => String, { description: "The agency that has to keep it, by its id." })
  ownerAgency!: string;

  @Field(() => HelpPromiseState, { description: "Where it stands." })
  state!: HelpPromiseState;
}
