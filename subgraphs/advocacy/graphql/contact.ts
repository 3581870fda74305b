import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from "type-graphql";
import type { AdvocacyContext } from "./context";
import { Hold } from "./holds";

/** A contact with an abusive partner, as the advocacy agencies know it: by the hub's opaque id. */
@ObjectType({ description: "A contact with the abusive partner, from the plan to what came of it." })
@Directive('@key(fields: "id")')
export class Contact {
  @Field(() => ID, { description: "Opaque." })
  id!: string;
}

@Resolver(() => Contact)
export class ContactHoldResolver {
  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      "Whether a hold of any advocacy agency stands on it, and nothing else: not whose, not why, not of whom.",
  })
  holdStands(@Root() { id }: Contact, @Ctx() { standingHolds }: AdvocacyContext): Promise<boolean> {
    return standingHolds.load(id.toLowerCase());
  }

  @FieldResolver(() => [Hold], {
    nullable: true,
    description: "The standing holds of the reader's own agency, whoever placed them.",
  })
  async ownHolds(
    @Root() { id }: Contact,
    @Ctx() { rows, now }: AdvocacyContext,
  ): Promise<readonly Hold[] | null> {
    return (await rows.ownHolds()?.standing(id.toLowerCase(), now())) ?? null;
  }
}
