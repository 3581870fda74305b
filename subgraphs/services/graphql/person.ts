import { Directive, Field, ID, ObjectType } from "type-graphql";

/** A person, as the services know him: by the hub's opaque id. His records are added by PersonResolver. */
@ObjectType({ description: "An abusive partner known to the partnership." })
@Directive('@key(fields: "id")')
export class Person {
  @Field(() => ID, { description: "Opaque: it says nothing about the person." })
  id!: string;
}
