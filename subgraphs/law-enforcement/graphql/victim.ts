import { Ctx, Field, FieldResolver, ID, ObjectType, Resolver, Root } from "type-graphql";
import type { SafeContactRuleRow, VictimRow } from "../store/entities/victim";
import type { LawEnforcementContext } from "./context";
import { DateScalar, DateTimeScalar } from "../../../platform/subgraph/scalars";

@ObjectType({ description: "A victim's identity, as police know it." })
export class VictimIdentity {
  @Field(() => String, { nullable: true, description: "Given name." })
  givenName!: string;

  @Field(() => String, { nullable: true, description: "Family name." })
  familyName!: string;

  @Field(() => DateScalar, { nullable: true, description: "Date of birth." })
  dateOfBirth!: string | null;
}

@ObjectType({ description: "Where a victim is reached, as police know it." })
export class VictimContact {
  @Field(() => String, { nullable: true, description: "Address." })
  address!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "The address is the substitute of an address confidentiality programme.",
  })
  addressIsSubstitute!: boolean;

  @Field(() => String, { nullable: true, description: "Telephone number." })
  phone!: string | null;
}

@ObjectType({ description: "How a victim may be reached: rule and method, no address." })
export class VictimContactMethod {
  @Field(() => Boolean, { nullable: true, description: "A call is safe." })
  mayCall!: boolean;

  @Field(() => Boolean, { nullable: true, description: "A letter is safe." })
  mayWrite!: boolean;

  @Field(() => Boolean, { nullable: true, description: "Leaving a message is safe." })
  mayLeaveMessage!: boolean;
}

@ObjectType({ description: "The safe-contact rule of a victim." })
export class SafeContactRule {
  @Field(() => Boolean, { nullable: true, description: "A call is safe." })
  mayCall!: boolean;

  @Field(() => Boolean, { nullable: true, description: "A letter is safe." })
  mayWrite!: boolean;

  @Field(() => Boolean, { nullable: true, description: "Leaving a message is safe." })
  mayLeaveMessage!: boolean;

  @Field(() => String, { nullable: true, description: "When, in words." })
  hours!: string | null;

  @Field(() => String, { nullable: true, description: "The language to use." })
  language!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the rule was recorded." })
  recordedAt!: Date;
}

@ObjectType({ description: "The victim of a case, as police know her." })
export class Victim {
  @Field(() => ID, { description: "Opaque." })
  id!: string;
}

@Resolver(() => Victim)
export class VictimResolver {
  @FieldResolver(() => VictimIdentity, { nullable: true, description: "Identity in full." })
  identity(@Root() victim: VictimRow): VictimIdentity {
    return victim;
  }

  @FieldResolver(() => String, { nullable: true, description: "Name, no location." })
  name(@Root() victim: VictimRow): string {
    return `${victim.givenName} ${victim.familyName}`;
  }

  @FieldResolver(() => VictimContact, { nullable: true, description: "Address and telephone." })
  contact(@Root() victim: VictimRow): VictimContact {
    return victim;
  }

  @FieldResolver(() => VictimContactMethod, {
    nullable: true,
    description: "Rule and method, no address; null when no rule is recorded: then no way is safe.",
  })
  contactMethod(
    @Root() victim: VictimRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<SafeContactRuleRow | null> {
    return loaders.safeContactRule.load(victim.id);
  }

  @FieldResolver(() => SafeContactRule, {
    nullable: true,
    description: "The safe-contact rule; null when none is recorded: then no way is safe.",
  })
  safeContact(
    @Root() victim: VictimRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<SafeContactRuleRow | null> {
    return loaders.safeContactRule.load(victim.id);
  }
}
