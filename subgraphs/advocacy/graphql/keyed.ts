import { Field, ID, InputType } from "type-graphql";

@InputType({ description: "What every command is told with." })
export abstract class Keyed {
  @Field(() => ID, { description: "A UUID of your own for this request: told twice, it is done once." })
  key!: string;
}
