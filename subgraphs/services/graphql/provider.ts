import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { GraphQLError } from "graphql";
import { freePlaces } from "../domain/capacity";
import { ServiceKind } from "../domain/referral";
import type { ServicesContext } from "./context";

@ObjectType({ description: "What a provider has of one service." })
export class ProviderService {
  @Field(() => ServiceKind, { description: "The service." })
  service!: ServiceKind;

  @Field(() => Int, { description: "Places at once." })
  places!: number;

  @Field(() => Int, { description: "Places that are taken." })
  taken!: number;

  @Field(() => Int, { description: "Places that are free." })
  free!: number;
}

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

  @Field(() => Int, { description: "How many persons it can have at once, all services together." })
  capacity!: number;

  @Field(() => String, { nullable: true, description: "When it is open." })
  hours!: string | null;

  @Field(() => String, { nullable: true, description: "Where it works." })
  area!: string | null;
}

@InputType({ description: "Which providers; what is left out does not matter." })
export class ProviderFilter {
  @Field(() => ServiceKind, { nullable: true, description: "That offer this service." })
  service?: ServiceKind | null;

  @Field(() => String, { nullable: true, description: 'That work in this language; "es" finds "es-MX" too.' })
  language?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "With a free place, of the service if one is named. For those alone who may see places.",
  })
  free?: boolean | null;
}

@Resolver(() => Provider)
export class ProviderResolver {
  @Query(() => [Provider], { nullable: true, description: "The providers of the site, by name." })
  providers(
    @Arg("filter", () => ProviderFilter, { nullable: true, description: "Which ones." })
    filter: ProviderFilter | null,
    @Ctx() { rows, scopes }: ServicesContext,
  ): Promise<Provider[]> {
    // A filter on what one may not see would tell it.
    if (filter?.free === true && !scopes.has("service-needs:F")) {
      throw new GraphQLError("Places are shown to those who refer, and to providers.", {
        extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE" },
      });
    }
    return rows.providers(filter ?? {});
  }

  @FieldResolver(() => [ProviderService], { nullable: true, description: "Its services with their places." })
  async services(@Root() { agency }: Provider, @Ctx() { rows }: ServicesContext): Promise<ProviderService[]> {
    return (await rows.offered(agency)).map((one) => ({ ...one, free: freePlaces(one) }));
  }
}
