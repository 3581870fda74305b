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
import { DateScalar, DateTimeScalar } from "../../../platform/subgraph/scalars";
import type { KeyRefusal } from "../../../platform/told-request/told-once";
import { overdueBefore } from "../domain/help-promise";
import type { TextFault } from "../domain/told-text";
import type { Done } from "../policy/actor";
import type { Shown } from "../policy/disclosed";
import type { RowAccess } from "../policy/row-access";
import type { ServicesActionRow } from "../store/entities/services-action";
import type { ServicesContext } from "./context";
import { Keyed } from "./keyed";
import { Person } from "./person";

type Problem =
  "NOT_FOUND" | "KEY_IS_NO_UUID" | KeyRefusal | TextFault | "IN_THE_PAST" | "TOO_FAR_AHEAD" | "OVER";
/** Every problem there is: one that a rule can give and this list has not does not compile. */
const ServicesActionProblem: { readonly [Code in Problem]: Code } = {
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
registerEnumType(ServicesActionProblem, {
  name: "ServicesActionProblem",
  description:
    "Why nothing took effect. NOT_FOUND says alike that there is no such record and that it is not the reader's to see.",
});

const ServicesActionState = { OPEN: "open", DONE: "done", DROPPED: "dropped" } as const;
registerEnumType(ServicesActionState, {
  name: "ServicesActionState",
  description: "Where an action stands.",
});

/** A conference, as the services know it: by the hub's opaque id. */
@ObjectType({ description: "A meeting of the partners about the cases that are new, moved or open." })
@Directive('@key(fields: "id")')
export class Conference {
  @Field(() => ID, { description: "Opaque." })
  id!: string;
}

@ObjectType({ description: "What a provider took on at a conference." })
export class ServicesAction {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => String, { description: "What is to be done." })
  text!: string;

  @Field(() => String, { description: "The provider's agency, by its id." })
  ownerAgency!: string;

  @Field(() => String, { description: "Who does it, by the subject of his token." })
  owner!: string;

  @Field(() => DateScalar, { description: "By when." })
  dueOn!: string;

  @Field(() => ServicesActionState, { description: "Where it stands." })
  state!: ActionState;

  @Field(() => String, { description: "Who recorded it: subject@agency." })
  recordedBy!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When it was done or dropped; null: it is open.",
  })
  closedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Must be passed on with this record (42 CFR Part 2)." })
  redisclosureNotice!: string | null;
}

@InputType({ description: "What your agency takes on at a conference." })
export class AddServicesActionInput extends Keyed {
  @Field(() => ID, { description: "The conference." })
  conferenceId!: string;

  @Field(() => ID, {
    nullable: true,
    description: "Whom it is about, by the handle that you read with him (Person.handle), if about anybody.",
  })
  person?: string | null;

  @Field(() => String, { description: "What is to be done, in a line." })
  text!: string;

  @Field(() => String, { description: "Who does it: the subject of a token of your agency." })
  owner!: string;

  @Field(() => DateScalar, { description: "By when; within a year." })
  dueOn!: string;
}

@InputType({ description: "An action of your agency that is over." })
export class EndServicesActionInput extends Keyed {
  @Field(() => ID, { description: "The action." })
  actionId!: string;

  @Field(() => Boolean, { description: "Whether it was done; otherwise it is dropped." })
  done!: boolean;
}

@ObjectType({ description: "The action as it now is, or a problem." })
export class ServicesActionResult {
  @Field(() => ServicesAction, { nullable: true, description: "The action as it now is." })
  action!: object | null;

  @Field(() => ServicesActionProblem, { nullable: true, description: "Why nothing took effect." })
  problem!: Problem | null;
}

async function resultOf(done: Done<Problem>, rows: RowAccess): Promise<ServicesActionResult> {
  if (!done.ok) return { action: null, problem: done.refusal.code };
  return { action: await rows.conferenceActions.find(done.value), problem: null };
}

@Resolver(() => Conference)
export class ConferenceActionsResolver {
  @FieldResolver(() => [ServicesAction], {
    nullable: true,
    description: "What providers took on, next due first; a provider's are those of his agency.",
  })
  servicesActions(@Root() { id }: Conference, @Ctx() { rows }: ServicesContext) {
    return rows.conferenceActions.ofConference(id);
  }

  @Mutation(() => ServicesActionResult, {
    nullable: true,
    description: "Adds what the reader's agency takes on at a conference.",
  })
  async addServicesAction(
    @Arg("input", () => AddServicesActionInput, { description: "The action." }) input: AddServicesActionInput,
    @Ctx() { rows }: ServicesContext,
  ): Promise<ServicesActionResult> {
    return resultOf(await rows.conferenceActions.add({ ...input, person: input.person ?? null }), rows);
  }

  @Mutation(() => ServicesActionResult, {
    nullable: true,
    description: "Says that an action of the reader's agency was done, or is dropped.",
  })
  async endServicesAction(
    @Arg("input", () => EndServicesActionInput, { description: "Which one." }) input: EndServicesActionInput,
    @Ctx() { rows }: ServicesContext,
  ): Promise<ServicesActionResult> {
    return resultOf(await rows.conferenceActions.end(input), rows);
  }
}

@Resolver(() => ServicesAction)
export class ServicesActionResolver {
  @FieldResolver(() => Person, { nullable: true, description: "Whom it is about; null: it is about nobody." })
  person(@Root() { aboutId }: Shown<ServicesActionRow>): Person | null {
    return aboutId === null ? null : { id: aboutId };
  }

  @FieldResolver(() => Boolean, { description: "Whether it is open after its day is over." })
  overdue(@Root() { state, dueOn }: Shown<ServicesActionRow>, @Ctx() { now }: ServicesContext): boolean {
    return state === "open" && dueOn < overdueBefore(now());
  }
}

@Resolver(() => Person)
export class PersonActionsResolver {
  @FieldResolver(() => [ServicesAction], {
    nullable: true,
    description:
      "What providers took on about him at conferences, next due first; a provider's are those of his agency.",
  })
  servicesActions(@Root() { id }: Person, @Ctx() { rows }: ServicesContext) {
    return rows.conferenceActions.ofPerson(id);
  }
}
