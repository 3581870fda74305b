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

registerEnumType(HoldProblem, {
  name: "HoldProblem",
  description: "Why a hold was not placed or not withdrawn.",
});

const MESSAGES: Record<HoldProblem, string> = {
  CONTACT_ID_NOT_VALID: "This is no id of a contact.",
  HOURS_OUT_OF_BOUNDS: "A hold lasts an hour at least, and no longer than your site allows.",
  HOLD_NOT_FOUND: "No hold of yours stands on this contact.",
  MUTATION_KEY_NOT_VALID: "A mutation key is 8 to 100 letters, digits and signs, such as a UUID.",
  MUTATION_KEY_ALREADY_USED: "You have used this key before, for something else.",
};

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
export class PlaceHoldInput {
  @Field(() => String, { description: "Made by your program, once per hold: sent again, nothing doubles." })
  clientMutationKey!: string;

  @Field(() => ID, { description: "The contact." })
  contactId!: string;

  @Field(() => Int, { description: "For how many hours; your site has a longest." })
  hours!: number;
}

@InputType({ description: "A contact that need not wait any longer." })
export class WithdrawHoldInput {
  @Field(() => String, { description: "Made by your program, once per withdrawal." })
  clientMutationKey!: string;

  @Field(() => ID, { description: "The contact." })
  contactId!: string;
}

@ObjectType({ description: "Why a hold was not placed or not withdrawn." })
export class HoldFault {
  @Field(() => HoldProblem, { description: "For programs." })
  code!: HoldProblem;

  @Field(() => String, { description: "For people." })
  message!: string;
}

@ObjectType({ description: "The holds placed or withdrawn, or the problems for which nothing changed." })
export class HoldPayload {
  @Field(() => [Hold], { description: "As they now are; empty when nothing changed." })
  holds!: readonly HoldFacts[];

  @Field(() => [HoldFault], { description: "Empty when it was done." })
  problems!: HoldFault[];
}

function payloadOf(outcome: HoldOutcome | undefined): HoldPayload {
  if (outcome !== undefined && "holds" in outcome) return { holds: outcome.holds, problems: [] };
  const code = outcome?.problem ?? "HOLD_NOT_FOUND";
  return { holds: [], problems: [{ code, message: MESSAGES[code] }] };
}

@Resolver()
export class HoldResolver {
  @Mutation(() => HoldPayload, {
    nullable: true,
    description:
      "Makes a planned contact with an abusive partner wait. Law enforcement learns that a hold stands, and nothing else.",
  })
  async placeHold(
    @Arg("input", () => PlaceHoldInput, { description: "The hold." }) input: PlaceHoldInput,
    @Ctx() { reader, rows, holdTerms, now }: AdvocacyContext,
  ): Promise<HoldPayload> {
    const { clientMutationKey: key, contactId, hours } = input;
    const telling = { by: reader.subject, key, now: now() };
    return payloadOf(await rows.ownHolds()?.place(contactId, hours, holdTerms, telling));
  }

  @Mutation(() => HoldPayload, {
    nullable: true,
    description: "Withdraws the holds that you placed on a contact; a colleague's stay until they expire.",
  })
  async withdrawHold(
    @Arg("input", () => WithdrawHoldInput, { description: "Which contact." }) input: WithdrawHoldInput,
    @Ctx() { reader, rows, now }: AdvocacyContext,
  ): Promise<HoldPayload> {
    const { clientMutationKey: key, contactId } = input;
    return payloadOf(await rows.ownHolds()?.withdraw(contactId, { by: reader.subject, key, now: now() }));
  }
}
