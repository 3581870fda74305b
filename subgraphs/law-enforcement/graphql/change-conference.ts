import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { EntityManager } from "typeorm";
import { ConferenceActionRow } from "../../../platform/conference-action/action-row";
import { isUuid } from "../../../platform/store/uuid";
import { toldOnce } from "../../../platform/told-request/told-once";
import { LINE, textFault } from "../domain/contact-form";
import type { Result } from "../domain/result";
import { recordDecision, type ToldDecision } from "../store/conference-decisions";
import {
  addJusticeAction,
  cancelConference,
  closeConference,
  endJusticeAction,
  planConference,
} from "../store/conferences";
import { nameOf } from "../store/contacts";
import { ConferenceDecisionRow } from "../store/entities/conference";
import {
  AddJusticeActionInput,
  CancelConferenceInput,
  CloseConferenceInput,
  ConferenceResult,
  EndJusticeActionInput,
  PlanConferenceInput,
  RecordDecisionInput,
  type ConferenceProblem,
} from "./conference-inputs";
import type { LawEnforcementContext } from "./context";

type Change = Result<string, { readonly code: ConferenceProblem }>;

const MOST_ATTENDEES = 100;

const refused = (problem: ConferenceProblem): ConferenceResult => ({ conference: null, problem });
const no = (code: ConferenceProblem): Change => ({ ok: false, refusal: { code } });

/** Does it once for each key, and shows the conference that it is about. */
async function change(
  context: LawEnforcementContext,
  mutation: string,
  input: { readonly key: string },
  work: (manager: EntityManager) => Promise<Change>,
  conferenceOf: (manager: EntityManager, recordId: string) => Promise<string> = (_, id) =>
    Promise.resolve(id),
): Promise<ConferenceResult> {
  const { caller, database, loaders, now } = context;
  if (!isUuid(input.key)) return refused("KEY_IS_NO_UUID");
  const outcome = await toldOnce(database, { caller, key: input.key, mutation, input, now }, work);
  if (!outcome.ok) return refused(outcome.refusal.code);
  const id = await conferenceOf(database.manager, outcome.value);
  loaders.conference.clear(id);
  loaders.attendeesOfConference.clear(id);
  loaders.decisionsOfConference.clear(id);
  loaders.actionsOfConference.clear(id);
  return { conference: await loaders.conference.load(id), problem: null };
}

const conferenceOfDecision = async (manager: EntityManager, id: string) =>
  (await manager.findOneByOrFail(ConferenceDecisionRow, { id })).conferenceId;
const conferenceOfAction = async (manager: EntityManager, id: string) =>
  (await manager.findOneByOrFail(ConferenceActionRow, { id })).conferenceId;

const deedOf = ({ caller, now }: LawEnforcementContext) => ({ by: nameOf(caller), now });

/** The decision as it is told, or what is missing of it. */
function toldDecision(
  { conferenceId, decision, proposalId, level }: RecordDecisionInput,
  personId: string,
): ToldDecision | null {
  if (decision !== "confirmed") return { conferenceId, personId, kind: decision };
  if (proposalId == null || level == null) return null;
  return { conferenceId, personId, kind: decision, proposalId, level };
}

@Resolver()
export class ChangeConferenceResolver {
  @Mutation(() => ConferenceResult, {
    nullable: true,
    description:
      "Records what a conference decided of a person, and does it: a level is confirmed in the reader's own name.",
  })
  async recordDecision(
    @Arg("input", () => RecordDecisionInput, { description: "The decision." }) input: RecordDecisionInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<ConferenceResult> {
    const { caller, loaders, now } = context;
    const person = await loaders.person.load(input.personId);
    if (person === null || !isUuid(input.conferenceId)) return refused("NOT_FOUND");
    const told = toldDecision(input, person.id);
    return change(
      context,
      "recordDecision",
      input,
      async (manager) =>
        told === null ? no("PROPOSAL_MISSING") : recordDecision(manager, told, caller, now),
      conferenceOfDecision,
    );
  }

  @Mutation(() => ConferenceResult, { nullable: true, description: "Plans a conference of the partners." })
  planConference(
    @Arg("input", () => PlanConferenceInput, { description: "The conference." }) input: PlanConferenceInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<ConferenceResult> {
    const fault = textFault(input.place, LINE);
    return change(context, "planConference", input, async (manager) =>
      fault === null ? planConference(manager, input, deedOf(context)) : no(fault),
    );
  }

  @Mutation(() => ConferenceResult, {
    nullable: true,
    description: "Closes a conference that has begun, with who took part: its agenda stays as it is now.",
  })
  closeConference(
    @Arg("input", () => CloseConferenceInput, { description: "Which one." }) input: CloseConferenceInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<ConferenceResult> {
    const { attendees, conferenceId } = input;
    const [fault = null] = attendees
      .flatMap(({ agency, subject }) => [textFault(agency, LINE), textFault(subject, LINE)])
      .filter((one) => one !== null);
    return change(context, "closeConference", input, async (manager) => {
      if (attendees.length > MOST_ATTENDEES) return no("TOO_MANY_ATTENDEES");
      if (fault !== null) return no(fault);
      const named = new Set(attendees.map(({ agency, subject }) => JSON.stringify([agency, subject])));
      if (named.size < attendees.length) return no("NAMED_TWICE");
      if (!isUuid(conferenceId)) return no("NOT_FOUND");
      return closeConference(manager, conferenceId, attendees, deedOf(context));
    });
  }

  @Mutation(() => ConferenceResult, {
    nullable: true,
    description: "Calls off a conference that was planned.",
  })
  cancelConference(
    @Arg("input", () => CancelConferenceInput, { description: "Which one." }) input: CancelConferenceInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<ConferenceResult> {
    const { conferenceId } = input;
    return change(context, "cancelConference", input, async (manager) =>
      isUuid(conferenceId) ? cancelConference(manager, conferenceId, deedOf(context)) : no("NOT_FOUND"),
    );
  }

  @Mutation(() => ConferenceResult, {
    nullable: true,
    description: "Adds what the reader's agency takes on at a conference.",
  })
  async addJusticeAction(
    @Arg("input", () => AddJusticeActionInput, { description: "The action." }) input: AddJusticeActionInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<ConferenceResult> {
    const { conferenceId, text, owner, dueOn } = input;
    const person = input.personId == null ? null : await context.loaders.person.load(input.personId);
    if (!isUuid(conferenceId) || (input.personId != null && person === null)) return refused("NOT_FOUND");
    const fault = textFault(text, LINE) ?? textFault(owner, LINE);
    const told = { conferenceId, aboutId: person?.id ?? null, text, owner, dueOn };
    const action = { ...told, ownerAgency: context.caller.agency };
    return change(
      context,
      "addJusticeAction",
      input,
      async (manager) => (fault === null ? addJusticeAction(manager, action, deedOf(context)) : no(fault)),
      conferenceOfAction,
    );
  }

  @Mutation(() => ConferenceResult, {
    nullable: true,
    description: "Says that an action of the reader's agency was done, or is dropped.",
  })
  endJusticeAction(
    @Arg("input", () => EndJusticeActionInput, { description: "Which one." }) input: EndJusticeActionInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<ConferenceResult> {
    const { actionId, done } = input;
    return change(
      context,
      "endJusticeAction",
      input,
      async (manager) =>
        isUuid(actionId)
          ? endJusticeAction(manager, actionId, done ? "finish" : "drop", context.caller, deedOf(context))
          : no("NOT_FOUND"),
      conferenceOfAction,
    );
  }
}
