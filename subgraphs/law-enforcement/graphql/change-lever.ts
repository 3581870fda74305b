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
import { LINE, PAGE, textFault, type TextFault } from "../domain/contact-form";
import type { LeverKind, PullRefusal } from "../domain/lever";
import type { PullResult, PullState } from "../domain/lever-state";
import type { Result } from "../domain/result";
import { mayPullNexus } from "../policy/lever-access";
import { nameOf, type StaleRefusal } from "../store/contacts";
import type { LeverPullRow } from "../store/entities/lever";
import { endPull, recordPull } from "../store/lever-pulls";
import { Keyed } from "./contact-inputs";
import type { LawEnforcementContext } from "./context";
import { LeverKindEnum, LeverStateEnum } from "./lever-enums";
import { LeverPull, leverFactsOf } from "./levers";
import { isUuid } from "../../../platform/store/uuid";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { toldOnce, type KeyRefusal } from "../../../platform/told-request/told-once";

type LeverProblem =
  | "NOT_FOUND"
  | "KEY_IS_NO_UUID"
  | "KIND_NOT_YOURS"
  | "OVER"
  | KeyRefusal
  | StaleRefusal
  | TextFault
  | PullRefusal;

/** Every problem there is: one that a rule can give and this list has not does not compile. */
const LeverProblemEnum: { readonly [Code in LeverProblem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  STALE: "STALE",
  KIND_NOT_YOURS: "KIND_NOT_YOURS",
  LEVEL_HAS_NO_LEVERS: "LEVEL_HAS_NO_LEVERS",
  NOT_A_LEVER: "NOT_A_LEVER",
  LEGAL_LEVER_EXISTS: "LEGAL_LEVER_EXISTS",
  IN_THE_FUTURE: "IN_THE_FUTURE",
  OVER: "OVER",
  TEXT_MISSING: "TEXT_MISSING",
  TEXT_TOO_LONG: "TEXT_TOO_LONG",
  TEXT_HAS_CONTROL_CHARACTERS: "TEXT_HAS_CONTROL_CHARACTERS",
};
registerEnumType(LeverProblemEnum, {
  name: "LeverProblem",
  description:
    "Why nothing took effect. NOT_FOUND says alike that there is no such record and that it is not the reader's to see. KIND_NOT_YOURS: what is done about a group nexus is recorded by those who see intelligence.",
});

const PullResultEnum = {
  SUCCEEDED: "succeed",
  FAILED: "fail",
  WITHDRAWN: "withdraw",
} as const satisfies Record<string, PullResult>;
registerEnumType(PullResultEnum, { name: "PullResult", description: "What came of a lever." });

@ObjectType({ description: "What was tried, as it is now recorded, or a problem." })
export class LeverResult {
  @Field(() => LeverPull, { nullable: true, description: "What was tried." })
  pull!: LeverPullRow | null;

  @Field(() => LeverProblemEnum, { nullable: true, description: "Why nothing took effect." })
  problem!: LeverProblem | null;
}

@InputType({ description: "A lever that was pulled. No text of it names or hints at a victim." })
export class RecordLeverInput extends Keyed {
  @Field(() => ID, { description: "The abusive partner." })
  personId!: string;

  @Field(() => LeverKindEnum, { description: "Which lever." })
  kind!: LeverKind;

  @Field(() => ID, {
    nullable: true,
    description: "The warrant, condition or charge; none of a group nexus and of the community.",
  })
  recordId?: string | null;

  @Field(() => String, { description: "What was tried." })
  tried!: string;

  @Field(() => DateTimeScalar, { description: "When." })
  triedAt!: Date;

  @Field(() => String, { description: "By whom." })
  triedBy!: string;
}

@InputType({ description: "What came of a lever." })
export class RecordLeverResultInput extends Keyed {
  @Field(() => ID, { description: "What was tried." })
  pullId!: string;

  @Field(() => LeverStateEnum, { description: "The state you have seen it in: STALE when it is another." })
  expects!: PullState;

  @Field(() => PullResultEnum, { description: "What came of it." })
  result!: PullResult;

  @Field(() => String, { nullable: true, description: "In words." })
  note?: string | null;
}

const refused = (problem: LeverProblem): LeverResult => ({ pull: null, problem });

async function resultOf(
  change: Result<string, { readonly code: LeverProblem }>,
  { loaders }: LawEnforcementContext,
): Promise<LeverResult> {
  if (!change.ok) return refused(change.refusal.code);
  loaders.leverPull.clear(change.value);
  const pull = await loaders.leverPull.load(change.value);
  if (pull === null) return refused("NOT_FOUND");
  loaders.pullsOfPerson.clear(pull.personId);
  return { pull, problem: null };
}

@Resolver()
export class ChangeLeverResolver {
  @Mutation(() => LeverResult, {
    nullable: true,
    description: "Records that a lever was pulled against a person at level A or B.",
  })
  async recordLever(
    @Arg("input", () => RecordLeverInput, { description: "What was tried." }) input: RecordLeverInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<LeverResult> {
    const { caller, database, loaders, now } = context;
    if (!isUuid(input.key)) return refused("KEY_IS_NO_UUID");
    const fault = textFault(input.tried, PAGE) ?? textFault(input.triedBy, LINE);
    if (fault !== null) return refused(fault);
    const person = await loaders.person.load(input.personId);
    if (person === null) return refused("NOT_FOUND");
    const { kind, tried, triedAt, triedBy } = input;
    if (kind === "group-nexus" && !mayPullNexus(caller)) return refused("KIND_NOT_YOURS");
    const facts = await leverFactsOf(person.id, loaders);
    const recordId = input.recordId?.toLowerCase() ?? null;
    const pull = { personId: person.id, kind, recordId, tried, triedAt, triedBy };
    const told = { caller, key: input.key, mutation: "recordLever", input, now };
    const recorded = await toldOnce(database, told, (manager) =>
      recordPull(manager, pull, facts, { by: nameOf(caller), now }),
    );
    return resultOf(recorded, context);
  }

  @Mutation(() => LeverResult, { nullable: true, description: "Records what came of a lever, once." })
  async recordLeverResult(
    @Arg("input", () => RecordLeverResultInput, { description: "What came of it." })
    input: RecordLeverResultInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<LeverResult> {
    const { caller, database, loaders, now } = context;
    const { expects, result, note = null } = input;
    if (!isUuid(input.key)) return refused("KEY_IS_NO_UUID");
    const fault = textFault(note, PAGE);
    if (fault !== null) return refused(fault);
    const seen = await loaders.leverPull.load(input.pullId);
    if (seen === null) return refused("NOT_FOUND");
    const told = { caller, key: input.key, mutation: "recordLeverResult", input, now };
    const ended = await toldOnce(database, told, (manager) =>
      endPull(manager, seen, { expects, result, note }, { by: nameOf(caller), now }),
    );
    return resultOf(ended, context);
  }
}
