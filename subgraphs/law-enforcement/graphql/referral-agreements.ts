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
import { isAgencyId, type AgreementRefusal } from "../domain/referral-agreement";
import { nameOf } from "../store/contacts";
import { latestAgreement, recordAgreement } from "../store/referral-agreements";
import { Keyed } from "./contact-inputs";
import type { LawEnforcementContext } from "./context";
import { isUuid } from "../../../platform/store/uuid";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { toldOnce, type KeyRefusal } from "../../../platform/told-request/told-once";

type AgreementProblem = "NOT_FOUND" | "KEY_IS_NO_UUID" | KeyRefusal | AgreementRefusal;

/** Every problem there is: one that a rule can give and this list has not does not compile. */
const AgreementProblemEnum: { readonly [Code in AgreementProblem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  NO_AGENCY: "NO_AGENCY",
  IN_THE_FUTURE: "IN_THE_FUTURE",
  ALREADY_AGREED: "ALREADY_AGREED",
  NOT_AGREED: "NOT_AGREED",
  BEFORE_AGREEMENT: "BEFORE_AGREEMENT",
};
registerEnumType(AgreementProblemEnum, {
  name: "ReferralAgreementProblem",
  description:
    "Why nothing took effect. NOT_FOUND says alike that there is no such person and that he is not the reader's to see.",
});

@ObjectType({
  description: "That he agreed to be referred to a provider, which may know who he is until he withdraws.",
})
export class ReferralAgreement {
  @Field(() => String, { description: "The provider's agency, by its id." })
  providerAgency!: string;

  @Field(() => DateTimeScalar, { description: "When he agreed." })
  agreedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When he withdrew; null: he still agrees." })
  withdrawnAt!: Date | null;
}

@ObjectType({ description: "The agreement as it is now recorded, or a problem." })
export class ReferralAgreementResult {
  @Field(() => ReferralAgreement, { nullable: true, description: "The agreement." })
  agreement!: ReferralAgreement | null;

  @Field(() => AgreementProblemEnum, { nullable: true, description: "Why nothing took effect." })
  problem!: AgreementProblem | null;
}

@InputType({ description: "What he said about being referred to a provider." })
export class RecordReferralAgreementInput extends Keyed {
  @Field(() => ID, { description: "The abusive partner." })
  personId!: string;

  @Field(() => String, { description: "The provider's agency, by its id." })
  providerAgency!: string;

  @Field(() => Boolean, { description: "True: he agrees. False: he does no longer." })
  agreed!: boolean;

  @Field(() => DateTimeScalar, { description: "When he said so." })
  saidAt!: Date;
}

const refused = (problem: AgreementProblem): ReferralAgreementResult => ({ agreement: null, problem });

@Resolver()
export class ReferralAgreementsResolver {
  @Mutation(() => ReferralAgreementResult, {
    nullable: true,
    description:
      "Records that he agrees that a provider learns his name and contact, or does no longer. The referral itself is recorded at the services.",
  })
  async recordReferralAgreement(
    @Arg("input", () => RecordReferralAgreementInput, { description: "What he said." })
    input: RecordReferralAgreementInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<ReferralAgreementResult> {
    const { caller, database, loaders, now } = context;
    if (!isUuid(input.key)) return refused("KEY_IS_NO_UUID");
    if (!isAgencyId(input.providerAgency)) return refused("NO_AGENCY");
    const person = await loaders.person.load(input.personId);
    if (person === null) return refused("NOT_FOUND");
    const told = { caller, key: input.key, mutation: "recordReferralAgreement", input, now };
    const recorded = await toldOnce(database, told, (manager) =>
      recordAgreement(manager, person.id, input, { by: nameOf(caller), now }),
    );
    if (!recorded.ok) return refused(recorded.refusal.code);
    loaders.liveReferrals.clear(person.id);
    const agreement = await latestAgreement(database.manager, person.id, input.providerAgency);
    return { agreement, problem: null };
  }
}
