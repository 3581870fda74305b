import { Ctx, Field, FieldResolver, ID, ObjectType, Resolver, Root } from "type-graphql";
import { ownPromises, promisesForVictim } from "../policy/limited-forms";
import type { SanctionPromiseRow } from "../store/entities/contact";
import type { PersonRow } from "../store/entities/person";
import type { LawEnforcementContext } from "./context";
import { Promised, PromisedTo, PromiseState } from "./enums";
import { Person } from "./person";
import { DateScalar, DateTimeScalar } from "../../../platform/subgraph/scalars";

@ObjectType({ description: "A promise of the partnership, of sanction or of protection." })
export class SanctionPromise {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => PromisedTo, { nullable: true, description: "To whom it was made." })
  promisedTo!: SanctionPromiseRow["promisedTo"];

  @Field(() => Promised, { nullable: true, description: "Of what it is." })
  promised!: SanctionPromiseRow["promised"];

  @Field(() => String, { nullable: true, description: "What was promised." })
  text!: string;

  @Field(() => String, { nullable: true, description: "The agency that keeps it." })
  ownerAgency!: string;

  @Field(() => DateScalar, { nullable: true, description: "The day it is due." })
  dueOn!: string;

  @Field(() => PromiseState, { nullable: true, description: "Whether it was kept." })
  state!: SanctionPromiseRow["state"];

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When somebody said that it was kept, broken or withdrawn; null: it is open.",
  })
  settledAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Who said so: subject@agency." })
  settledBy!: string | null;

  @Field(() => String, { nullable: true, description: "How it was kept, or why it was not." })
  note!: string | null;

  @Field(() => String, { nullable: true, description: "Who made it: subject@agency." })
  madeBy!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was made." })
  recordedAt!: Date;
}

@Resolver(() => Person)
export class PersonPromisesResolver {
  @FieldResolver(() => [SanctionPromise], { nullable: true, description: "The ledger, next due first." })
  promises(
    @Root() person: PersonRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<SanctionPromiseRow[]> {
    return loaders.promisesOfPerson.load(person.id);
  }

  @FieldResolver(() => [SanctionPromise], {
    nullable: true,
    description:
      "Promises to the victims of cases the reader may see, and those the reader's agency owns; next due first.",
  })
  async promisesForVictim(
    @Root() person: PersonRow,
    @Ctx() { caller, loaders }: LawEnforcementContext,
  ): Promise<SanctionPromiseRow[]> {
    const [promises, cases] = await Promise.all([
      loaders.promisesOfPerson.load(person.id),
      loaders.casesOfPerson.load(person.id),
    ]);
    return promisesForVictim(caller, promises, cases);
  }

  @FieldResolver(() => [SanctionPromise], {
    nullable: true,
    description: "The promises the reader's agency owns, next due first.",
  })
  async ownPromises(
    @Root() person: PersonRow,
    @Ctx() { caller, loaders }: LawEnforcementContext,
  ): Promise<SanctionPromiseRow[]> {
    return ownPromises(caller, await loaders.promisesOfPerson.load(person.id));
  }
}
