import { Directive, Field, ID, ObjectType } from "type-graphql";

/** A case, as the advocacy agencies know it: by the hub's opaque id. Its records are added by CaseResolver. */
@ObjectType({ description: "One person and one victim: the unit partners work on." })
@Directive('@key(fields: "id")')
export class Case {
  @Field(() => ID, { description: "Opaque; never a case number." })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "The community advocacy agency that works with this victim; its id as a partner of the site.",
  })
  @Directive("@external")
  assignedAgency?: string | null;
}
