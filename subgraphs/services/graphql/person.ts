import { Directive, Field, ID, ObjectType } from "type-graphql";

/** A person, as the services know him: by the hub's opaque id. His records are added by PersonResolver. */
@ObjectType({ description: "An abusive partner known to the justice system." })
@Directive('@key(fields: "id")')
export class Person {
  @Field(() => ID, { description: "Opaque; never a case number, a state id or a name." })
  id!: string;

  @Field(() => Boolean, { description: "Whether law enforcement shows him to the one who asks." })
  @Directive("@external")
  visible?: boolean;
}
