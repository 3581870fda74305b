import { Ctx, Field, FieldResolver, ID, ObjectType, Resolver, Root, registerEnumType } from "type-graphql";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { ReferralState, ServiceKind } from "../domain/referral";
import type { ShownReferral } from "../policy/row-access";
import type { ServicesContext } from "./context";
import { Person } from "./person";
import { Provider } from "./provider";

registerEnumType(ServiceKind, { name: "ServiceKind", description: "What a provider is asked for." });
registerEnumType(ReferralState, { name: "ReferralState", description: "Where a referral stands." });

@ObjectType({ description: "A patient's written consent to tell one agency what 42 CFR Part 2 protects." })
export class Part2Consent {
  @Field(() => ID, { description: "An opaque id." })
  id!: string;

  @Field(() => String, { description: "The agency that may be told, by its id." })
  recipientAgency!: string;

  @Field(() => DateTimeScalar, { description: "When he gave it." })
  givenAt!: Date;

  @Field(() => DateTimeScalar, { description: "When it ends." })
  expiresAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When he took it back." })
  revokedAt!: Date | null;
}

@ObjectType({ description: "A person sent to a provider." })
export class Referral {
  @Field(() => ID, { description: "An opaque id." })
  id!: string;

  @Field(() => ServiceKind, { description: "What the provider is asked for." })
  service!: ServiceKind;

  @Field(() => ReferralState, { description: "Where it stands." })
  state!: ReferralState;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When he agreed; null: he has not been asked yet.",
  })
  consentedAt!: Date | null;

  @Field(() => DateTimeScalar, { description: "When he was referred." })
  referredAt!: Date;

  @Field(() => Boolean, {
    description: "He agreed that the partners learn that he was referred, and whether he goes.",
  })
  partnersMayKnow!: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the provider took him, or did not." })
  answeredAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it ended." })
  closedAt!: Date | null;

  @Field(() => [Part2Consent], { description: "The consents to tell of it, when it is a Part 2 record." })
  part2Consents!: Part2Consent[];

  @Field(() => String, { nullable: true, description: "Must be passed on with this record (42 CFR Part 2)." })
  redisclosureNotice!: string | null;
}

@Resolver(() => Referral)
export class ReferralResolver {
  @FieldResolver(() => Person, { description: "The person." })
  person(@Root() { personId }: ShownReferral): Person {
    return { id: personId };
  }

  @FieldResolver(() => Provider, { description: "Where he was sent." })
  provider(@Root() { providerAgency }: ShownReferral, @Ctx() { rows }: ServicesContext): Promise<Provider> {
    return rows.providerOf(providerAgency);
  }
}
