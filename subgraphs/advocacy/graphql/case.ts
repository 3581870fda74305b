import { Directive, Field, ID, ObjectType } from "type-graphql";

/** A case, as the advocacy agencies know it: by the hub's opaque id. Its records are added by CaseResolver. */
@ObjectType({ description: "One person and one victim: the unit the partners work on." })
@Directive('@key(fields: "id")')
export class Case {
  @Field(() => ID, { description: "Opaque: it says nothing about the case." })
  id!: string;

  @Field(() => String, { nullable: true, description: "The community agency the case is assigned to." })
  @Directive("@external")
  assignedAgency?: string | null;
}
