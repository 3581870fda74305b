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
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import {
  LONGEST_NOTE,
  OutreachKind,
  OutreachOutcome,
  OutreachProblem,
  meansOf,
  problemsOf,
} from "../domain/outreach";
import { safeOutreachOf } from "../safe-outreach";
import type { AdvocacyContext } from "./context";
import { Outreach } from "./outreach";

registerEnumType(OutreachProblem, {
  name: "RecordOutreachProblemCode",
  description: "Why an outreach was not recorded.",
});

const MESSAGES: Record<OutreachProblem, string> = {
  CASE_NOT_FOUND: "No such case is assigned to your agency.",
  MADE_IN_THE_FUTURE: "The outreach lies in the future: record it once it is made.",
  NOT_SAFE_CONTACT:
    "It is not safe to turn to her so, as far as is known. What was done nevertheless is recorded as done against it.",
  NOTE_TOO_LONG: `The note is longer than ${LONGEST_NOTE} characters.`,
  NOTE_HAS_CONTROL_CHARACTERS: "The note holds characters that are no text.",
  OUTCOME_DOES_NOT_FIT: "A letter is sent; every other outreach reached her, did not, or was declined.",
  ALREADY_RECORDED_OTHERWISE: "You have recorded this outreach already, with another outcome or note.",
};

@InputType({ description: "An outreach to the victim of a case of your agency." })
export class RecordOutreachInput {
  @Field(() => ID, { description: "The case." })
  caseId!: string;

  @Field(() => OutreachKind, { description: "What was done." })
  kind!: OutreachKind;

  @Field(() => OutreachOutcome, { description: "What came of it." })
  outcome!: OutreachOutcome;

  @Field(() => DateTimeScalar, { description: "When it was done." })
  madeAt!: Date;

  @Field(() => String, { nullable: true, description: "A note for your agency." })
  note?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "It was done although it was not safe: a letter or a call that is not is recorded only so.",
  })
  againstSafeContact!: boolean;
}

@ObjectType({ description: "Why an outreach was not recorded." })
export class RecordOutreachProblem {
  @Field(() => OutreachProblem, { description: "For programs." })
  code!: OutreachProblem;

  @Field(() => String, { description: "For people." })
  message!: string;
}

@ObjectType({ description: "The recorded outreach, or the problems for which nothing was recorded." })
export class RecordOutreachPayload {
  @Field(() => Outreach, { nullable: true, description: "The outreach as it is now recorded." })
  outreach!: Outreach | null;

  @Field(() => [RecordOutreachProblem], { description: "Empty when it was recorded." })
  problems!: RecordOutreachProblem[];
}

function refused(problems: readonly OutreachProblem[]): RecordOutreachPayload {
  return { outreach: null, problems: problems.map((code) => ({ code, message: MESSAGES[code] })) };
}

@Resolver()
export class RecordOutreachResolver {
  @Mutation(() => RecordOutreachPayload, {
    nullable: true,
    description: "Records an outreach in your agency's log. Told twice alike, it is recorded once.",
  })
  async recordOutreach(
    @Arg("input", () => RecordOutreachInput, { description: "The outreach." }) input: RecordOutreachInput,
    @Ctx() context: AdvocacyContext,
  ): Promise<RecordOutreachPayload> {
    const { reader, rows, now } = context;
    const { againstSafeContact, ...said } = input;
    const told = { ...said, note: said.note ?? null };
    const problems = problemsOf(told, now());
    if (problems.length > 0) return refused(problems);
    const outcome = await rows.ownRecords()?.recordOutreach({ ...told, madeBy: reader.subject }, async () => {
      const means = meansOf(told.kind);
      if (means === null) return false;
      const unsafe = (await safeOutreachOf(context, told.caseId))?.unsafe(means, told.madeAt) ?? null;
      return unsafe === null ? false : againstSafeContact || "NOT_SAFE_CONTACT";
    });
    if (outcome === undefined || typeof outcome === "string") return refused([outcome ?? "CASE_NOT_FOUND"]);
    return { outreach: outcome, problems: [] };
  }
}
