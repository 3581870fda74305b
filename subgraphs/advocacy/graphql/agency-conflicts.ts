import { Arg, Args, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver, registerEnumType } from "type-graphql"; // prettier-ignore
import { PageArguments, newestFirst } from "../../../platform/subgraph/newest-first";
import { isUuid } from "../../../platform/store/uuid";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { ConflictProblem, ConflictReason, faultOf } from "../domain/conflict";
import type { ConflictOutcome } from "../store/conflicts";
import type { AdvocacyContext } from "./context";
import { Keyed } from "./keyed";

registerEnumType(ConflictReason, {
  name: "AgencyConflictReason",
  description: "Why somebody is cut off from your agency's records of a case.",
});
registerEnumType(ConflictProblem, {
  name: "AgencyConflictProblem",
  description: "Why nothing took effect. What you may not see and what is not there are answered alike.",
});

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

@ObjectType({ description: "The conflict as it now is, or a problem." })
export class AgencyConflictResult {
  @Field(() => AgencyConflict, { nullable: true, description: "The conflict as it now is." })
  conflict!: AgencyConflict | null;

  @Field(() => ConflictProblem, { nullable: true, description: "Why nothing took effect." })
  problem!: ConflictProblem | null;
}

@InputType({ description: "Who is cut off from your agency's records of which case." })
export class RecordAgencyConflictInput extends Keyed {
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

@InputType({ description: "A conflict that is over." })
export class EndAgencyConflictInput extends Keyed {
  @Field(() => ID, { description: "The conflict." })
  conflictId!: string;
}

function resultOf(outcome: ConflictOutcome): AgencyConflictResult {
  return typeof outcome === "string"
    ? { conflict: null, problem: outcome }
    : { conflict: outcome, problem: null };
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

  @Mutation(() => AgencyConflictResult, {
    nullable: true,
    description:
      "Cuts a colleague, or somebody whom a release could name, off from your agency's records of a case.",
  })
  async recordAgencyConflict(
    @Arg("input", () => RecordAgencyConflictInput, { description: "The conflict." })
    input: RecordAgencyConflictInput,
    @Ctx() { reader, rows, now }: AdvocacyContext,
  ): Promise<AgencyConflictResult> {
    const { key, agency, ...form } = input;
    if (!isUuid(key)) return resultOf("KEY_IS_NO_UUID");
    const told = { ...form, mutationKey: key.toLowerCase(), agency: agency ?? reader.agency };
    const fault = faultOf(told);
    if (fault !== null) return resultOf(fault);
    return resultOf((await rows.ownRecords()?.recordConflict(told, now())) ?? "NOT_FOUND");
  }

  @Mutation(() => AgencyConflictResult, {
    nullable: true,
    description: "Ends a conflict of your agency; one that has ended stays as it is.",
  })
  async endAgencyConflict(
    @Arg("input", () => EndAgencyConflictInput, { description: "Which one." })
    input: EndAgencyConflictInput,
    @Ctx() { caller, rows, now }: AdvocacyContext,
  ): Promise<AgencyConflictResult> {
    if (!isUuid(input.key)) return resultOf("KEY_IS_NO_UUID");
    const telling = { caller, key: input.key, mutation: "endAgencyConflict", input, now: now() };
    return resultOf((await rows.ownRecords()?.endConflict(input.conflictId, telling)) ?? "NOT_FOUND");
  }
}
