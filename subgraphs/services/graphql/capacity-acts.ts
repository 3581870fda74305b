import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import { ServiceKind } from "../domain/referral";
import type { ServicesContext } from "./context";
import { HelpProblemEnum, resultOf, type HelpProblem } from "./help-problem";
import { Keyed } from "./keyed";
import { Provider } from "./provider";

@InputType({ description: "Places of one service." })
export class ServicePlacesInput {
  @Field(() => ServiceKind, { description: "The service." })
  service!: ServiceKind;

  @Field(() => Int, { description: "Places at once, 0 to 10000; 0: it is not offered any more." })
  places!: number;
}

@InputType({ description: "What your agency offers; what is left out stays as it is." })
export class RecordCapacityInput extends Keyed {
  @Field(() => Int, { nullable: true, description: "Persons at once, all services together, 0 to 10000." })
  capacity?: number | null;

  @Field(() => [ServicePlacesInput], { nullable: true, description: "Places of these services." })
  services?: ServicePlacesInput[] | null;

  @Field(() => [String], { nullable: true, description: "The languages it works in, as BCP 47 tags." })
  languages?: string[] | null;

  @Field(() => String, { nullable: true, description: "When it is open, in a line." })
  hours?: string | null;

  @Field(() => String, { nullable: true, description: "Where it works, in a line." })
  area?: string | null;
}

@ObjectType({ description: "Your agency as it is now listed, or a problem." })
export class ProviderResult {
  @Field(() => Provider, { nullable: true, description: "Your agency as it is now listed." })
  provider!: object | null;

  @Field(() => HelpProblemEnum, { nullable: true, description: "Why nothing took effect." })
  problem!: HelpProblem | null;
}

@Resolver()
export class CapacityActsResolver {
  @Mutation(() => ProviderResult, { nullable: true, description: "Says what your agency offers." })
  async recordCapacity(
    @Arg("input", () => RecordCapacityInput, { description: "What it offers." }) input: RecordCapacityInput,
    @Ctx() { rows, reader }: ServicesContext,
  ): Promise<ProviderResult> {
    const { row, problem } = await resultOf(await rows.acts.capacity.record(input), () =>
      rows.providerOf(reader.agency),
    );
    return { provider: row, problem };
  }
}
