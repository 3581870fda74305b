import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { LawEnforcementContext } from "./context";
import { Person } from "./person";

/** Says to the agencies that know a person by his id alone what the row rules here say of him to this caller. */
@Resolver(() => Person)
export class PersonVisibleResolver {
  @FieldResolver(() => Boolean, {
    description: "Whether you see him: those on probation, those you will meet.",
  })
  async visible(@Root() { id }: Person, @Ctx() { loaders }: LawEnforcementContext) {
    return (await loaders.person.load(id)) !== null;
  }
}
