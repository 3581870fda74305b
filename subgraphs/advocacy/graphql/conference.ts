import {
  Arg,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
  registerEnumType,
} from "type-graphql";
import type { ActionState } from "../../../platform/conference-action/action";
import type { ConferenceActionRow } from "../../../platform/conference-action/action-row";
import { DateScalar, DateTimeScalar } from "../../../platform/subgraph/scalars";
import { isUuid } from "../../../platform/store/uuid";
import type { KeyRefusal } from "../../../platform/told-request/told-once";
import { textFault } from "../domain/plain-text";
import { Case } from "./case";
import type { AdvocacyContext } from "./context";

type Problem =
  | "NOT_FOUND"
  | "KEY_IS_NO_UUID"
  | KeyRefusal
  | "TEXT_MISSING"
  | "TEXT_TOO_LONG"
  | "TEXT_HAS_CONTROL_CHARACTERS"
  | "IN_THE_PAST"
  | "TOO_FAR_AHEAD"
  | "OVER";
/** Every problem there is: one that a rule can give and this list has not does not compile. */
const AdvocacyActionProblem: { readonly [Code in Problem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  TEXT_MISSING: "TEXT_MISSING",
  TEXT_TOO_LONG: "TEXT_TOO_LONG",
  TEXT_HAS_CONTROL_CHARACTERS: "TEXT_HAS_CONTROL_CHARACTERS",
  IN_THE_PAST: "IN_THE_PAST",
  TOO_FAR_AHEAD: "TOO_FAR_AHEAD",
  OVER: "OVER",
};
registerEnumType(AdvocacyActionProblem, {
  name: "AdvocacyActionProblem",
  description:
    "Why nothing took effect. NOT_FOUND says alike that there is no such record and that it is not the reader's to see.",
});

const AdvocacyActionState = { OPEN: "open", DONE: "done", DROPPED: "dropped" } as const;
registerEnumType(AdvocacyActionState, {
  name: "AdvocacyActionState",
  description: "Where an action stands.",
});

/** A conference, as the advocacy agencies know it: by the hub's opaque id. */
@ObjectType({ description: "A meeting of the partners about the cases that are new, moved or open." })
@Directive('@key(fields: "id")')
export class Conference {
  @Field(() => ID, { description: "Opaque." })
  id!: string;
}

@ObjectType({ description: "What an advocacy agency took on at a conference; nobody else sees it." })
export class AdvocacyAction {
  @Field(() => ID, { description: "The agency's own opaque id." })
  id!: string;

  @Field(() => String, { description: "What is to be done." })
  text!: string;

  @Field(() => String, { description: "Who does it, by the subject of the advocate's token." })
  owner!: string;

  @Field(() => DateScalar, { description: "By when." })
  dueOn!: string;

  @Field(() => AdvocacyActionState, { description: "Where it stands." })
  state!: ActionState;

  @Field(() => String, { description: "Who recorded it, by the subject of the advocate's token." })
  recordedBy!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When it was done or dropped; null: it is open.",
  })
  closedAt!: Date | null;
}

@InputType({ description: "What your agency takes on at a conference." })
export class AddAdvocacyActionInput {
  @Field(() => ID, { description: "A UUID of your own for this request: told twice, it is done once." })
  key!: string;

  @Field(() => ID, { description: "The conference." })
  conferenceId!: string;

  @Field(() => ID, { nullable: true, description: "The case it is about, if it is about one." })
  caseId?: string | null;

  @Field(() => String, { description: "What is to be done." })
  text!: string;

  @Field(() => String, { description: "Who does it: the subject of a token of your agency." })
  owner!: string;

  @Field(() => DateScalar, { description: "By when; within a year." })
  dueOn!: string;
}

@InputType({ description: "An action of your agency that is over." })
export class EndAdvocacyActionInput {
  @Field(() => ID, { description: "A UUID of your own for this request: told twice, it is done once." })
  key!: string;

  @Field(() => ID, { description: "The action." })
  actionId!: string;

  @Field(() => Boolean, { description: "Whether it was done; otherwise it is dropped." })
  done!: boolean;
}

@ObjectType({ description: "The action as it now is, or a problem." })
export class AdvocacyActionResult {
  @Field(() => AdvocacyAction, { nullable: true, description: "The action as it now is." })
  action!: ConferenceActionRow | null;

  @Field(() => AdvocacyActionProblem, { nullable: true, description: "Why nothing took effect." })
  problem!: Problem | null;
}

/** Characters: a line of a form. */
const LINE = 200;

const refused = (problem: Problem): AdvocacyActionResult => ({ action: null, problem });

@Resolver(() => Conference)
export class ConferenceActionsResolver {
  @FieldResolver(() => [AdvocacyAction], {
    nullable: true,
    description: "What the reader's own agency took on, next due first.",
  })
  async advocacyActions(
    @Root() { id }: Conference,
    @Ctx() { rows }: AdvocacyContext,
  ): Promise<ConferenceActionRow[] | null> {
    return (await rows.ownActions()?.ofConference(id)) ?? null;
  }

  @Mutation(() => AdvocacyActionResult, {
    nullable: true,
    description: "Adds what the reader's agency takes on at a conference. It stays in her agency.",
  })
  async addAdvocacyAction(
    @Arg("input", () => AddAdvocacyActionInput, { description: "The action." })
    input: AddAdvocacyActionInput,
    @Ctx() { caller, reader, rows, now }: AdvocacyContext,
  ): Promise<AdvocacyActionResult> {
    const { key, conferenceId, caseId, text, owner, dueOn } = input;
    const own = rows.ownActions();
    if (!isUuid(key)) return refused("KEY_IS_NO_UUID");
    const fault = textFault(text, LINE) ?? textFault(owner, LINE);
    if (fault !== null) return refused(fault);
    const about = caseId == null ? null : ((await rows.ownRecords()?.own(caseId)) ?? undefined);
    if (!own || about === undefined || !isUuid(conferenceId)) return refused("NOT_FOUND");
    const told = { conferenceId, aboutId: about?.caseId ?? null, text, owner, dueOn };
    const telling = { caller, key, mutation: "addAdvocacyAction", input, now: now() };
    const done = await own.add(told, telling, reader.subject);
    return done.ok ? { action: await own.find(done.value), problem: null } : refused(done.refusal.code);
  }

  @Mutation(() => AdvocacyActionResult, {
    nullable: true,
    description: "Says that an action of the reader's agency was done, or is dropped.",
  })
  async endAdvocacyAction(
    @Arg("input", () => EndAdvocacyActionInput, { description: "Which one." })
    input: EndAdvocacyActionInput,
    @Ctx() { caller, reader, rows, now }: AdvocacyContext,
  ): Promise<AdvocacyActionResult> {
    const { key, actionId, done } = input;
    if (!isUuid(key)) return refused("KEY_IS_NO_UUID");
    const own = rows.ownActions();
    if (!own || (await own.find(actionId)) === null) return refused("NOT_FOUND");
    const telling = { caller, key, mutation: "endAdvocacyAction", input, now: now() };
    const ended = await own.end(actionId, done ? "finish" : "drop", telling, reader.subject);
    return ended.ok ? { action: await own.find(ended.value), problem: null } : refused(ended.refusal.code);
  }
}

@Resolver(() => AdvocacyAction)
export class AdvocacyActionResolver {
  @FieldResolver(() => Case, { nullable: true, description: "The case it is about; null: it is about none." })
  case(@Root() { aboutId }: ConferenceActionRow): Case | null {
    return aboutId === null ? null : { id: aboutId };
  }
}
