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
import type { PrintRefusal } from "../../../platform/letters/print-letter";
import { toldOnce, type KeyRefusal } from "../../../platform/told-request/told-once";
import { hasControlCharacters } from "../domain/plain-text";
import type { VictimLetterEvent, VictimLetterRefusal } from "../domain/victim-letter";
import { VictimLetterState } from "../domain/victim-letter";
import { safeOutreachOf } from "../safe-outreach";
import type { VictimLetterRow } from "../store/entities/victim-letter";
import { draftVictimLetter, moveVictimLetter } from "../store/victim-letters";
import type { AdvocacyContext } from "./context";
import { VictimLetter } from "./victim-letters";

/** Characters of a name. */
const LONGEST_NAME = 100;

type NameFault = "TEXT_MISSING" | "TEXT_TOO_LONG" | "TEXT_HAS_CONTROL_CHARACTERS";
type Problem =
  | "NOT_FOUND"
  | "KEY_IS_NO_UUID"
  | "STALE"
  | "LANGUAGE_NOT_OFFERED"
  | NameFault
  | KeyRefusal
  | PrintRefusal["code"]
  | VictimLetterRefusal;

/** Every problem there is: one that a rule can give and this list has not does not compile. */
const VictimLetterProblem: { readonly [Code in Problem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  STALE: "STALE",
  TEXT_MISSING: "TEXT_MISSING",
  TEXT_TOO_LONG: "TEXT_TOO_LONG",
  TEXT_HAS_CONTROL_CHARACTERS: "TEXT_HAS_CONTROL_CHARACTERS",
  LANGUAGE_NOT_OFFERED: "LANGUAGE_NOT_OFFERED",
  NOT_PRINTABLE: "NOT_PRINTABLE",
  TOO_LONG: "TOO_LONG",
  NOT_APPROVED: "NOT_APPROVED",
  ALREADY_APPROVED: "ALREADY_APPROVED",
  OVER: "OVER",
  OWN_DRAFT: "OWN_DRAFT",
  NEVER_ASKED: "NEVER_ASKED",
  ASKED_TOO_LONG_AGO: "ASKED_TOO_LONG_AGO",
  SHE_SAID_NO: "SHE_SAID_NO",
  OUTSIDE_HER_HOURS: "OUTSIDE_HER_HOURS",
  ADDRESS_SHARED: "ADDRESS_SHARED",
  ADDRESS_UNKNOWN: "ADDRESS_UNKNOWN",
};
registerEnumType(VictimLetterProblem, {
  name: "VictimLetterProblem",
  description:
    "Why nothing took effect: the letter's own state, or why no letter to her is safe. NOT_FOUND says alike that there is no such record and that it is not the reader's to see.",
});

@InputType({
  description: "A letter to the victim of a case, from the site's template in the language she wants.",
})
export class DraftVictimLetterInput {
  @Field(() => ID, { description: "A UUID of your own for this request: told twice, it is done once." })
  key!: string;

  @Field(() => ID, { description: "The case." })
  caseId!: string;

  @Field(() => String, { description: "How she wants to be called." })
  name!: string;

  @Field(() => String, { description: "Whom she may ask for." })
  advocate!: string;
}

@InputType({ description: "A letter that somebody has seen." })
export class ChangeVictimLetterInput {
  @Field(() => ID, { description: "A UUID of your own for this request: told twice, it is done once." })
  key!: string;

  @Field(() => ID, { description: "The case." })
  caseId!: string;

  @Field(() => ID, { description: "The letter." })
  letterId!: string;

  @Field(() => VictimLetterState, { description: "The state you have seen it in: STALE when it is another." })
  expects!: VictimLetterState;
}

@ObjectType({ description: "The letter as it now is, or a problem." })
export class VictimLetterResult {
  @Field(() => VictimLetter, { nullable: true, description: "The letter as it now is." })
  letter!: VictimLetterRow | null;

  @Field(() => VictimLetterProblem, { nullable: true, description: "Why nothing took effect." })
  problem!: Problem | null;
}

const refused = (problem: Problem): VictimLetterResult => ({ letter: null, problem });

function nameFault(name: string): NameFault | null {
  if (name.trim() === "") return "TEXT_MISSING";
  if (name.length > LONGEST_NAME) return "TEXT_TOO_LONG";
  return hasControlCharacters(name) ? "TEXT_HAS_CONTROL_CHARACTERS" : null;
}

type Done = Awaited<ReturnType<typeof toldOnce<{ readonly code: Problem }>>>;

/** The letter as it is now. */
async function resultOf(done: Done, caseId: string, { rows }: AdvocacyContext): Promise<VictimLetterResult> {
  if (!done.ok) return refused(done.refusal.code);
  const records = rows.ownRecords();
  records?.lettersChanged(caseId);
  const letter = (await records?.letters(caseId))?.find(({ id }) => id === done.value);
  return letter === undefined ? refused("NOT_FOUND") : { letter, problem: null };
}

/** Takes a letter of the advocate's own agency a step further, when a letter to her is safe at this moment. */
async function change(
  context: AdvocacyContext,
  mutation: string,
  event: VictimLetterEvent,
  input: ChangeVictimLetterInput,
): Promise<VictimLetterResult> {
  const { caller, reader, rows } = context;
  if (!isUuid(input.key)) return refused("KEY_IS_NO_UUID");
  const own = await rows.ownRecords()?.own(input.caseId);
  const safe = own && (await safeOutreachOf(context, own.caseId));
  const seen =
    own &&
    (await rows.ownRecords()?.letters(own.caseId))?.find(({ id }) => id === input.letterId.toLowerCase());
  if (!own || !safe || !seen) return refused("NOT_FOUND");
  const now = context.now();
  const deed = { by: reader.subject, now };
  const done = await toldOnce<{ readonly code: Problem }>(
    own.database,
    { caller, key: input.key, mutation, input, now },
    (manager) =>
      moveVictimLetter(
        manager,
        seen,
        event,
        { expects: input.expects, unsafe: safe.unsafe("letter", now) },
        deed,
      ),
  );
  return resultOf(done, own.caseId, context);
}

@Resolver()
export class ChangeVictimLetterResolver {
  @Mutation(() => VictimLetterResult, {
    nullable: true,
    description:
      "Drafts a letter to the victim of a case, in the language she wants, when a letter to her is safe.",
  })
  async draftVictimLetter(
    @Arg("input", () => DraftVictimLetterInput, { description: "The letter." }) input: DraftVictimLetterInput,
    @Ctx() context: AdvocacyContext,
  ): Promise<VictimLetterResult> {
    const { caller, reader, rows, letters } = context;
    if (!isUuid(input.key)) return refused("KEY_IS_NO_UUID");
    const fault = nameFault(input.name) ?? nameFault(input.advocate);
    if (fault !== null) return refused(fault);
    const own = await rows.ownRecords()?.own(input.caseId);
    const safe = own && (await safeOutreachOf(context, own.caseId));
    if (!own || !safe) return refused("NOT_FOUND");
    const now = context.now();
    const unsafe = safe.unsafe("letter", now);
    if (unsafe !== null || safe.rule === null) return refused(unsafe ?? "NEVER_ASKED");
    // "es-MX" is written to in "es".
    const [language = ""] = safe.rule.language.toLowerCase().split("-");
    const { name, advocate } = input;
    const done = await toldOnce<{ readonly code: Problem }>(
      own.database,
      { caller, key: input.key, mutation: "draftVictimLetter", input, now },
      (manager) =>
        draftVictimLetter(manager, { caseId: own.caseId, language, name, advocate }, letters, {
          by: reader.subject,
          now,
        }),
    );
    return resultOf(done, own.caseId, context);
  }

  @Mutation(() => VictimLetterResult, {
    nullable: true,
    description: "Approves a letter to a victim: never a draft of one's own.",
  })
  approveVictimLetter(
    @Arg("input", () => ChangeVictimLetterInput, { description: "Which one." })
    input: ChangeVictimLetterInput,
    @Ctx() context: AdvocacyContext,
  ): Promise<VictimLetterResult> {
    return change(context, "approveVictimLetter", "approve", input);
  }

  @Mutation(() => VictimLetterResult, {
    nullable: true,
    description:
      "Sends an approved letter on its way. What she said and where he lives are asked afresh; it is an outreach of your agency.",
  })
  mailVictimLetter(
    @Arg("input", () => ChangeVictimLetterInput, { description: "Which one." })
    input: ChangeVictimLetterInput,
    @Ctx() context: AdvocacyContext,
  ): Promise<VictimLetterResult> {
    return change(context, "mailVictimLetter", "mail", input);
  }

  @Mutation(() => VictimLetterResult, {
    nullable: true,
    description: "Takes back a letter that was not mailed.",
  })
  withdrawVictimLetter(
    @Arg("input", () => ChangeVictimLetterInput, { description: "Which one." })
    input: ChangeVictimLetterInput,
    @Ctx() context: AdvocacyContext,
  ): Promise<VictimLetterResult> {
    return change(context, "withdrawVictimLetter", "withdraw", input);
  }
}
