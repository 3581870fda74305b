import { Arg, Args, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver, registerEnumType } from "type-graphql"; // prettier-ignore
import { PageArguments, newestFirst } from "../../../platform/subgraph/newest-first";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { ConflictProblem, ConflictReason, problemsOf } from "../domain/conflict";
import type { ConflictOutcome } from "../store/conflicts";
import type { AdvocacyContext } from "./context";

registerEnumType(ConflictReason, {
  name: "AgencyConflictReason",
  description: "Why somebody is cut off from your agency's records of a case.",
});
registerEnumType(ConflictProblem, {
  name: "AgencyConflictProblemCode",
  description: "Why nothing took effect. What you may not see and what is not there are answered alike.",
});

const MESSAGES: Record<ConflictProblem, string> = {
  CASE_NOT_FOUND: "No such case is assigned to your agency.",
  CONFLICT_NOT_FOUND: "Your agency has no such conflict.",
  NOBODY_NAMED: "Name the person by agency and by the subject of the token.",
  MUTATION_KEY_NOT_VALID: "A mutation key is 8 to 100 letters, digits and signs, such as a UUID.",
  MUTATION_KEY_ALREADY_USED: "You have used this key before, for something else.",
};

@ObjectType({
  description: "Somebody who is cut off from your agency's records of a case, and never learns of it.",
})
export class AgencyConflict {
  @Field(() => ID, { description: "The agency's own opaque id." })
  id!: string;

  @Field(() => String, { description: "The person's agency, by its id as a partner of the site." })
  agency!: string;

  @Field(() => String, { description: "The person, by the subject of the token." })
  subject!: string;

  @Field(() => ID, { description: "The case." })
  caseId!: string;

  @Field(() => ConflictReason, { description: "Why." })
  why!: ConflictReason;

  @Field(() => String, { description: "Who recorded it, by the subject of the advocate's token." })
  recordedBy!: string;

  @Field(() => DateTimeScalar, { description: "When it was recorded." })
  recordedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it ended; null: it holds." })
  endedAt!: Date | null;
}

@ObjectType({ description: "One page of the conflicts that your agency recorded." })
export class AgencyConflictPage {
  @Field(() => [AgencyConflict], { description: "The conflicts, newest first." })
  conflicts!: AgencyConflict[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { description: "Whether there is more." })
  hasNextPage!: boolean;
}

@ObjectType({ description: "Why nothing took effect." })
export class AgencyConflictProblem {
  @Field(() => ConflictProblem, { description: "For programs." })
  code!: ConflictProblem;

  @Field(() => String, { description: "For people." })
  message!: string;
}

@ObjectType({
  description: "The conflict as it is now recorded, or the problems for which nothing took effect.",
})
export class AgencyConflictPayload {
  @Field(() => AgencyConflict, { nullable: true, description: "The conflict." })
  conflict!: AgencyConflict | null;

  @Field(() => [AgencyConflictProblem], { description: "Empty when it took effect." })
  problems!: AgencyConflictProblem[];
}

@InputType({ description: "Who is cut off from your agency's records of which case." })
export class AgencyConflictInput {
  @Field(() => String, {
    description: "Made by your program, once per conflict: sent again, nothing doubles.",
  })
  clientMutationKey!: string;

  @Field(() => String, {
    nullable: true,
    description: "The person's agency, by its id as a partner of the site; null: your own.",
  })
  agency?: string | null;

  @Field(() => String, { description: "The person, by the subject of the token." })
  subject!: string;

  @Field(() => ID, { description: "The case." })
  caseId!: string;

  @Field(() => ConflictReason, { description: "Why." })
  why!: ConflictReason;
}

function payloadOf(outcome: ConflictOutcome | readonly ConflictProblem[]): AgencyConflictPayload {
  if (typeof outcome === "object" && "id" in outcome) return { conflict: outcome, problems: [] };
  const codes = typeof outcome === "string" ? [outcome] : outcome;
  return { conflict: null, problems: codes.map((code) => ({ code, message: MESSAGES[code] })) };
}

@Resolver()
export class AgencyConflictsResolver {
  @Query(() => AgencyConflictPage, {
    nullable: true,
    description: "The conflicts that your agency recorded, ended ones too, never one about you.",
  })
  async agencyConflicts(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows }: AdvocacyContext,
  ): Promise<AgencyConflictPage> {
    const own = rows.ownRecords();
    const { rows: conflicts, ...rest } = await newestFirst(
      page,
      async (after, limit) => (await own?.conflicts(after, limit)) ?? [],
    );
    return { conflicts, ...rest };
  }

  @Mutation(() => AgencyConflictPayload, {
    nullable: true,
    description:
      "Cuts a colleague, or somebody whom a release could name, off from your agency's records of a case.",
  })
  async recordAgencyConflict(
    @Arg("input", () => AgencyConflictInput, { description: "The conflict." }) input: AgencyConflictInput,
    @Ctx() { reader, rows, now }: AdvocacyContext,
  ): Promise<AgencyConflictPayload> {
    const { clientMutationKey: mutationKey, agency, ...form } = input;
    const told = { ...form, mutationKey, agency: agency ?? reader.agency };
    const problems = problemsOf(told);
    if (problems.length > 0) return payloadOf(problems);
    return payloadOf((await rows.ownRecords()?.recordConflict(told, now())) ?? "CASE_NOT_FOUND");
  }

  @Mutation(() => AgencyConflictPayload, {
    nullable: true,
    description: "Ends a conflict of your agency; one that has ended stays as it is.",
  })
  async endAgencyConflict(
    @Arg("conflictId", () => ID, { description: "The conflict." }) conflictId: string,
    @Ctx() { rows, now }: AdvocacyContext,
  ): Promise<AgencyConflictPayload> {
    return payloadOf((await rows.ownRecords()?.endConflict(conflictId, now())) ?? "CONFLICT_NOT_FOUND");
  }
}
