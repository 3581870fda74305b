import {
  Arg,
  Ctx,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Resolver,
  registerEnumType,
} from "type-graphql";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { HoldProblem, type Hold as HoldFacts } from "../domain/hold";
import type { HoldOutcome } from "../store/holds";
import type { AdvocacyContext } from "./context";
import { Keyed } from "./keyed";

registerEnumType(HoldProblem, {
  name: "HoldProblem",
  description:
    "Why nothing took effect. NOT_FOUND says alike that no hold of yours stands there and that there is no such contact.",
});

@ObjectType({ description: "A hold on a planned contact. It says nothing of why, or of whom." })
export class Hold {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => ID, { description: "The contact." })
  contactId!: string;

  @Field(() => String, { description: "The advocate who placed it, by the subject of her token." })
  placedBy!: string;

  @Field(() => DateTimeScalar, { description: "Since when it stands." })
  placedAt!: Date;

  @Field(() => DateTimeScalar, { description: "When it expires by itself." })
  expiresAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was withdrawn; null: it was not." })
  withdrawnAt!: Date | null;
}

@InputType({ description: "A hold to place on a planned contact, of a client or not." })
export class PlaceHoldInput extends Keyed {
  @Field(() => ID, { description: "The contact." })
  contactId!: string;

  @Field(() => Int, { description: "For how many hours; your site has a longest." })
  hours!: number;
}

@InputType({ description: "A contact that need not wait any longer." })
export class WithdrawHoldInput extends Keyed {
  @Field(() => ID, { description: "The contact." })
  contactId!: string;
}

@ObjectType({ description: "The holds placed or withdrawn, or a problem." })
export class HoldResult {
  @Field(() => [Hold], { nullable: true, description: "As they now are." })
  holds!: readonly HoldFacts[] | null;

  @Field(() => HoldProblem, { nullable: true, description: "Why nothing took effect." })
  problem!: HoldProblem | null;
}

function resultOf(outcome: HoldOutcome | undefined): HoldResult {
  if (outcome !== undefined && "holds" in outcome) return { holds: outcome.holds, problem: null };
  return { holds: null, problem: outcome?.problem ?? "NOT_FOUND" };
}

@Resolver()
export class HoldResolver {
  @Mutation(() => HoldResult, {
    nullable: true,
    description:
      "Makes a planned contact with an abusive partner wait. Law enforcement learns that a hold stands, and nothing else.",
  })
  async placeHold(
    @Arg("input", () => PlaceHoldInput, { description: "The hold." }) input: PlaceHoldInput,
    @Ctx() { reader, rows, holdTerms, now }: AdvocacyContext,
  ): Promise<HoldResult> {
    const { key, contactId, hours } = input;
    const telling = { by: reader.subject, key, now: now() };
    return resultOf(await rows.ownHolds()?.place(contactId, hours, holdTerms, telling));
  }

  @Mutation(() => HoldResult, {
    nullable: true,
    description: "Withdraws the holds that you placed on a contact; a colleague's stay until they expire.",
  })
  async withdrawHold(
    @Arg("input", () => WithdrawHoldInput, { description: "Which contact." }) input: WithdrawHoldInput,
    @Ctx() { reader, rows, now }: AdvocacyContext,
  ): Promise<HoldResult> {
    const { key, contactId } = input;
    return resultOf(await rows.ownHolds()?.withdraw(contactId, { by: reader.subject, key, now: now() }));
  }
}
