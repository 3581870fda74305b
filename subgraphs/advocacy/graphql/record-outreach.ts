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
import { isUuid } from "../../../platform/store/uuid";
import { OutreachKind, OutreachOutcome, OutreachProblem, faultOf, meansOf } from "../domain/outreach";
import { safeOutreachOf } from "../safe-outreach";
import type { AdvocacyContext } from "./context";
import { Keyed } from "./keyed";
import { Outreach } from "./outreach";

registerEnumType(OutreachProblem, {
  name: "OutreachProblem",
  description:
    "Why an outreach was not recorded. NOT_FOUND says alike that there is no such case and that it is not your agency's.",
});

@InputType({ description: "An outreach to the victim of a case of your agency." })
export class RecordOutreachInput extends Keyed {
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

@ObjectType({ description: "The outreach as it is recorded, or a problem." })
export class RecordOutreachResult {
  @Field(() => Outreach, { nullable: true, description: "The outreach as it is recorded." })
  outreach!: Outreach | null;

  @Field(() => OutreachProblem, { nullable: true, description: "Why nothing was recorded." })
  problem!: OutreachProblem | null;
}

const refused = (problem: OutreachProblem): RecordOutreachResult => ({ outreach: null, problem });

@Resolver()
export class RecordOutreachResolver {
  @Mutation(() => RecordOutreachResult, {
    nullable: true,
    description: "Records an outreach in your agency's log. Told twice alike, it is recorded once.",
  })
  async recordOutreach(
    @Arg("input", () => RecordOutreachInput, { description: "The outreach." }) input: RecordOutreachInput,
    @Ctx() context: AdvocacyContext,
  ): Promise<RecordOutreachResult> {
    const { caller, reader, rows } = context;
    const now = context.now();
    const { key, againstSafeContact, ...said } = input;
    if (!isUuid(key)) return refused("KEY_IS_NO_UUID");
    const told = { ...said, note: said.note ?? null };
    const fault = faultOf(told, now);
    if (fault !== null) return refused(fault);
    const made = { ...told, madeBy: reader.subject };
    const telling = { caller, key, mutation: "recordOutreach", input, now };
    const outcome = await rows.ownRecords()?.recordOutreach(made, telling, async () => {
      const means = meansOf(told.kind);
      if (means === null) return false;
      const unsafe = (await safeOutreachOf(context, told.caseId))?.unsafe(means, told.madeAt) ?? null;
      return unsafe === null ? false : againstSafeContact || "NOT_SAFE_CONTACT";
    });
    if (outcome === undefined || typeof outcome === "string") return refused(outcome ?? "NOT_FOUND");
    return { outreach: outcome, problem: null };
  }
}
