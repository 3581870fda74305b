import { Arg, Ctx, Field, ID, Mutation, ObjectType, Resolver, registerEnumType } from "type-graphql";
import { namedFault, speakersFault, type ListFault } from "../domain/call-in-form";
import type { CallInMoveRefusal } from "../domain/call-in-state";
import { LINE, PAGE, textsFault, type HourFault, type TextFault } from "../domain/contact-form";
import type { Result } from "../domain/result";
import {
  cancelCallIn,
  inviteToCallIn,
  planCallIn,
  recordAttendance,
  type NamedRefusal,
  type NamedRefusals,
} from "../store/call-ins";
import { nameOf, type StaleRefusal } from "../store/contacts";
import type { CallInRow } from "../store/entities/call-in";
import { toldOnce, type KeyRefusal } from "../../../platform/told-request/told-once";
import { isUuid } from "../../../platform/store/uuid";
import { CallIn } from "./call-in";
import {
  CancelCallInInput,
  InviteToCallInInput,
  PlanCallInInput,
  RecordAttendanceInput,
  type InvitedInput,
} from "./call-in-inputs";
import { ContactProblemEnum, type ContactProblem } from "./contact-results";
import type { LawEnforcementContext } from "./context";
import { toldOf } from "./told";

type CallInProblem =
  | "NOT_FOUND"
  | "KEY_IS_NO_UUID"
  | "MESSENGER_WITHOUT_AGENCY"
  | "IN_THE_FUTURE"
  | KeyRefusal
  | StaleRefusal
  | TextFault
  | ListFault
  | HourFault
  | CallInMoveRefusal
  | NamedRefusals["code"];
/** Every problem there is: one that a rule can give and this list has not does not compile. */
const CallInProblemEnum: { readonly [Code in CallInProblem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  STALE: "STALE",
  MESSENGER_WITHOUT_AGENCY: "MESSENGER_WITHOUT_AGENCY",
  TEXT_MISSING: "TEXT_MISSING",
  TEXT_TOO_LONG: "TEXT_TOO_LONG",
  TEXT_HAS_CONTROL_CHARACTERS: "TEXT_HAS_CONTROL_CHARACTERS",
  NOBODY_NAMED: "NOBODY_NAMED",
  NAMED_TWICE: "NAMED_TWICE",
  TOO_MANY: "TOO_MANY",
  IN_THE_PAST: "IN_THE_PAST",
  TOO_FAR_AHEAD: "TOO_FAR_AHEAD",
  IN_THE_FUTURE: "IN_THE_FUTURE",
  HELD: "HELD",
  CALLED_OFF: "CALLED_OFF",
  REFUSED_FOR_SOME: "REFUSED_FOR_SOME",
};
registerEnumType(CallInProblemEnum, {
  name: "CallInProblem",
  description:
    "Why nothing took effect. NOT_FOUND says alike that there is no such call-in and that it is not the reader's to see. REFUSED_FOR_SOME: `named` says of each what is wrong.",
});

@ObjectType({ description: "What is wrong with one of those who were named." })
export class NamedProblem {
  @Field(() => ID, {
    nullable: true,
    description: "The person who is invited, or the contact, as it was sent.",
  })
  id!: string;

  @Field(() => ContactProblemEnum, { nullable: true, description: "What is wrong." })
  problem!: ContactProblem;
}

@ObjectType({ description: "The call-in as it now is, or a problem." })
export class CallInResult {
  @Field(() => CallIn, { nullable: true, description: "The call-in as it now is." })
  callIn!: CallInRow | null;

  @Field(() => CallInProblemEnum, { nullable: true, description: "Why nothing took effect." })
  problem!: CallInProblem | null;

  @Field(() => [NamedProblem], {
    nullable: true,
    description: "What is wrong with each of those who were named.",
  })
  named!: NamedProblem[];
}

type Change = Result<
  string,
  { readonly code: Exclude<CallInProblem, NamedRefusals["code"]> } | NamedRefusals
>;

const refused = (problem: CallInProblem): CallInResult => ({ callIn: null, problem, named: [] });
const refusedFor = (named: readonly NamedRefusal[]): CallInResult => ({
  ...refused("REFUSED_FOR_SOME"),
  named: named.map(({ id, code }) => ({ id, problem: code })),
});

/** The call-in as it is after the change, as far as the caller sees it. */
async function resultOf(change: Change, { loaders }: LawEnforcementContext): Promise<CallInResult> {
  if (!change.ok) {
    return change.refusal.code === "REFUSED_FOR_SOME"
      ? refusedFor(change.refusal.named)
      : refused(change.refusal.code);
  }
  loaders.callIn.clear(change.value);
  const callIn = await loaders.callIn.load(change.value);
  return callIn === null ? refused("NOT_FOUND") : { callIn, problem: null, named: [] };
}

/** Changes a call-in that the caller sees. */
async function change(
  context: LawEnforcementContext,
  { callInId, key }: { readonly callInId: string; readonly key: string },
  fault: CallInProblem | null,
  work: (seen: CallInRow) => Promise<CallInResult>,
): Promise<CallInResult> {
  if (!isUuid(key)) return refused("KEY_IS_NO_UUID");
  if (fault !== null) return refused(fault);
  const seen = await context.loaders.callIn.load(callInId);
  return seen === null ? refused("NOT_FOUND") : work(seen);
}

/** Those of the ids that name nothing that the caller sees, or null: he sees all. */
async function unseen(
  ids: readonly string[],
  load: (id: string) => Promise<{ readonly id: string } | null>,
): Promise<CallInResult | null> {
  const rows = await Promise.all(ids.map(load));
  const missing = ids.filter((_, index) => rows[index] === null);
  return missing.length === 0 ? null : refusedFor(missing.map((id) => ({ id, code: "NOT_FOUND" })));
}

const personsOf = (invited: readonly InvitedInput[]) => invited.map(({ personId }) => personId);
/** Ids as the database writes them. */
const written = (invited: readonly InvitedInput[]) =>
  invited.map(({ personId, level }) => ({ personId: personId.toLowerCase(), level }));

function planFault(input: PlanCallInInput): CallInProblem | null {
  const { place, speakers, invited, messenger = null, messengerAgency = null } = input;
  const texts = speakers.flatMap(({ name, role }) => [[name, LINE] as const, [role, LINE] as const]);
  if ((messenger === null) !== (messengerAgency === null)) return "MESSENGER_WITHOUT_AGENCY";
  return (
    textsFault([place, LINE], [messenger, LINE], [messengerAgency, LINE]) ??
    speakersFault(speakers) ??
    textsFault(...texts) ??
    namedFault(personsOf(invited))
  );
}

@Resolver()
export class ChangeCallInResolver {
  @Mutation(() => CallInResult, {
    nullable: true,
    description:
      "Plans a call-in, and a contact with each who is invited by the rules of every other contact: all of them, or none.",
  })
  async planCallIn(
    @Arg("input", () => PlanCallInInput, { description: "The call-in." }) input: PlanCallInInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<CallInResult> {
    const { caller, database, loaders, now, protocol } = context;
    if (!isUuid(input.key)) return refused("KEY_IS_NO_UUID");
    const fault = planFault(input);
    if (fault !== null) return refused(fault);
    const missing = await unseen(personsOf(input.invited), loaders.person.load);
    if (missing !== null) return missing;
    const { plannedFor, place, speakers, helpOffered, messenger = null, messengerAgency = null } = input;
    const callIn = { plannedFor, place, speakers, helpOffered, messenger, messengerAgency };
    const planned = await toldOnce(database, toldOf(context, "planCallIn", input), (manager) =>
      planCallIn(manager, callIn, written(input.invited), protocol, { by: nameOf(caller), now }),
    );
    return resultOf(planned, context);
  }

  @Mutation(() => CallInResult, {
    nullable: true,
    description:
      "Invites more persons to a call-in that is to come: all of them, or none. An invitation is withdrawn by `cancelContact`.",
  })
  async inviteToCallIn(
    @Arg("input", () => InviteToCallInInput, { description: "Who is invited." }) input: InviteToCallInInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<CallInResult> {
    const { caller, database, loaders, now, protocol } = context;
    return change(context, input, namedFault(personsOf(input.invited)), async (seen) => {
      const missing = await unseen(personsOf(input.invited), loaders.person.load);
      if (missing !== null) return missing;
      const told = { expects: input.expects, invited: written(input.invited) };
      const invited = await toldOnce(database, toldOf(context, "inviteToCallIn", input), (manager) =>
        inviteToCallIn(manager, seen, told, protocol, { by: nameOf(caller), now }),
      );
      return resultOf(invited, context);
    });
  }

  @Mutation(() => CallInResult, {
    nullable: true,
    description:
      "Records who came to a call-in. Whoever came without a release that held is recorded as a breach, and as nothing else.",
  })
  async recordAttendance(
    @Arg("input", () => RecordAttendanceInput, { description: "Who came." }) input: RecordAttendanceInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<CallInResult> {
    const { caller, database, loaders, now, protocol } = context;
    const { heldAt, ledBy, message = null, helpOffered, expects } = input;
    const ids = input.attendance.map(({ contactId }) => contactId);
    const fault = textsFault([ledBy, LINE], [message, PAGE]) ?? namedFault(ids);
    return change(context, input, fault, async (seen) => {
      const missing = await unseen(ids, loaders.contact.load);
      if (missing !== null) return missing;
      const attendance = input.attendance.map(({ contactId, came }) => ({
        ...{ contactId: contactId.toLowerCase(), came },
      }));
      const outcome = { madeAt: heldAt, madeBy: ledBy, place: null, message, helpOffered };
      const recorded = await toldOnce(database, toldOf(context, "recordAttendance", input), (manager) =>
        recordAttendance(manager, seen, { ...outcome, expects, attendance }, protocol, {
          ...{ by: nameOf(caller), now },
        }),
      );
      // They were looked at before they were changed.
      for (const { contactId } of attendance) loaders.contact.clear(contactId);
      return resultOf(recorded, context);
    });
  }

  @Mutation(() => CallInResult, {
    nullable: true,
    description: "Calls a call-in off, and every contact of it that is open.",
  })
  async cancelCallIn(
    @Arg("input", () => CancelCallInInput, { description: "Which one." }) input: CancelCallInInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<CallInResult> {
    const { caller, database, now } = context;
    return change(context, input, null, async (seen) => {
      const cancelled = await toldOnce(database, toldOf(context, "cancelCallIn", input), (manager) =>
        cancelCallIn(manager, seen, input.expects, { by: nameOf(caller), now }),
      );
      return resultOf(cancelled, context);
    });
  }
}
