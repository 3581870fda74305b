import { Directive, Field, ID, ObjectType } from "type-graphql";

@Directive('@key(fields: "id")')
@ObjectType({ description: "An abusive partner known to the justice system." })
export class Person {
  @Field(() => ID, { description: "Opaque; never a case number, a state id or a name." })
  id!: string;
}
