import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { OutreachKind, OutreachOutcome } from "../domain/outreach";

registerEnumType(OutreachKind, {
  name: "AdvocacyOutreachKind",
  description: "What was done for the victim.",
});
registerEnumType(OutreachOutcome, { name: "AdvocacyOutreachOutcome", description: "What came of it." });

@ObjectType({ description: "One outreach of an advocate to the victim of a case." })
export class Outreach {
  @Field(() => ID, { description: "The agency's own opaque id." })
  id!: string;

  @Field(() => OutreachKind, { description: "What was done." })
  kind!: OutreachKind;

  @Field(() => OutreachOutcome, { description: "What came of it." })
  outcome!: OutreachOutcome;

  @Field(() => DateTimeScalar, { description: "When it was done." })
  madeAt!: Date;

  @Field(() => String, { description: "Who did it, by the subject of the advocate's token." })
  madeBy!: string;

  @Field(() => String, { nullable: true, description: "What the advocate noted." })
  note!: string | null;

  @Field(() => Boolean, { description: "It was done although it was not known to be safe." })
  againstSafeContact!: boolean;
}

@ObjectType({ description: "How many cases were reached by one kind of outreach." })
export class OutreachKindCount {
  @Field(() => OutreachKind, { description: "The kind of outreach." })
  kind!: OutreachKind;

  @Field(() => Int, { nullable: true, description: "Cases, each counted once; null: withheld, too few." })
  cases!: number | null;
}

@ObjectType({ description: "Outreach in figures, over all advocacy agencies together." })
export class OutreachCounts {
  @Field(() => [OutreachKindCount], { description: "One line per kind of outreach." })
  byKind!: OutreachKindCount[];

  @Field(() => Int, { nullable: true, description: "The sum of the lines; null: withheld, since a line is." })
  total!: number | null;

  @Field(() => Int, {
    description: "Counts below this are withheld, and others so that none can be worked out.",
  })
  suppressedBelow!: number;
}
