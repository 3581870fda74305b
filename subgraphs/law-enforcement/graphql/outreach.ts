import { Ctx, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from "type-graphql";
import { gateAt, type GateReading } from "../domain/gate";
import type { CaseFileRow, JusticeOutreachRow, LethalityScreenRow } from "../store/entities/case-file";
import { Case } from "./cases";
import type { LawEnforcementContext } from "./context";
import { GateStateEnum, OutreachKind, OutreachOutcome, ScreenAnswer } from "./enums";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";

/*
 * No field says whether every gate of a person is open: it would tell an advocate that he has another victim. Justice
 * roles read it from `Person.cases`, which gives them all his cases.
 */
@ObjectType({
  description:
    "Whether the victim of this case was warned of what comes next. The abusive partner may be contacted only while the gate of every case of his is open: one open gate alone permits nothing.",
})
export class Gate {
  @Field(() => GateStateEnum, {
    nullable: true,
    description:
      "Closed at level A and without a level; else closed until it is recorded that a notice reached the victim, given after his latest planned contact was planned or, with none planned, after his level was confirmed; or until enough attempts since that plan have failed and a supervisor signed.",
  })
  state!: GateReading["state"];

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When that notice was recorded; null while there is none.",
  })
  noticeRecordedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "The instant this was read." })
  asOf!: Date;
}

@ObjectType({ description: "What the justice side did to reach the victim." })
export class JusticeOutreach {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => OutreachKind, { nullable: true, description: "How she was approached." })
  kind!: JusticeOutreachRow["kind"];

  @Field(() => OutreachOutcome, { nullable: true, description: "What came of it." })
  outcome!: JusticeOutreachRow["outcome"];

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was done." })
  madeAt!: Date;

  @Field(() => String, { nullable: true, description: "Who did it." })
  madeBy!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was recorded." })
  recordedAt!: Date;
}

@ObjectType({ description: "One answer of a lethality screen." })
export class LethalityAnswer {
  @Field(() => Int, { nullable: true, description: "Number of the question." })
  question!: number;

  @Field(() => ScreenAnswer, { nullable: true, description: "The answer." })
  answer!: LethalityScreenRow["answers"][string];
}

@ObjectType({ description: "A lethality screen by police (Maryland LAP)." })
export class LethalityScreen {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => Boolean, { nullable: true, description: "It screens in: high danger." })
  highDanger!: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was done." })
  screenedAt!: Date;
}

@Resolver(() => LethalityScreen)
export class LethalityAnswersResolver {
  @FieldResolver(() => [LethalityAnswer], { nullable: true, description: "Answers, by question." })
  answers(@Root() screen: LethalityScreenRow): LethalityAnswer[] {
    // Keys that are whole numbers come in their order.
    return Object.entries(screen.answers).map(([question, answer]) => ({
      question: Number(question),
      answer,
    }));
  }
}

@Resolver(() => Case)
export class CaseOutreachResolver {
  @FieldResolver(() => Gate, { nullable: true, description: "The victim gate of this case." })
  async gate(
    @Root() file: CaseFileRow,
    @Ctx() { loaders, now }: LawEnforcementContext,
  ): Promise<GateReading> {
    const [outreach, signOffs, inForce, contacts] = await Promise.all([
      loaders.outreachOfCase.load(file.id),
      loaders.signOffsOfCase.load(file.id),
      loaders.currentLevel.load(file.personId),
      loaders.contactsForGate.load(file.personId),
    ]);
    return gateAt({ outreach, signOffs, inForce, contacts }, now);
  }

  @FieldResolver(() => [JusticeOutreach], {
    nullable: true,
    description: "Outreach by police, newest first.",
  })
  justiceOutreach(
    @Root() file: CaseFileRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<JusticeOutreachRow[]> {
    return loaders.outreachOfCase.load(file.id);
  }

  @FieldResolver(() => [LethalityScreen], { nullable: true, description: "Screens, newest first." })
  lethalityScreens(
    @Root() file: CaseFileRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<LethalityScreenRow[]> {
    return loaders.screensOfCase.load(file.id);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: "Whether the latest screen found high danger; null when nobody screened: that says nothing.",
  })
  async highDanger(
    @Root() file: CaseFileRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<boolean | null> {
    return (await loaders.screensOfCase.load(file.id))[0]?.highDanger ?? null;
  }
}
