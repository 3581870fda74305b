import { Arg, Args, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver, registerEnumType } from "type-graphql"; // prettier-ignore
import { PageArguments, newestFirst } from "../../../platform/subgraph/newest-first";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { ConflictProblem, ConflictReason } from "../domain/conflict";
import type { ConflictOutcome } from "../policy/conflicts";
import type { ServicesContext } from "./context";

registerEnumType(ConflictReason, {
  name: "ProviderConflictReason",
  description: "Why an employee of a provider is cut off from a person.",
});
registerEnumType(ConflictProblem, {
  name: "ProviderConflictProblemCode",
  description:
    "Why nothing took effect. A person of another provider and one who is not there are answered alike.",
});

const MESSAGES: Record<ConflictProblem, string> = {
  NOT_FOUND: "There is no such person or conflict at your agency.",
  NOBODY_NAMED: "Name the employee by the subject of the token.",
  KEY_IS_NO_UUID: "The key is a UUID of your own making, one for each request.",
  KEY_USED_OTHERWISE: "Another conflict was recorded with this key.",
};

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

@ObjectType({ description: "Why nothing took effect." })
export class ProviderConflictProblem {
  @Field(() => ConflictProblem, { description: "For programs." })
  code!: ConflictProblem;

  @Field(() => String, { description: "For people." })
  message!: string;
}

@ObjectType({
  description: "The conflict as it is now recorded, or the problems for which nothing took effect.",
})
export class ProviderConflictPayload {
  @Field(() => ProviderConflict, { nullable: true, description: "The conflict." })
  conflict!: ProviderConflict | null;

  @Field(() => [ProviderConflictProblem], { description: "Empty when it took effect." })
  problems!: ProviderConflictProblem[];
}

@InputType({ description: "Which employee of your agency is cut off from whom." })
export class ProviderConflictInput {
  @Field(() => ID, { description: "A UUID of your own for this request: told twice, it is recorded once." })
  key!: string;

  @Field(() => String, { description: "The employee, by the subject of the token." })
  subject!: string;

  @Field(() => ID, { description: "The person." })
  personId!: string;

  @Field(() => ConflictReason, { description: "Why." })
  why!: ConflictReason;
}

function payloadOf(outcome: ConflictOutcome): ProviderConflictPayload {
  if (typeof outcome !== "string") return { conflict: outcome, problems: [] };
  return { conflict: null, problems: [{ code: outcome, message: MESSAGES[outcome] }] };
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

  @Mutation(() => ProviderConflictPayload, {
    nullable: true,
    description: "Cuts an employee of your agency off from a person referred to it, from now on.",
  })
  async recordProviderConflict(
    @Arg("input", () => ProviderConflictInput, { description: "The conflict." }) input: ProviderConflictInput,
    @Ctx() { rows }: ServicesContext,
  ): Promise<ProviderConflictPayload> {
    return payloadOf(await rows.conflicts.record(input));
  }

  @Mutation(() => ProviderConflictPayload, {
    nullable: true,
    description: "Ends a conflict of your agency; one that has ended stays as it is.",
  })
  async endProviderConflict(
    @Arg("id", () => ID, { description: "The conflict." }) id: string,
    @Ctx() { rows }: ServicesContext,
  ): Promise<ProviderConflictPayload> {
    return payloadOf(await rows.conflicts.end(id));
  }
}
