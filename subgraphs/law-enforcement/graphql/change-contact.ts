import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { LINE, PAGE, textsFault } from "../domain/contact-form";
import type { Result } from "../domain/result";
import { recordOutcome } from "../store/contact-outcomes";
import { cancelContact, nameOf, planContact, recallContact } from "../store/contacts";
import type { ContactRow } from "../store/entities/contact";
import { recordUnplannedBreach } from "../store/gate-breaches";
import { releaseContact } from "../store/release-contact";
import { toldOnce } from "../../../platform/told-request/told-once";
import { isUuid } from "../../../platform/store/uuid";
import {
  CancelContactInput,
  PlanContactInput,
  RecallContactInput,
  RecordBreachInput,
  RecordContactInput,
  RecordUnplannedBreachInput,
  ReleaseContactInput,
} from "./contact-inputs";
import { ContactResult, type ContactProblem } from "./contact-results";
import type { LawEnforcementContext } from "./context";
import { toldOf } from "./told";

/** The changes of a contact, each told once under a key, by somebody who sees it. */
type Change = Result<string, { readonly code: ContactProblem }>;

const refused = (problem: ContactProblem): ContactResult => ({ contact: null, problem });

/** The contact as it is after the change, as far as the caller sees it. */
async function resultOf(change: Change, { loaders }: LawEnforcementContext): Promise<ContactResult> {
  if (!change.ok) return refused(change.refusal.code);
  loaders.contact.clear(change.value);
  const contact = await loaders.contact.load(change.value);
  if (contact === null) return refused("NOT_FOUND");
  loaders.contactsOfPerson.clear(contact.personId);
  loaders.contactsForGate.clear(contact.personId);
  return { contact, problem: null };
}

/** Changes a contact that the caller sees. */
async function change(
  context: LawEnforcementContext,
  { contactId, key }: { readonly contactId: string; readonly key: string },
  fault: ContactProblem | null,
  work: (seen: ContactRow) => Promise<Change>,
): Promise<ContactResult> {
  if (!isUuid(key)) return refused("KEY_IS_NO_UUID");
  if (fault !== null) return refused(fault);
  const seen = await context.loaders.contact.load(contactId);
  return seen === null ? refused("NOT_FOUND") : resultOf(await work(seen), context);
}

type TookPlace = Pick<RecordContactInput, "madeBy" | "place" | "message">;

/** What took place, with what was left out told as null. */
const whole = <Input extends TookPlace>(input: Input) => ({
  ...input,
  place: input.place ?? null,
  message: input.message ?? null,
});

const tookPlaceFault = ({ madeBy, place, message }: TookPlace) =>
  textsFault([madeBy, LINE], [place, LINE], [message, PAGE]);

@Resolver()
export class ChangeContactResolver {
  @Mutation(() => ContactResult, {
    nullable: true,
    description: "Plans a contact at the level in force. It stays closed until it is released.",
  })
  async planContact(
    @Arg("input", () => PlanContactInput, { description: "The contact." }) input: PlanContactInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<ContactResult> {
    const { caller, database, loaders, now, protocol } = context;
    if (!isUuid(input.key)) return refused("KEY_IS_NO_UUID");
    const { personId, level, means, plannedFor, helpOffered } = input;
    const { place = null, messenger = null, messengerAgency = null } = input;
    const fault = textsFault([place, LINE], [messenger, LINE], [messengerAgency, LINE]);
    if (fault !== null) return refused(fault);
    if ((messenger === null) !== (messengerAgency === null)) return refused("MESSENGER_WITHOUT_AGENCY");
    const person = await loaders.person.load(personId);
    if (person === null) return refused("NOT_FOUND");
    const plan = {
      personId: person.id,
      level,
      means,
      plannedFor,
      helpOffered,
      place,
      messenger,
      messengerAgency,
    };
    const deed = { by: nameOf(caller), now };
    const planned = await toldOnce(database, toldOf(context, "planContact", input), (manager) =>
      planContact(manager, plan, protocol, deed),
    );
    return resultOf(planned, context);
  }

  @Mutation(() => ContactResult, {
    nullable: true,
    description:
      "Releases a planned contact: only when every victim of his was told, where the level is gated, and the advocacy side, asked at this moment, answers that no hold stands.",
  })
  async releaseContact(
    @Arg("input", () => ReleaseContactInput, { description: "Which one." }) input: ReleaseContactInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<ContactResult> {
    const { database, advocacyHolds, clock } = context;
    const told = { ...toldOf(context, "releaseContact", input), input };
    return change(context, input, null, (seen) => releaseContact(database, seen, told, advocacyHolds, clock));
  }

  @Mutation(() => ContactResult, {
    nullable: true,
    description: "Records what came of a released contact, while its release held.",
  })
  async recordContact(
    @Arg("input", () => RecordContactInput, { description: "What came of it." }) input: RecordContactInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<ContactResult> {
    const { caller, database, now, protocol } = context;
    const outcome = { ...whole(input), event: input.outcome };
    return change(context, input, tookPlaceFault(input), (seen) =>
      toldOnce(database, toldOf(context, "recordContact", input), (manager) =>
        recordOutcome(manager, seen, outcome, protocol, { by: nameOf(caller), now }),
      ),
    );
  }

  @Mutation(() => ContactResult, {
    nullable: true,
    description: "Records that a contact was made without a release that held.",
  })
  async recordBreach(
    @Arg("input", () => RecordBreachInput, { description: "What took place." }) input: RecordBreachInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<ContactResult> {
    const { caller, database, now, protocol } = context;
    const outcome = { ...whole(input), event: "breach" } as const;
    return change(context, input, tookPlaceFault(input), (seen) =>
      toldOnce(database, toldOf(context, "recordBreach", input), (manager) =>
        recordOutcome(manager, seen, outcome, protocol, { by: nameOf(caller), now }),
      ),
    );
  }

  @Mutation(() => ContactResult, {
    nullable: true,
    description:
      "Records a contact that nobody had planned: a breach of the gate, which is reported with it.",
  })
  async recordUnplannedBreach(
    @Arg("input", () => RecordUnplannedBreachInput, { description: "What took place." })
    input: RecordUnplannedBreachInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<ContactResult> {
    const { caller, database, loaders, now, protocol } = context;
    if (!isUuid(input.key)) return refused("KEY_IS_NO_UUID");
    const fault = tookPlaceFault(input);
    if (fault !== null) return refused(fault);
    const person = await loaders.person.load(input.personId);
    if (person === null) return refused("NOT_FOUND");
    const { means, madeAt, madeBy, place, message, helpOffered } = whole(input);
    const met = { personId: person.id, means, madeAt, madeBy, place, message, helpOffered };
    const recorded = await toldOnce(database, toldOf(context, "recordUnplannedBreach", input), (manager) =>
      recordUnplannedBreach(manager, met, protocol, { by: nameOf(caller), now }),
    );
    return resultOf(recorded, context);
  }

  @Mutation(() => ContactResult, {
    nullable: true,
    description:
      "Takes the release of a contact back, because of what came up since. What is still wanted is planned anew.",
  })
  async recallContact(
    @Arg("input", () => RecallContactInput, { description: "Which one, and why." }) input: RecallContactInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<ContactResult> {
    const { caller, database, now } = context;
    return change(context, input, null, (seen) =>
      toldOnce(database, toldOf(context, "recallContact", input), (manager) =>
        recallContact(manager, seen, input, { by: nameOf(caller), now }),
      ),
    );
  }

  @Mutation(() => ContactResult, { nullable: true, description: "Calls off a contact that was not made." })
  async cancelContact(
    @Arg("input", () => CancelContactInput, { description: "Which one." }) input: CancelContactInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<ContactResult> {
    const { caller, database, now } = context;
    return change(context, input, null, (seen) =>
      toldOnce(database, toldOf(context, "cancelContact", input), (manager) =>
        cancelContact(manager, seen, input.expects, { by: nameOf(caller), now }),
      ),
    );
  }
}
