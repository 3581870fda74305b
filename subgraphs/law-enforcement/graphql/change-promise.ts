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
import { PAGE, textFault, type TextFault } from "../domain/contact-form";
import type { MakeRefusal, Promised as Kind, PromisedTo as To, PromiseEvent, PromiseState as State, SettleRefusal } from "../domain/promise"; // prettier-ignore
import type { Result } from "../domain/result";
import { nameOf, type StaleRefusal } from "../store/contacts";
import type { SanctionPromiseRow } from "../store/entities/contact";
import { makePromise, settlePromise } from "../store/promises";
import { Keyed } from "./contact-inputs";
import type { LawEnforcementContext } from "./context";
import { Promised, PromisedTo, PromiseState } from "./enums";
import { SanctionPromise } from "./promises";
import { isUuid } from "../../../platform/store/uuid";
import { DateScalar } from "../../../platform/subgraph/scalars";
import { toldOnce, type KeyRefusal } from "../../../platform/told-request/told-once";

type PromiseProblem =
  "NOT_FOUND" | "KEY_IS_NO_UUID" | KeyRefusal | StaleRefusal | TextFault | MakeRefusal | SettleRefusal;

/** Every problem there is: one that a rule can give and this list has not does not compile. */
const PromiseProblemEnum: { readonly [Code in PromiseProblem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  STALE: "STALE",
  TEXT_MISSING: "TEXT_MISSING",
  TEXT_TOO_LONG: "TEXT_TOO_LONG",
  TEXT_HAS_CONTROL_CHARACTERS: "TEXT_HAS_CONTROL_CHARACTERS",
  VICTIM_WITHOUT_CASE: "VICTIM_WITHOUT_CASE",
  PROTECTION_TO_OFFENDER: "PROTECTION_TO_OFFENDER",
  UNKNOWN_AGENCY: "UNKNOWN_AGENCY",
  IN_THE_PAST: "IN_THE_PAST",
  TOO_FAR_AHEAD: "TOO_FAR_AHEAD",
  OVER: "OVER",
  NOT_THE_OWNER: "NOT_THE_OWNER",
};
registerEnumType(PromiseProblemEnum, {
  name: "PromiseProblem",
  description:
    "Why nothing took effect. NOT_FOUND says alike that there is no such record and that it is not the reader's to see. NOT_THE_OWNER: the agency that owns a promise settles it, or a coordinator.",
});

@ObjectType({ description: "The promise as it now is, or a problem." })
export class PromiseResult {
  @Field(() => SanctionPromise, { nullable: true, description: "The promise as it now is." })
  promise!: SanctionPromiseRow | null;

  @Field(() => PromiseProblemEnum, { nullable: true, description: "Why nothing took effect." })
  problem!: PromiseProblem | null;
}

@InputType({ description: "A promise of the partnership." })
export class MakePromiseInput extends Keyed {
  @Field(() => ID, { description: "The abusive partner whom it is about." })
  personId!: string;

  @Field(() => PromisedTo, { description: "To whom it is made." })
  promisedTo!: To;

  @Field(() => Promised, { description: "Of what." })
  promised!: Kind;

  @Field(() => ID, {
    nullable: true,
    description: "The case it is about; never left out of one to a victim.",
  })
  caseId?: string | null;

  @Field(() => String, { description: "What is promised." })
  text!: string;

  @Field(() => String, { description: "The agency that keeps it, by its id as a partner of the site." })
  ownerAgency!: string;

  @Field(() => DateScalar, { description: "The day it is due: to come, and within two years." })
  dueOn!: string;
}

@InputType({ description: "A promise that is settled." })
export class SettlePromiseInput extends Keyed {
  @Field(() => ID, { description: "The promise." })
  promiseId!: string;

  @Field(() => PromiseState, { description: "The state you have seen it in: STALE when it is another." })
  expects!: State;

  @Field(() => String, { nullable: true, description: "How it was kept, or why it was not." })
  note?: string | null;
}

const refused = (problem: PromiseProblem): PromiseResult => ({ promise: null, problem });

async function resultOf(
  change: Result<string, { readonly code: PromiseProblem }>,
  { loaders }: LawEnforcementContext,
): Promise<PromiseResult> {
  if (!change.ok) return refused(change.refusal.code);
  loaders.promise.clear(change.value);
  const promise = await loaders.promise.load(change.value);
  if (promise === null) return refused("NOT_FOUND");
  loaders.promisesOfPerson.clear(promise.personId);
  return { promise, problem: null };
}

async function settle(
  context: LawEnforcementContext,
  mutation: string,
  event: PromiseEvent,
  input: SettlePromiseInput,
): Promise<PromiseResult> {
  const { caller, database, loaders, now } = context;
  const { expects, note = null } = input;
  if (!isUuid(input.key)) return refused("KEY_IS_NO_UUID");
  const fault = textFault(note, PAGE);
  if (fault !== null) return refused(fault);
  const seen = await loaders.promise.load(input.promiseId);
  if (seen === null) return refused("NOT_FOUND");
  const settler = { agency: caller.agency, isCoordinator: caller.roles.includes("coordinator") };
  const told = { caller, key: input.key, mutation, input, now };
  const settled = await toldOnce(database, told, (manager) =>
    settlePromise(manager, seen, { expects, event, note }, { by: nameOf(caller), now, settler }),
  );
  return resultOf(settled, context);
}

@Resolver()
export class ChangePromiseResolver {
  @Mutation(() => PromiseResult, { nullable: true, description: "Says that a promise was kept." })
  keepPromise(
    @Arg("input", () => SettlePromiseInput, { description: "Which one." }) input: SettlePromiseInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<PromiseResult> {
    return settle(context, "keepPromise", "keep", input);
  }

  @Mutation(() => PromiseResult, { nullable: true, description: "Says that a promise was broken." })
  breakPromise(
    @Arg("input", () => SettlePromiseInput, { description: "Which one." }) input: SettlePromiseInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<PromiseResult> {
    return settle(context, "breakPromise", "break", input);
  }

  @Mutation(() => PromiseResult, {
    nullable: true,
    description: "Takes back a promise that is not due to be kept.",
  })
  withdrawPromise(
    @Arg("input", () => SettlePromiseInput, { description: "Which one." }) input: SettlePromiseInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<PromiseResult> {
    return settle(context, "withdrawPromise", "withdraw", input);
  }

  @Mutation(() => PromiseResult, {
    nullable: true,
    description: "Enters a promise into the ledger, with its owner and its day.",
  })
  async makePromise(
    @Arg("input", () => MakePromiseInput, { description: "The promise." }) input: MakePromiseInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<PromiseResult> {
    const { agencies, caller, database, loaders, now } = context;
    if (!isUuid(input.key)) return refused("KEY_IS_NO_UUID");
    const fault = textFault(input.text, PAGE);
    if (fault !== null) return refused(fault);
    const person = await loaders.person.load(input.personId);
    const file = input.caseId == null ? null : await loaders.case.load(input.caseId);
    if (person === null || (input.caseId != null && file?.personId !== person.id))
      return refused("NOT_FOUND");
    const { promisedTo, promised, text, ownerAgency, dueOn } = input;
    const promise = {
      personId: person.id,
      caseId: file?.id ?? null,
      promisedTo,
      promised,
      text,
      ownerAgency,
      dueOn,
    };
    const told = { caller, key: input.key, mutation: "makePromise", input, now };
    const made = await toldOnce(database, told, (manager) =>
      makePromise(manager, promise, agencies, { by: nameOf(caller), now }),
    );
    return resultOf(made, context);
  }
}
