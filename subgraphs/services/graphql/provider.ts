import { Ctx, Field, ID, Int, ObjectType, Query, Resolver } from "type-graphql";
import type { ServicesContext } from "./context";

@ObjectType({ description: "An agency that helps abusive partners to change course." })
export class Provider {
  @Field(() => ID, { description: "An opaque id." })
  id!: string;

  @Field(() => String, { description: "The agency's id." })
  agency!: string;

  @Field(() => String, { description: "Its name." })
  name!: string;

  @Field(() => [String], { description: "The languages it works in, as BCP 47 tags." })
  languages!: string[];

  @Field(() => Int, { description: "How many persons it can take now." })
  capacity!: number;
}

@Resolver()
export class ProviderResolver {
  @Query(() => [Provider], { nullable: true, description: "Every provider of the site, by name." })
  providers(@Ctx() { rows }: ServicesContext): Promise<Provider[]> {
    return rows.providers();
  }
}
