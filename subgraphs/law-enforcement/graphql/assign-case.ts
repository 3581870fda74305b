import {
  Arg,
  Ctx,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  registerEnumType,
} from "type-graphql";
import { isUuid } from "../../../platform/store/uuid";
import { toldOnce, type KeyRefusal } from "../../../platform/told-request/told-once";
import { assignCase, type AssignRefusal } from "../store/assign-case";
import type { CaseFileRow } from "../store/entities/case-file";
import { Case } from "./cases";
import type { LawEnforcementContext } from "./context";

type Problem = "NOT_FOUND" | "KEY_IS_NO_UUID" | KeyRefusal | AssignRefusal;
/** Every problem there is: one that a rule can give and this list has not does not compile. */
const AssignCaseProblem: { readonly [Code in Problem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  AGENCY_UNKNOWN: "AGENCY_UNKNOWN",
  STALE: "STALE",
};
registerEnumType(AssignCaseProblem, {
  name: "AssignCaseProblem",
  description:
    "Why nothing took effect. NOT_FOUND says alike that there is no such case and that it is not the reader's to see.",
});

@InputType({ description: "Which community advocacy agency works with the victim of a case." })
export class AssignCaseInput {
  @Field(() => ID, { description: "A UUID of your own for this request: told twice, it is done once." })
  key!: string;

  @Field(() => ID, { description: "The case." })
  caseId!: string;

  @Field(() => String, {
    nullable: true,
    description: "The agency you have seen it assigned to; STALE when it is another.",
  })
  expects?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The agency, by its id as a partner of the site; none: the assignment is withdrawn.",
  })
  agency?: string | null;
}

@ObjectType({ description: "The case as it now is, or a problem." })
export class AssignCaseResult {
  @Field(() => Case, { nullable: true, description: "The case as it now is." })
  case!: CaseFileRow | null;

  @Field(() => AssignCaseProblem, { nullable: true, description: "Why nothing took effect." })
  problem!: Problem | null;
}

@Resolver()
export class AssignCaseResolver {
  @Mutation(() => AssignCaseResult, {
    nullable: true,
    description:
      "Assigns a case to a community advocacy agency, or withdraws it: from then on its advocates, and no others, see it.",
  })
  async assignCase(
    @Arg("input", () => AssignCaseInput, { description: "Which case, to whom." }) input: AssignCaseInput,
    @Ctx() { advocacyAgencies, caller, database, loaders, now }: LawEnforcementContext,
  ): Promise<AssignCaseResult> {
    const refused = (problem: Problem) => ({ case: null, problem });
    const { key, caseId, agency = null, expects = null } = input;
    if (!isUuid(key)) return refused("KEY_IS_NO_UUID");
    const seen = await loaders.case.load(caseId);
    if (seen === null) return refused("NOT_FOUND");
    const told = { caseId: seen.id, agency, expects };
    const outcome = await toldOnce(database, { caller, key, mutation: "assignCase", input, now }, (manager) =>
      assignCase(manager, told, advocacyAgencies, now),
    );
    if (!outcome.ok) return refused(outcome.refusal.code);
    loaders.case.clear(seen.id);
    loaders.casesOfPerson.clear(seen.personId);
    return { case: await loaders.case.load(seen.id), problem: null };
  }
}
