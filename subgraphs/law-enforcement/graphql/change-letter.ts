import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { EntityManager } from "typeorm";
import { LINE, PAGE, textFault } from "../domain/contact-form";
import type { Result } from "../domain/result";
import type { VictimDataRefusal } from "../domain/victim-data/find-victim-data";
import { leaksShown, type LeakShown } from "../policy/letter-leaks";
import { nameOf } from "../store/contacts";
import type { ExposureLetterRow } from "../store/entities/exposure-letter";
import { approveLetter, draftLetter, recordLetterServed, withdrawLetter } from "../store/letters";
import { toldOnce } from "../../../platform/told-request/told-once";
import { isUuid } from "../../../platform/store/uuid";
import {
  ApproveLetterInput,
  DraftLetterInput,
  RecordLetterServedInput,
  WithdrawLetterInput,
} from "./letter-inputs";
import { LetterResult, type LetterProblem } from "./letter-results";
import type { LawEnforcementContext } from "./context";

type Change = Result<
  string,
  { readonly code: Exclude<LetterProblem, "LETTER_NAMES_VICTIM"> } | VictimDataRefusal
>;

const refused = (problem: LetterProblem, leaks: readonly LeakShown[] | null = null): LetterResult => ({
  letter: null,
  problem,
  leaks,
});

/** What is told of a leak: as much of it as the caller may know. */
async function leaksFor(
  { leaks, text }: VictimDataRefusal,
  personId: string,
  { loaders, scopes }: LawEnforcementContext,
): Promise<LeakShown[]> {
  const cases = await loaders.casesOfPerson.load(personId);
  return leaksShown(leaks, text, scopes, new Set(cases.map(({ victimId }) => victimId)));
}

/** Changes a letter of a person whom the caller sees, once for each key. */
async function change(
  context: LawEnforcementContext,
  told: { readonly mutation: string; readonly input: { readonly key: string }; readonly personId: string },
  work: (manager: EntityManager) => Promise<Change>,
): Promise<LetterResult> {
  const { caller, database, loaders, now } = context;
  const { mutation, input, personId } = told;
  const changed = await toldOnce(database, { caller, key: input.key, mutation, input, now }, work);
  if (!changed.ok) {
    const { refusal } = changed;
    return refused(refusal.code, "leaks" in refusal ? await leaksFor(refusal, personId, context) : null);
  }
  loaders.letter.clear(changed.value);
  loaders.lettersOfPerson.clear(personId);
  const letter = await loaders.letter.load(changed.value);
  return letter === null ? refused("NOT_FOUND") : { letter, problem: null, leaks: null };
}

/** Changes a letter that the caller sees. */
async function changeSeen(
  context: LawEnforcementContext,
  mutation: string,
  input: { readonly key: string; readonly letterId: string },
  work: (manager: EntityManager, seen: ExposureLetterRow) => Promise<Change>,
): Promise<LetterResult> {
  if (!isUuid(input.key)) return refused("KEY_IS_NO_UUID");
  const seen = await context.loaders.letter.load(input.letterId);
  if (seen === null) return refused("NOT_FOUND");
  return change(context, { mutation, input, personId: seen.personId }, (manager) => work(manager, seen));
}

@Resolver()
export class ChangeLetterResolver {
  @Mutation(() => LetterResult, {
    nullable: true,
    description:
      "Drafts a letter from the site's template: its text and its file are there to be read. A text with anything of a victim of his in it is refused.",
  })
  async draftLetter(
    @Arg("input", () => DraftLetterInput, { description: "The letter." }) input: DraftLetterInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<LetterResult> {
    const { caller, letters, loaders, now, protocol } = context;
    if (!isUuid(input.key)) return refused("KEY_IS_NO_UUID");
    const { kind, language, exposure = null } = input;
    const fault = textFault(exposure, PAGE);
    if (fault !== null) return refused(fault);
    const person = await loaders.person.load(input.personId);
    if (person === null) return refused("NOT_FOUND");
    const told = { personId: person.id, kind, language, exposure };
    const deed = { by: nameOf(caller), now };
    return change(context, { mutation: "draftLetter", input, personId: person.id }, (manager) =>
      draftLetter(manager, told, letters, protocol, deed),
    );
  }

  @Mutation(() => LetterResult, {
    nullable: true,
    description:
      "Approves a letter: a custom notification as a prosecutor, a letter as a coordinator, and never a draft of one's own.",
  })
  approveLetter(
    @Arg("input", () => ApproveLetterInput, { description: "Which one." }) input: ApproveLetterInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<LetterResult> {
    const { caller, now } = context;
    const reviewer = { name: nameOf(caller), roles: caller.roles };
    return changeSeen(context, "approveLetter", input, (manager, seen) =>
      approveLetter(manager, seen, input.expects, reviewer, now),
    );
  }

  @Mutation(() => LetterResult, {
    nullable: true,
    description:
      "Records that he was given a letter, at a contact that was released and while that release held.",
  })
  async recordLetterServed(
    @Arg("input", () => RecordLetterServedInput, { description: "What he was given, and when." })
    input: RecordLetterServedInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<LetterResult> {
    const { caller, loaders, now, protocol } = context;
    if (!isUuid(input.key)) return refused("KEY_IS_NO_UUID");
    const fault = textFault(input.servedBy, LINE);
    if (fault !== null) return refused(fault);
    const contact = await loaders.contact.load(input.contactId);
    return changeSeen(context, "recordLetterServed", input, async (manager, letter) =>
      contact?.personId === letter.personId
        ? recordLetterServed(manager, { letter, contact }, input, protocol, { by: nameOf(caller), now })
        : { ok: false, refusal: { code: "NOT_FOUND" } },
    );
  }

  @Mutation(() => LetterResult, { nullable: true, description: "Takes back a letter that was not served." })
  withdrawLetter(
    @Arg("input", () => WithdrawLetterInput, { description: "Which one." }) input: WithdrawLetterInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<LetterResult> {
    const { caller, now } = context;
    return changeSeen(context, "withdrawLetter", input, (manager, seen) =>
      withdrawLetter(manager, seen, input.expects, { by: nameOf(caller), now }),
    );
  }
}
