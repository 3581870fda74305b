import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from "type-graphql";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { NeedEnd, NeedKind } from "../domain/need";
import type { ServicesContext } from "./context";
import { HelpProblemEnum, resultOf, type HelpProblem } from "./help-problem";
import { Keyed, OfPerson } from "./keyed";
import { Need } from "./need";

@InputType({ description: "Something he said he needs." })
export class RecordNeedInput extends OfPerson {
  @Field(() => NeedKind, { description: "What he needs." })
  kind!: NeedKind;

  @Field(() => DateTimeScalar, { description: "When he said so." })
  statedAt!: Date;

  @Field(() => Boolean, { defaultValue: false, description: "He told you to pass it on." })
  passedOn!: boolean;
}

@InputType({ description: "A need that is no longer one." })
export class CloseNeedInput extends Keyed {
  @Field(() => ID, { description: "The need." })
  needId!: string;

  @Field(() => NeedEnd, { description: "Why." })
  as!: NeedEnd;
}

@ObjectType({ description: "The need as it now is, or a problem." })
export class NeedResult {
  @Field(() => Need, { nullable: true, description: "The need as it now is." })
  need!: object | null;

  @Field(() => HelpProblemEnum, { nullable: true, description: "Why nothing took effect." })
  problem!: HelpProblem | null;
}

@Resolver()
export class NeedActsResolver {
  @Mutation(() => NeedResult, {
    nullable: true,
    description: "Records what he needs. One of a kind is open at a time.",
  })
  async recordNeed(
    @Arg("input", () => RecordNeedInput, { description: "The need." }) input: RecordNeedInput,
    @Ctx() { rows }: ServicesContext,
  ): Promise<NeedResult> {
    const { row, problem } = await resultOf(await rows.acts.needs.record(input), (id) => rows.need(id));
    return { need: row, problem };
  }

  @Mutation(() => NeedResult, { nullable: true, description: "Closes a need that is open." })
  async closeNeed(
    @Arg("input", () => CloseNeedInput, { description: "Which one." }) input: CloseNeedInput,
    @Ctx() { rows }: ServicesContext,
  ): Promise<NeedResult> {
    const { row, problem } = await resultOf(await rows.acts.needs.close(input), (id) => rows.need(id));
    return { need: row, problem };
  }
}
