import { Field, ID, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";

@ObjectType({
  description: "The victim of a case as the client of her advocacy agency. That there is one is protected.",
})
export class Client {
  @Field(() => ID, { description: "The agency's own opaque id." })
  id!: string;

  @Field(() => DateTimeScalar, { description: "When she became a client." })
  registeredAt!: Date;
}

@ObjectType({ description: "How her agency reaches a client. Known to the agency only." })
export class ClientContact {
  @Field(() => String, { description: "The name she wants to be called by." })
  preferredName!: string;

  @Field(() => String, { nullable: true, description: "Her telephone number." })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: "Where she lives now." })
  address!: string | null;
}

@ObjectType({ description: "What a client and her advocate agreed to do when it becomes dangerous." })
export class SafetyPlan {
  @Field(() => String, { description: "The plan." })
  text!: string;

  @Field(() => DateTimeScalar, { description: "When it was last gone through." })
  updatedAt!: Date;
}
