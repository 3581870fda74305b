import { Ctx, Field, FieldResolver, ID, ObjectType, Resolver, Root } from "type-graphql";
import { isInForce } from "../domain/in-force";
import type { OrderOfProtectionRow, OrderViolationRow } from "../store/entities/order-of-protection";
import type { PersonRow } from "../store/entities/person";
import type { LawEnforcementContext } from "./context";
import { Person } from "./person";
import { DateScalar } from "../../../platform/subgraph/scalars";

@ObjectType({ description: "A reported violation of an order of protection." })
export class OrderViolation {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => DateScalar, { nullable: true, description: "The day of the violation." })
  occurredOn!: string;
}

@ObjectType({ description: "An order of protection against him." })
export class OrderOfProtection {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => String, { nullable: true, description: "Docket number." })
  docket!: string;

  @Field(() => String, { nullable: true, description: "The terms in words." })
  terms!: string;

  @Field(() => DateScalar, { nullable: true, description: "The day it was issued." })
  issuedOn!: string;

  @Field(() => DateScalar, { nullable: true, description: "The day it was served on him; null: not yet." })
  servedOn!: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The day it ends." })
  expiresOn!: string;

  @Field(() => [String], { nullable: true, description: "Addresses he must stay away from." })
  protectedAddresses!: string[];
}

@Resolver(() => OrderOfProtection)
export class OrderViolationsResolver {
  @FieldResolver(() => [OrderViolation], { nullable: true, description: "Violations, newest first." })
  violations(
    @Root() order: OrderOfProtectionRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<OrderViolationRow[]> {
    return loaders.violationsOfOrder.load(order.id);
  }
}

@Resolver(() => Person)
export class PersonOrdersResolver {
  @FieldResolver(() => [OrderOfProtection], {
    nullable: true,
    description: "Orders of protection, newest first; an advocate sees those of her agency's cases.",
  })
  orders(
    @Root() person: PersonRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<OrderOfProtectionRow[]> {
    return loaders.ordersOfPerson.load(person.id);
  }

  @FieldResolver(() => [String], {
    nullable: true,
    description: "The terms in force that a provider must respect, free of addresses.",
  })
  async ordersForProvider(
    @Root() person: PersonRow,
    @Ctx() { loaders, now }: LawEnforcementContext,
  ): Promise<string[]> {
    return (await loaders.ordersOfPerson.load(person.id))
      .filter((one) => isInForce(one.issuedOn, one.expiresOn, now))
      .flatMap((one) => one.termsForProvider ?? []);
  }
}
