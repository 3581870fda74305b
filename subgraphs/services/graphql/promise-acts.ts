import { Arg, Args, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import { PageArguments, newestFirst } from "../../../platform/subgraph/newest-first";
import { DateScalar } from "../../../platform/subgraph/scalars";
import { HelpPromisedTo, HelpPromiseState, type HelpPromiseEvent } from "../domain/help-promise";
import type { ServicesContext } from "./context";
import { HelpPromise } from "./help-promise";
import { HelpProblemEnum, resultOf, type HelpProblem } from "./help-problem";
import { Keyed, OfPerson } from "./keyed";

@InputType({ description: "Help that your agency promises." })
export class MakeHelpPromiseInput extends OfPerson {
  @Field(() => String, { description: "What, in a line. It names no victim." })
  text!: string;

  @Field(() => HelpPromisedTo, { description: "To whom." })
  promisedTo!: HelpPromisedTo;

  @Field(() => DateScalar, { description: "The day it is due: today or later, and within a year." })
  dueOn!: string;
}

@InputType({ description: "A promise of your agency's that you have seen." })
export class SettleHelpPromiseInput extends Keyed {
  @Field(() => ID, { description: "The promise." })
  promiseId!: string;

  @Field(() => HelpPromiseState, { description: "The state you have seen it in: STALE when it is another." })
  expects!: HelpPromiseState;
}

@ObjectType({ description: "The promise as it now is, or a problem." })
export class HelpPromiseResult {
  @Field(() => HelpPromise, { nullable: true, description: "The promise as it now is." })
  promise!: object | null;

  @Field(() => HelpProblemEnum, { nullable: true, description: "Why nothing took effect." })
  problem!: HelpProblem | null;
}

@ObjectType({ description: "One page of your agency's overdue promises." })
export class HelpPromisePage {
  @Field(() => [HelpPromise], { description: "The promises, the longest overdue first." })
  promises!: object[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { description: "Whether there is more." })
  hasNextPage!: boolean;
}

async function settled(
  event: HelpPromiseEvent,
  input: SettleHelpPromiseInput,
  { rows }: ServicesContext,
): Promise<HelpPromiseResult> {
  const done = await rows.acts.promises.settle(event, input);
  const { row, problem } = await resultOf(done, (id) => rows.helpPromise(id));
  return { promise: row, problem };
}

@Resolver()
export class PromiseActsResolver {
  @Query(() => HelpPromisePage, {
    nullable: true,
    description: "Open promises of help that your agency has to keep and that are overdue.",
  })
  async overdueHelpPromises(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows }: ServicesContext,
  ): Promise<HelpPromisePage> {
    const { rows: promises, ...rest } = await newestFirst(page, (after, limit) =>
      rows.overduePromises(after, limit),
    );
    return { promises, ...rest };
  }

  @Mutation(() => HelpPromiseResult, {
    nullable: true,
    description: "Promises help; your agency has to keep it.",
  })
  async makeHelpPromise(
    @Arg("input", () => MakeHelpPromiseInput, { description: "The promise." }) input: MakeHelpPromiseInput,
    @Ctx() { rows }: ServicesContext,
  ): Promise<HelpPromiseResult> {
    const { row, problem } = await resultOf(await rows.acts.promises.make(input), (id) =>
      rows.helpPromise(id),
    );
    return { promise: row, problem };
  }

  @Mutation(() => HelpPromiseResult, { nullable: true, description: "Says that a promise was kept." })
  keepHelpPromise(
    @Arg("input", () => SettleHelpPromiseInput, { description: "Which one." }) input: SettleHelpPromiseInput,
    @Ctx() context: ServicesContext,
  ): Promise<HelpPromiseResult> {
    return settled("keep", input, context);
  }

  @Mutation(() => HelpPromiseResult, { nullable: true, description: "Says that a promise was not kept." })
  breakHelpPromise(
    @Arg("input", () => SettleHelpPromiseInput, { description: "Which one." }) input: SettleHelpPromiseInput,
    @Ctx() context: ServicesContext,
  ): Promise<HelpPromiseResult> {
    return settled("break", input, context);
  }

  @Mutation(() => HelpPromiseResult, { nullable: true, description: "Takes a promise back." })
  withdrawHelpPromise(
    @Arg("input", () => SettleHelpPromiseInput, { description: "Which one." }) input: SettleHelpPromiseInput,
    @Ctx() context: ServicesContext,
  ): Promise<HelpPromiseResult> {
    return settled("withdraw", input, context);
  }
}
