import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { NeedEnd, NeedKind } from "../domain/need";

registerEnumType(NeedKind, { name: "NeedKind", description: "What he needs." });
registerEnumType(NeedEnd, { name: "NeedEnd", description: "Why a need is no longer one." });

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

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When it was closed; null: he still needs it.",
  })
  closedAt!: Date | null;

  @Field(() => NeedEnd, { nullable: true, description: "Why it was closed." })
  closedAs!: NeedEnd | null;

  @Field(() => String, { nullable: true, description: "Must be passed on with this record (42 CFR Part 2)." })
  redisclosureNotice!: string | null;
}
