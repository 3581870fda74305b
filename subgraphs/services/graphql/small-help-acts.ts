import { Arg, Args, ArgsType, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from "type-graphql"; // prettier-ignore
import { PageArguments, newestFirst } from "../../../platform/subgraph/newest-first";
import { SmallHelpKind, SmallHelpState } from "../domain/small-help";
import type { HelpProblem } from "./help-problem";
import type { ServicesContext } from "./context";
import { HelpProblemEnum, resultOf } from "./help-problem";
import { Keyed, OfPerson } from "./keyed";
import { SmallHelp } from "./small-help";

@InputType({ description: "Something small that he needs." })
export class RequestSmallHelpInput extends OfPerson {
  @Field(() => SmallHelpKind, { description: "What." })
  kind!: SmallHelpKind;

  @Field(() => String, { description: "What for, in a line." })
  whatFor!: string;

  @Field(() => Int, { description: "Cents of the site's currency, 1 to 50000." })
  amount!: number;
}

@InputType({ description: "A request that you have seen." })
abstract class OfSmallHelp extends Keyed {
  @Field(() => ID, { description: "The request." })
  requestId!: string;

  @Field(() => SmallHelpState, { description: "The state you have seen it in: STALE when it is another." })
  expects!: SmallHelpState;
}

@InputType({ description: "What is decided." })
export class DecideSmallHelpInput extends OfSmallHelp {
  @Field(() => Boolean, { description: "True: he gets it." })
  approve!: boolean;
}

@InputType({ description: "A request that was approved." })
export class DeliverSmallHelpInput extends OfSmallHelp {}

@ArgsType()
export class SmallHelpArguments extends PageArguments {
  @Field(() => SmallHelpState, { nullable: true, description: "Only those that stand here." })
  state?: SmallHelpState | null;
}

@ObjectType({ description: "The request as it now is, or a problem." })
export class SmallHelpResult {
  @Field(() => SmallHelp, { nullable: true, description: "The request as it now is." })
  smallHelp!: object | null;

  @Field(() => HelpProblemEnum, { nullable: true, description: "Why nothing took effect." })
  problem!: HelpProblem | null;
}

@ObjectType({ description: "One page of requests." })
export class SmallHelpPage {
  @Field(() => [SmallHelp], { description: "The requests, newest first." })
  requests!: object[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { description: "Whether there is more." })
  hasNextPage!: boolean;
}

type Acts = ServicesContext["rows"]["acts"]["smallHelp"];

async function resultAfter(
  done: Promise<Awaited<ReturnType<Acts["request" | "decide" | "deliver"]>>>,
  { rows }: ServicesContext,
): Promise<SmallHelpResult> {
  const { row, problem } = await resultOf(await done, (id) => rows.smallHelpRequest(id));
  return { smallHelp: row, problem };
}

@Resolver()
export class SmallHelpActsResolver {
  @Query(() => SmallHelpPage, {
    nullable: true,
    description: "Small things that were asked for; a provider's are those his agency asked for.",
  })
  async smallHelpRequests(
    @Args(() => SmallHelpArguments) { state = null, ...page }: SmallHelpArguments,
    @Ctx() { rows }: ServicesContext,
  ): Promise<SmallHelpPage> {
    const { rows: requests, ...rest } = await newestFirst(page, (after, limit) =>
      rows.smallHelpRequests(state, after, limit),
    );
    return { requests, ...rest };
  }

  @Mutation(() => SmallHelpResult, { nullable: true, description: "Asks for something small for him." })
  requestSmallHelp(
    @Arg("input", () => RequestSmallHelpInput, { description: "What." }) input: RequestSmallHelpInput,
    @Ctx() context: ServicesContext,
  ): Promise<SmallHelpResult> {
    return resultAfter(context.rows.acts.smallHelp.request(input), context);
  }

  @Mutation(() => SmallHelpResult, {
    nullable: true,
    description: "Approves or declines; never your own request.",
  })
  decideSmallHelp(
    @Arg("input", () => DecideSmallHelpInput, { description: "The decision." }) input: DecideSmallHelpInput,
    @Ctx() context: ServicesContext,
  ): Promise<SmallHelpResult> {
    return resultAfter(context.rows.acts.smallHelp.decide(input), context);
  }

  @Mutation(() => SmallHelpResult, { nullable: true, description: "Says that he got what was approved." })
  deliverSmallHelp(
    @Arg("input", () => DeliverSmallHelpInput, { description: "Which one." }) input: DeliverSmallHelpInput,
    @Ctx() context: ServicesContext,
  ): Promise<SmallHelpResult> {
    return resultAfter(context.rows.acts.smallHelp.deliver(input), context);
  }
}
