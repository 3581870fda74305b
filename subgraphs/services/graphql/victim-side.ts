import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import type { ServicesContext } from "./context";
import { HelpProblemEnum, resultOf, type HelpProblem } from "./help-problem";
import { Keyed } from "./keyed";

@ObjectType({ description: "An employee of your agency who helps victims, and so sees no abusive partner." })
export class VictimSideEmployee {
  @Field(() => ID, { description: "An opaque id." })
  id!: string;

  @Field(() => String, { description: "The employee, by the subject of the token." })
  subject!: string;

  @Field(() => String, { description: "Who recorded it: subject@agency." })
  recordedBy!: string;

  @Field(() => DateTimeScalar, { description: "When it was recorded." })
  recordedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it ended; null: it holds." })
  endedAt!: Date | null;
}

@InputType({ description: "An employee of your agency who helps victims." })
export class RecordVictimSideEmployeeInput extends Keyed {
  @Field(() => String, { description: "The employee, by the subject of the token; not you." })
  subject!: string;
}

@InputType({ description: "An employee who no longer helps victims." })
export class EndVictimSideEmployeeInput extends Keyed {
  @Field(() => ID, { description: "The entry." })
  id!: string;
}

@ObjectType({ description: "The entry as it now is, or a problem." })
export class VictimSideResult {
  @Field(() => VictimSideEmployee, { nullable: true, description: "The entry as it now is." })
  employee!: object | null;

  @Field(() => HelpProblemEnum, { nullable: true, description: "Why nothing took effect." })
  problem!: HelpProblem | null;
}

@Resolver()
export class VictimSideResolver {
  @Query(() => [VictimSideEmployee], {
    nullable: true,
    description: "Employees of your agency who help victims, ended entries too, never one about you.",
  })
  victimSideEmployees(@Ctx() { rows }: ServicesContext): Promise<object[]> {
    return rows.victimSide.all();
  }

  @Mutation(() => VictimSideResult, {
    nullable: true,
    description: "Cuts an employee who helps victims off from every abusive partner. It names no victim.",
  })
  async recordVictimSideEmployee(
    @Arg("input", () => RecordVictimSideEmployeeInput, { description: "Who." })
    input: RecordVictimSideEmployeeInput,
    @Ctx() { rows }: ServicesContext,
  ): Promise<VictimSideResult> {
    const done = await rows.victimSide.add(input);
    const { row, problem } = await resultOf(done, (id) => rows.victimSide.one(id));
    return { employee: row, problem };
  }

  @Mutation(() => VictimSideResult, { nullable: true, description: "Ends an entry of your agency's." })
  async endVictimSideEmployee(
    @Arg("input", () => EndVictimSideEmployeeInput, { description: "Which one." })
    input: EndVictimSideEmployeeInput,
    @Ctx() { rows }: ServicesContext,
  ): Promise<VictimSideResult> {
    const done = await rows.victimSide.end(input);
    const { row, problem } = await resultOf(done, (id) => rows.victimSide.one(id));
    return { employee: row, problem };
  }
}
