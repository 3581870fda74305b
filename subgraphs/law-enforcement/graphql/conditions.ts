import { Ctx, Field, FieldResolver, ID, ObjectType, Resolver, Root } from "type-graphql";
import { isInForce } from "../domain/in-force";
import type { ReleaseConditionRow } from "../store/entities/custody";
import type { PersonRow } from "../store/entities/person";
import type { WarrantRow } from "../store/entities/court";
import type { LawEnforcementContext } from "./context";
import { ConditionKind } from "./enums";
import { Person } from "./person";
import { DateScalar, DateTimeScalar } from "../../../platform/subgraph/scalars";

@ObjectType({ description: "A condition of bail, release, probation or parole." })
export class ReleaseCondition {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => ConditionKind, { nullable: true, description: "What imposed it." })
  kind!: ReleaseConditionRow["kind"];

  @Field(() => String, {
    nullable: true,
    description: "The condition in words. It names no place: every agency with a case of his reads it.",
  })
  terms!: string;

  @Field(() => DateScalar, { nullable: true, description: "The first day it holds." })
  effectiveFrom!: string;

  @Field(() => DateScalar, { nullable: true, description: "The last day it holds; null: no end is set." })
  effectiveUntil!: string | null;

  @Field(() => String, { nullable: true, description: "The officer who supervises him." })
  supervisingOfficer!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was recorded." })
  recordedAt!: Date;
}

@ObjectType({ description: "A warrant for his arrest." })
export class Warrant {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => String, { nullable: true, description: "The warrant's number." })
  number!: string;

  @Field(() => String, { nullable: true, description: "The offence in words." })
  offenceTitle!: string;

  @Field(() => DateScalar, { nullable: true, description: "The day it was issued." })
  issuedOn!: string;

  @Field(() => DateScalar, { nullable: true, description: "The day it was cleared; null: it is active." })
  clearedOn!: string | null;
}

@Resolver(() => Person)
export class PersonConditionsResolver {
  @FieldResolver(() => [ReleaseCondition], { nullable: true, description: "Conditions, newest first." })
  conditions(
    @Root() person: PersonRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<ReleaseConditionRow[]> {
    return loaders.conditionsOfPerson.load(person.id);
  }

  @FieldResolver(() => [String], {
    nullable: true,
    description: "The conditions in force that a provider must respect, free of addresses.",
  })
  async conditionsForProvider(
    @Root() person: PersonRow,
    @Ctx() { loaders, now }: LawEnforcementContext,
  ): Promise<string[]> {
    return (await loaders.conditionsOfPerson.load(person.id))
      .filter((one) => isInForce(one.effectiveFrom, one.effectiveUntil, now))
      .flatMap((one) => one.termsForProvider ?? []);
  }

  @FieldResolver(() => [Warrant], { nullable: true, description: "Warrants, newest first." })
  warrants(@Root() person: PersonRow, @Ctx() { loaders }: LawEnforcementContext): Promise<WarrantRow[]> {
    return loaders.warrantsOfPerson.load(person.id);
  }

  @FieldResolver(() => Boolean, { nullable: true, description: "Whether a warrant is active." })
  async activeWarrantExists(
    @Root() person: PersonRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<boolean> {
    return (await loaders.warrantsOfPerson.load(person.id)).some((one) => one.clearedOn === null);
  }
}
