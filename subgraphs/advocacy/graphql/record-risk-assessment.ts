import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver, registerEnumType } from "type-graphql"; // prettier-ignore
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { isUuid } from "../../../platform/store/uuid";
import { toldOnce, type KeyRefusal } from "../../../platform/told-request/told-once";
import { AskedOf, type Instrument, type Texts } from "../domain/instrument";
import { TaskState } from "../domain/outreach-task";
import { assessmentFault, RiskAnswerValue, type AssessmentFault } from "../domain/risk-assessment";
import { recordRiskAssessment, type AssessmentRefusal } from "../store/record-risk-assessment";
import type { AdvocacyContext } from "./context";
import { RiskAssessment, shownAssessment } from "./risk-assessment";

type Problem =
  "NOT_FOUND" | "KEY_IS_NO_UUID" | "INSTRUMENT_NOT_FOUND" | KeyRefusal | AssessmentFault | AssessmentRefusal;
/** Every problem there is: one that a rule can give and this list has not does not compile. */
const RiskAssessmentProblem: { readonly [Code in Problem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  INSTRUMENT_NOT_FOUND: "INSTRUMENT_NOT_FOUND",
  IN_THE_FUTURE: "IN_THE_FUTURE",
  UNKNOWN_ITEM: "UNKNOWN_ITEM",
  ITEM_TWICE: "ITEM_TWICE",
  ANSWER_MISSING: "ANSWER_MISSING",
  NOTHING_ASKED: "NOTHING_ASKED",
  TEXT_MISSING: "TEXT_MISSING",
  TEXT_TOO_LONG: "TEXT_TOO_LONG",
  TEXT_HAS_CONTROL_CHARACTERS: "TEXT_HAS_CONTROL_CHARACTERS",
  ASSESSMENT_NOT_FOUND: "ASSESSMENT_NOT_FOUND",
  ANOTHER_INSTRUMENT: "ANOTHER_INSTRUMENT",
  ALREADY_CORRECTED: "ALREADY_CORRECTED",
  TASK_NOT_FOUND: "TASK_NOT_FOUND",
  TASK_DOES_NOT_FIT: "TASK_DOES_NOT_FIT",
  STALE: "STALE",
  OVER: "OVER",
};
registerEnumType(RiskAssessmentProblem, {
  name: "RiskAssessmentProblem",
  description:
    "Why nothing was recorded. NOT_FOUND says alike that there is no such case and that it is not the reader's to see.",
});
registerEnumType(AskedOf, { name: "RiskItemAskedOf", description: "Whose word an answer is." });

@ObjectType({ description: "One item of an instrument." })
export class RiskItem {
  @Field(() => ID, { description: "Its number in the instrument." })
  id!: string;

  @Field(() => AskedOf, { description: "Whose word the answer is: hers, or what the one who asks believes." })
  askedOf!: AskedOf;

  @Field(() => String, { description: "What is asked." })
  text!: string;
}

@ObjectType({ description: "An instrument of risk assessment that the site has." })
export class RiskInstrument {
  @Field(() => ID, { description: "Its id." })
  id!: string;

  @Field(() => String, { description: "Its version." })
  version!: string;

  @Field(() => String, { description: "The language of its texts here." })
  language!: string;

  @Field(() => String, { description: "What it is called." })
  title!: string;

  @Field(() => [RiskItem], {
    description: "What is asked, in its order: each is answered, were it NOT_ASKED.",
  })
  items!: RiskItem[];
}

@InputType({ description: "The answer to one item." })
export class RiskAnswerInput {
  @Field(() => ID, { description: "The item." })
  item!: string;

  @Field(() => RiskAnswerValue, { description: "The answer." })
  answer!: RiskAnswerValue;
}

@InputType({ description: "A task that an assessment does." })
export class AssessedTaskInput {
  @Field(() => ID, { description: "The task: a risk or emergency assessment of the same case." })
  taskId!: string;

  @Field(() => TaskState, { description: "The state you have seen it in: STALE when it is another." })
  expects!: TaskState;
}

@InputType({ description: "What the victim of a case answered." })
export class RecordRiskAssessmentInput {
  @Field(() => ID, { description: "A UUID of your own for this request: told twice, it is done once." })
  key!: string;

  @Field(() => ID, { description: "The case." })
  caseId!: string;

  @Field(() => ID, { description: "The instrument." })
  instrument!: string;

  @Field(() => String, { description: "Its version." })
  version!: string;

  @Field(() => [RiskAnswerInput], { description: "An answer to every item." })
  answers!: RiskAnswerInput[];

  @Field(() => DateTimeScalar, { description: "When she was asked." })
  assessedAt!: Date;

  @Field(() => String, { nullable: true, description: "A note of yours." })
  note?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "The assessment that was wrong and that this one corrects.",
  })
  corrects?: string | null;

  @Field(() => AssessedTaskInput, { nullable: true, description: "The task that it does." })
  task?: AssessedTaskInput | null;
}

@ObjectType({ description: "The assessment as it is recorded, or a problem." })
export class RiskAssessmentResult {
  @Field(() => RiskAssessment, { nullable: true, description: "As it is recorded." })
  assessment!: RiskAssessment | null;

  @Field(() => RiskAssessmentProblem, { nullable: true, description: "Why nothing was recorded." })
  problem!: Problem | null;
}

/** In one language: the one that is asked for, else the first that the instrument has. */
function shownInstrument({ id, version, title, items }: Instrument, asked: string): RiskInstrument {
  const language = Object.hasOwn(title, asked) ? asked : Object.keys(title)[0]!;
  const inIt = (texts: Texts) => texts[language]!;
  return {
    ...{ id, version, language, title: inIt(title) },
    items: items.map((item) => ({ ...item, text: inIt(item.text) })),
  };
}

@Resolver()
export class RiskAssessmentResolver {
  @Query(() => [RiskInstrument], {
    nullable: true,
    description: "The instruments by which your site's advocates assess risk.",
  })
  riskInstruments(
    @Arg("language", () => String, { defaultValue: "en", description: "A BCP 47 tag." }) language: string,
    @Ctx() { instruments }: AdvocacyContext,
  ): RiskInstrument[] {
    return instruments.map((one) => shownInstrument(one, language));
  }

  @Mutation(() => RiskAssessmentResult, {
    nullable: true,
    description:
      "Records a risk assessment and what it found. It lowers nothing; what was wrong is corrected by another.",
  })
  async recordRiskAssessment(
    @Arg("input", () => RecordRiskAssessmentInput, { description: "What she answered." })
    input: RecordRiskAssessmentInput,
    @Ctx() context: AdvocacyContext,
  ): Promise<RiskAssessmentResult> {
    const { reader, rows, caller, instruments, outreachTerms } = context;
    const refused = (problem: Problem) => ({ assessment: null, problem });
    const { key, answers, assessedAt, note = null, corrects = null, task = null } = input;
    if (!isUuid(key)) return refused("KEY_IS_NO_UUID");
    const instrument = instruments.find(({ id, version }) => id === input.instrument && version === input.version); // prettier-ignore
    if (!instrument) return refused("INSTRUMENT_NOT_FOUND");
    const now = context.now();
    const fault = assessmentFault({ answers, assessedAt, note }, instrument, now);
    if (fault !== null) return refused(fault);
    const records = rows.ownRecords();
    const own = await records?.own(input.caseId);
    if (!records || !own) return refused("NOT_FOUND");
    const told = { caseId: own.caseId, instrument, answers, assessedAt, note, corrects, task };
    const done = await toldOnce<{ code: AssessmentRefusal }>(
      own.database,
      { caller, key, mutation: "recordRiskAssessment", input, now },
      (manager) => recordRiskAssessment(manager, told, outreachTerms.tasks, { by: reader.subject, now }),
    );
    if (!done.ok) return refused(done.refusal.code);
    records.assessmentsChanged(own.caseId);
    const all = (await records.riskAssessments(own.caseId)) ?? [];
    const row = all.find(({ id }) => id === done.value);
    return row ? { assessment: shownAssessment(row, all), problem: null } : refused("NOT_FOUND");
  }
}
