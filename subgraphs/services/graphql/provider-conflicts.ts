import { Arg, Args, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver, registerEnumType } from "type-graphql"; // prettier-ignore
import { PageArguments, newestFirst } from "../../../platform/subgraph/newest-first";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { ConflictReason } from "../domain/conflict";
import type { ServicesContext } from "./context";
import { HelpProblemEnum, resultOf, type HelpProblem } from "./help-problem";
import { Keyed } from "./keyed";

registerEnumType(ConflictReason, {
  name: "ProviderConflictReason",
  description: "Why an employee of a provider is cut off from a person.",
});
@ObjectType({
  description: "An employee of your agency who is cut off from a person, and never learns of it.",
})
export class ProviderConflict {
  @Field(() => ID, { description: "An opaque id." })
  id!: string;

  @Field(() => String, { description: "The employee, by the subject of the token." })
  subject!: string;

  @Field(() => ID, { description: "The person." })
  personId!: string;

  @Field(() => ConflictReason, { description: "Why." })
  why!: ConflictReason;

  @Field(() => String, { description: "Who recorded it: subject@agency." })
  recordedBy!: string;

  @Field(() => DateTimeScalar, { description: "When it was recorded." })
  recordedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it ended; null: it holds." })
  endedAt!: Date | null;
}

@ObjectType({ description: "One page of your agency's conflicts." })
export class ProviderConflictPage {
  @Field(() => [ProviderConflict], { description: "The conflicts, newest first." })
  conflicts!: ProviderConflict[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { description: "Whether there is more." })
  hasNextPage!: boolean;
}

@ObjectType({ description: "The conflict as it now is, or a problem." })
export class ProviderConflictResult {
  @Field(() => ProviderConflict, { nullable: true, description: "The conflict as it now is." })
  conflict!: ProviderConflict | null;

  @Field(() => HelpProblemEnum, { nullable: true, description: "Why nothing took effect." })
  problem!: HelpProblem | null;
}

@InputType({ description: "Which employee of your agency is cut off from whom." })
export class RecordProviderConflictInput extends Keyed {
  @Field(() => String, { description: "The employee, by the subject of the token." })
  subject!: string;

  @Field(() => ID, { description: "The person." })
  personId!: string;

  @Field(() => ConflictReason, { description: "Why." })
  why!: ConflictReason;
}

@InputType({ description: "A conflict that is over." })
export class EndProviderConflictInput extends Keyed {
  @Field(() => ID, { description: "The conflict." })
  conflictId!: string;
}

@Resolver()
export class ProviderConflictsResolver {
  @Query(() => ProviderConflictPage, {
    nullable: true,
    description: "The conflicts of your agency's employees, ended ones too, never one about you.",
  })
  async providerConflicts(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows }: ServicesContext,
  ): Promise<ProviderConflictPage> {
    const { rows: conflicts, ...rest } = await newestFirst(page, (after, limit) =>
      rows.conflicts.all(after, limit),
    );
    return { conflicts, ...rest };
  }

  @Mutation(() => ProviderConflictResult, {
    nullable: true,
    description: "Cuts an employee of your agency off from a person referred to it, from now on.",
  })
  async recordProviderConflict(
    @Arg("input", () => RecordProviderConflictInput, { description: "The conflict." })
    input: RecordProviderConflictInput,
    @Ctx() { rows: { conflicts } }: ServicesContext,
  ): Promise<ProviderConflictResult> {
    const { row, problem } = await resultOf(await conflicts.record(input), (id) => conflicts.find(id));
    return { conflict: row, problem };
  }

  @Mutation(() => ProviderConflictResult, {
    nullable: true,
    description: "Ends a conflict of your agency; one that has ended stays as it is.",
  })
  async endProviderConflict(
    @Arg("input", () => EndProviderConflictInput, { description: "Which one." })
    input: EndProviderConflictInput,
    @Ctx() { rows: { conflicts } }: ServicesContext,
  ): Promise<ProviderConflictResult> {
    const { row, problem } = await resultOf(await conflicts.end(input), (id) => conflicts.find(id));
    return { conflict: row, problem };
  }
}
