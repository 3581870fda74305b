import { Field, Int, ObjectType } from "type-graphql";
import type { Figure } from "../policy/figure";
import { DateTimeScalar } from "./scalars";

/** Makes a subgraph's own type for its figures, `<name>Figure`: each subgraph states who may see it. */
export function figureType(name: string): new () => Figure {
  @ObjectType(`${name}FigureRow`, { description: "One count of a figure." })
  class Row {
    @Field(() => [String], {
      description: "What is counted, in the records' own words: one, or two where the figure is a table.",
    })
    labels!: string[];

    @Field(() => Int, {
      nullable: true,
      description:
        "How many; null when that is below the limit, or when it would give another small count away.",
    })
    count!: number | null;
  }

  @ObjectType(`${name}Figure`, { description: "A list or table of counts, the same for everybody." })
  class OneFigure implements Figure {
    @Field(() => [Row], { description: "The counts; what is never counted stands here too." })
    rows!: Row[];

    @Field(() => Int, { description: "Counts below this are withheld." })
    suppressedBelow!: number;

    @Field(() => DateTimeScalar, { description: "The instant the counts were read." })
    asOf!: Date;
  }
  return OneFigure;
}
