import { Ctx, Directive, FieldResolver, ID, Resolver, Root, registerEnumType } from "type-graphql";
import { NeedKind } from "../domain/need";
import { ServiceStanding } from "../domain/standing";
import type { ServicesContext } from "./context";
import { Engagement } from "./engagement";
import { HelpPromise } from "./help-promise";
import { Need } from "./need";
import { Person } from "./person";
import { Referral } from "./referral";
import { SmallHelp } from "./small-help";

registerEnumType(ServiceStanding, {
  name: "ServiceStanding",
  description: "All that most partners learn: he was referred, or he goes.",
});

/**
 * The records of a person. `visible` is law enforcement's word on whether it shows him to the caller; a field that requires
 * another one has to state that field's requirement (known caller) too.
 */
@Resolver(() => Person)
export class PersonResolver {
  @Directive('@requires(fields: "visible")')
  @Directive("@authenticated")
  @FieldResolver(() => ID, {
    nullable: true,
    description:
      "Names him in commands of the services, for you alone and twelve hours; null: nothing of him is yours to begin.",
  })
  handle(@Root() person: Person, @Ctx() { rows }: ServicesContext) {
    return rows.handle(person);
  }

  @FieldResolver(() => [SmallHelp], {
    nullable: true,
    description:
      "Small things that were asked for him, newest first; a provider's are those his agency asked for.",
  })
  smallHelp(@Root() { id }: Person, @Ctx() { rows }: ServicesContext) {
    return rows.smallHelp(id);
  }

  @FieldResolver(() => [Need], { nullable: true, description: "What he said he needs, newest first." })
  needs(@Root() { id }: Person, @Ctx() { rows }: ServicesContext) {
    return rows.needs(id);
  }

  @Directive('@requires(fields: "visible")')
  @Directive("@authenticated")
  @FieldResolver(() => [NeedKind], { nullable: true, description: "What he told the partners to pass on." })
  needsToPassOn(@Root() person: Person, @Ctx() { rows }: ServicesContext) {
    return rows.needsToPassOn(person);
  }

  @FieldResolver(() => [Referral], { nullable: true, description: "Where he was sent, newest first." })
  referrals(@Root() { id }: Person, @Ctx() { rows }: ServicesContext) {
    return rows.referrals(id);
  }

  @FieldResolver(() => [Engagement], {
    nullable: true,
    description: "Whether he came, day by day, newest first.",
  })
  engagement(@Root() { id }: Person, @Ctx() { rows }: ServicesContext) {
    return rows.engagement(id);
  }

  @FieldResolver(() => ServiceStanding, {
    nullable: true,
    description: "Referred or engaged, as far as he agreed that partners know; null: nothing to tell.",
  })
  async serviceStanding(@Root() { id }: Person, @Ctx() { rows }: ServicesContext) {
    return (await rows.standing(id)).standing;
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: "Whether he goes, as far as he agreed that partners know; null: nothing to tell.",
  })
  async engaged(@Root() { id }: Person, @Ctx() { rows }: ServicesContext) {
    const { standing } = await rows.standing(id);
    return standing === null ? null : standing === ServiceStanding.ENGAGED;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Must be passed on with serviceStanding and engaged (42 CFR Part 2); null: nothing protected in them.",
  })
  async redisclosureNotice(@Root() { id }: Person, @Ctx() { rows }: ServicesContext) {
    return (await rows.standing(id)).notice;
  }

  @Directive('@requires(fields: "visible")')
  @Directive("@authenticated")
  @FieldResolver(() => [HelpPromise], {
    nullable: true,
    description: "Help promised to him, by due day; outside justice, what your own agency has to keep.",
  })
  helpPromises(@Root() person: Person, @Ctx() { rows }: ServicesContext) {
    return rows.helpPromises(person);
  }
}
