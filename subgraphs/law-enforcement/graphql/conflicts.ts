import {
  Arg,
  Args,
  Ctx,
  Field,
  ID,
  InputType,
  ObjectType,
  Query,
  Resolver,
  registerEnumType,
} from "type-graphql";
import { Mutation } from "type-graphql";
import type { EntityManager } from "typeorm";
import type { ConflictReason } from "../domain/conflict";
import { LINE, textsFault, type TextFault } from "../domain/contact-form";
import { accept, refuse, type Result } from "../domain/result";
import { addConflict, endConflict, conflictsAfter } from "../store/conflicts";
import { nameOf } from "../store/contacts";
import { ConflictOfInterestRow } from "../store/entities/conflict";
import { Keyed } from "./contact-inputs";
import type { LawEnforcementContext } from "./context";
import { isInstant, PageArguments, type Place, readPage } from "./pages";
import { toldOf } from "./told";
import { isUuid } from "../../../platform/store/uuid";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { toldOnce, type KeyRefusal } from "../../../platform/told-request/told-once";

const ConflictReasonEnum = {
  PARTY: "party",
  RELATED: "related",
  NAMED_EMPLOYEE: "named-employee",
} as const satisfies Record<string, ConflictReason>;
registerEnumType(ConflictReasonEnum, {
  name: "ConflictReason",
  description:
    "Why somebody is cut off. PARTY and RELATED: from the abusive partner and all his cases and victims. NAMED_EMPLOYEE: from the case and its victim.",
});

type ConflictProblem =
  "NOT_FOUND" | "CASE_OR_PERSON" | "NAMED_EMPLOYEE_NEEDS_CASE" | "KEY_IS_NO_UUID" | KeyRefusal | TextFault;
const ConflictProblemEnum: { readonly [Code in ConflictProblem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  CASE_OR_PERSON: "CASE_OR_PERSON",
  NAMED_EMPLOYEE_NEEDS_CASE: "NAMED_EMPLOYEE_NEEDS_CASE",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  TEXT_MISSING: "TEXT_MISSING",
  TEXT_TOO_LONG: "TEXT_TOO_LONG",
  TEXT_HAS_CONTROL_CHARACTERS: "TEXT_HAS_CONTROL_CHARACTERS",
};
registerEnumType(ConflictProblemEnum, {
  name: "ConflictProblem",
  description:
    "Why nothing took effect. NOT_FOUND says alike that there is no such record and that it is not the reader's to see.",
});

const BY_AGE: Place<ConflictOfInterestRow> = {
  of: ({ recordedAt, id }) => [recordedAt.toISOString(), id],
  shape: [isInstant, isUuid],
};

@ObjectType({
  description: "An employee of a partner who is cut off from a case or a person. He never learns of it.",
})
export class ConflictOfInterest {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => String, { description: "The employee's agency, by its id as a partner of the site." })
  agency!: string;

  @Field(() => String, { description: "The employee, by the subject of his token." })
  subject!: string;

  @Field(() => ID, { nullable: true, description: "The case; null: it is about a person." })
  caseId!: string | null;

  @Field(() => ID, { nullable: true, description: "The abusive partner; null: it is about a case." })
  personId!: string | null;

  @Field(() => ConflictReasonEnum, { description: "Why." })
  why!: ConflictReason;

  @Field(() => String, { description: "Who recorded it: subject@agency." })
  recordedBy!: string;

  @Field(() => DateTimeScalar, { description: "When it was recorded." })
  recordedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it ended; null: it holds." })
  endedAt!: Date | null;
}

@ObjectType({ description: "One page of conflicts." })
export class ConflictPage {
  @Field(() => [ConflictOfInterest], { description: "Oldest first." })
  conflicts!: ConflictOfInterest[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { description: "Whether there is more." })
  hasNextPage!: boolean;
}

@ObjectType({ description: "What came of it: a conflict, or a problem." })
export class ConflictResult {
  @Field(() => ConflictOfInterest, { nullable: true, description: "The conflict as it is now recorded." })
  conflict!: ConflictOfInterest | null;

  @Field(() => ConflictProblemEnum, { nullable: true, description: "Why nothing took effect." })
  problem!: ConflictProblem | null;
}

@InputType({ description: "Who is cut off, from what, and why." })
export class RecordConflictInput extends Keyed {
  @Field(() => String, { description: "The employee's agency, by its id as a partner of the site." })
  agency!: string;

  @Field(() => String, { description: "The employee, by the subject of his token." })
  subject!: string;

  @Field(() => ID, { nullable: true, description: "The case; or else the person." })
  caseId?: string | null;

  @Field(() => ID, { nullable: true, description: "The abusive partner; or else the case." })
  personId?: string | null;

  @Field(() => ConflictReasonEnum, { description: "Why." })
  why!: ConflictReason;
}

@InputType({ description: "A conflict that is over." })
export class EndConflictInput extends Keyed {
  @Field(() => ID, { description: "The conflict." })
  conflictId!: string;
}

const refused = (problem: ConflictProblem): ConflictResult => ({ conflict: null, problem });

/** What is wrong with the telling itself, whatever is recorded. */
function faultOf({
  key,
  agency,
  subject,
  caseId,
  personId,
  why,
}: RecordConflictInput): ConflictProblem | null {
  if (!isUuid(key)) return "KEY_IS_NO_UUID";
  const fault = textsFault([agency, LINE], [subject, LINE]);
  if (fault !== null) return fault;
  if ((caseId == null) === (personId == null)) return "CASE_OR_PERSON";
  return why === "named-employee" && caseId == null ? "NAMED_EMPLOYEE_NEEDS_CASE" : null;
}

/** Does a work once for each telling; the conflict as it then is. */
async function done(
  context: LawEnforcementContext,
  mutation: string,
  input: Keyed,
  work: (manager: EntityManager) => Promise<Result<string, { readonly code: ConflictProblem }>>,
): Promise<ConflictResult> {
  const told = await toldOnce(context.database, toldOf(context, mutation, input), work);
  if (!told.ok) return refused(told.refusal.code);
  const { manager } = context.database;
  return {
    conflict: await manager.findOneByOrFail(ConflictOfInterestRow, { id: told.value }),
    problem: null,
  };
}

@Resolver()
export class ConflictResolver {
  @Query(() => ConflictPage, {
    nullable: true,
    description:
      "The conflicts, ended ones too, about cases and persons whom the reader may see, never one about the reader.",
  })
  async conflicts(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { database, caller, now }: LawEnforcementContext,
  ): Promise<ConflictPage> {
    const { rows, endCursor, hasNextPage } = await readPage(page, BY_AGE, (after, limit) =>
      conflictsAfter(database.manager, { caller, now, after, limit }),
    );
    return { conflicts: rows, endCursor, hasNextPage };
  }

  @Mutation(() => ConflictResult, {
    nullable: true,
    description: "Cuts an employee of a partner off from a case or a person, from now on.",
  })
  async recordConflict(
    @Arg("input", () => RecordConflictInput, { description: "The conflict." }) input: RecordConflictInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<ConflictResult> {
    const { caller, loaders, now } = context;
    const fault = faultOf(input);
    if (fault !== null) return refused(fault);
    const { agency, subject, why } = input;
    const file = input.caseId == null ? null : await loaders.case.load(input.caseId);
    const person = input.personId == null ? null : await loaders.person.load(input.personId);
    const about = { caseId: file?.id ?? null, personId: person?.id ?? null };
    if (about.caseId === null && about.personId === null) return refused("NOT_FOUND");
    const told = { agency, subject, why, ...about, recordedBy: nameOf(caller) };
    return done(context, "recordConflict", input, async (manager) => ({
      ok: true,
      value: await addConflict(manager, told, now),
    }));
  }

  @Mutation(() => ConflictResult, {
    nullable: true,
    description: "Ends a conflict; one that has ended stays as it is.",
  })
  async endConflict(
    @Arg("input", () => EndConflictInput, { description: "Which one." }) input: EndConflictInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<ConflictResult> {
    const { caller, now } = context;
    const { key, conflictId } = input;
    if (!isUuid(key)) return refused("KEY_IS_NO_UUID");
    if (!isUuid(conflictId)) return refused("NOT_FOUND");
    return done(context, "endConflict", input, async (manager) => {
      const ended = await endConflict(manager, conflictId, caller, now);
      return ended === null ? refuse({ code: "NOT_FOUND" }) : accept(ended.id);
    });
  }
}
