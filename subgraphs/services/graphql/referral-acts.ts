import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from "type-graphql";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { ReferralState, ServiceKind } from "../domain/referral";
import type { Done } from "../policy/actor";
import type { ServicesContext } from "./context";
import { HelpProblemEnum, resultOf, type HelpProblem } from "./help-problem";
import { Keyed, OfPerson } from "./keyed";
import { Referral } from "./referral";

@InputType({ description: "Where he might be sent." })
export class ReferInput extends OfPerson {
  @Field(() => String, { description: "The provider's agency, by its id." })
  providerAgency!: string;

  @Field(() => ServiceKind, { description: "What the provider is asked for." })
  service!: ServiceKind;
}

@InputType({ description: "A referral that you have seen." })
abstract class OfReferral extends Keyed {
  @Field(() => ID, { description: "The referral." })
  referralId!: string;

  @Field(() => ReferralState, { description: "The state you have seen it in: STALE when it is another." })
  expects!: ReferralState;
}

@InputType({ description: "What he said when he was asked." })
export class RecordReferralConsentInput extends OfReferral {
  @Field(() => Boolean, {
    description: "He agreed that this provider learns of him. False ends a referral that runs.",
  })
  agreed!: boolean;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "He agreed that the partners learn that he was referred, and whether he goes.",
  })
  partnersMayKnow!: boolean;
}

@InputType({ description: "A referral that goes on, or ends." })
export class MoveReferralInput extends OfReferral {}

@InputType({
  description: "His written consent to tell one agency of treatment of substance use (42 CFR 2.31).",
})
export class RecordPart2ConsentInput extends Keyed {
  @Field(() => ID, { description: "The referral it is about." })
  referralId!: string;

  @Field(() => String, { description: "The agency that may be told, by its id." })
  recipientAgency!: string;

  @Field(() => DateTimeScalar, { description: "When he gave it." })
  givenAt!: Date;

  @Field(() => DateTimeScalar, { description: "When it ends." })
  expiresAt!: Date;
}

@InputType({ description: "A consent that he takes back." })
export class RevokePart2ConsentInput extends Keyed {
  @Field(() => ID, { description: "The consent." })
  consentId!: string;
}

@ObjectType({ description: "The referral as it now is, or a problem." })
export class ReferralResult {
  @Field(() => Referral, {
    nullable: true,
    description: "The referral as it now is; null without a problem: it is no longer yours to see.",
  })
  referral!: object | null;

  @Field(() => HelpProblemEnum, { nullable: true, description: "Why nothing took effect." })
  problem!: HelpProblem | null;
}

async function resultAfter(
  done: Promise<Done<HelpProblem>>,
  { rows }: ServicesContext,
): Promise<ReferralResult> {
  const { row, problem } = await resultOf(await done, (id) => rows.referral(id));
  return { referral: row, problem };
}

@Resolver()
export class ReferralActsResolver {
  @Mutation(() => ReferralResult, {
    nullable: true,
    description: "Records that he took a consent back: from now on its agency is told nothing.",
  })
  revokePart2Consent(
    @Arg("input", () => RevokePart2ConsentInput, { description: "Which one." })
    input: RevokePart2ConsentInput,
    @Ctx() context: ServicesContext,
  ): Promise<ReferralResult> {
    return resultAfter(context.rows.acts.part2.revoke(input), context);
  }

  @Mutation(() => ReferralResult, {
    nullable: true,
    description: "Proposes to send him to a provider, who learns nothing of it until he agrees.",
  })
  refer(
    @Arg("input", () => ReferInput, { description: "Where." }) input: ReferInput,
    @Ctx() context: ServicesContext,
  ): Promise<ReferralResult> {
    return resultAfter(context.rows.acts.referrals.refer(input), context);
  }

  @Mutation(() => ReferralResult, {
    nullable: true,
    description: "Records what he said of a referral, also when he changes his mind.",
  })
  recordReferralConsent(
    @Arg("input", () => RecordReferralConsentInput, { description: "What he said." })
    input: RecordReferralConsentInput,
    @Ctx() context: ServicesContext,
  ): Promise<ReferralResult> {
    return resultAfter(context.rows.acts.referrals.consent(input), context);
  }

  @Mutation(() => ReferralResult, {
    nullable: true,
    description: "Takes him, if your agency has a place for the service.",
  })
  acceptReferral(
    @Arg("input", () => MoveReferralInput, { description: "Which one." }) input: MoveReferralInput,
    @Ctx() context: ServicesContext,
  ): Promise<ReferralResult> {
    return resultAfter(context.rows.acts.referrals.answer("accept", input), context);
  }

  @Mutation(() => ReferralResult, {
    nullable: true,
    description: "Does not take him. No reason is asked for.",
  })
  declineReferral(
    @Arg("input", () => MoveReferralInput, { description: "Which one." }) input: MoveReferralInput,
    @Ctx() context: ServicesContext,
  ): Promise<ReferralResult> {
    return resultAfter(context.rows.acts.referrals.answer("decline", input), context);
  }

  @Mutation(() => ReferralResult, {
    nullable: true,
    description: "Ends a referral; its place is free again.",
  })
  closeReferral(
    @Arg("input", () => MoveReferralInput, { description: "Which one." }) input: MoveReferralInput,
    @Ctx() context: ServicesContext,
  ): Promise<ReferralResult> {
    return resultAfter(context.rows.acts.referrals.close(input), context);
  }

  @Mutation(() => ReferralResult, {
    nullable: true,
    description: "Records a written consent to tell one agency of treatment of substance use.",
  })
  recordPart2Consent(
    @Arg("input", () => RecordPart2ConsentInput, { description: "The consent." })
    input: RecordPart2ConsentInput,
    @Ctx() context: ServicesContext,
  ): Promise<ReferralResult> {
    return resultAfter(context.rows.acts.part2.record(input), context);
  }
}
