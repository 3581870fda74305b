import { Ctx, Query, Resolver } from "type-graphql";
import { suppressed } from "../../../platform/policy/suppression";
import { casesByOutreachKind } from "../store/outreach-figures";
import type { AdvocacyContext } from "./context";
import { OutreachCounts } from "./outreach";

@Resolver()
export class OutreachCountsResolver {
  @Query(() => OutreachCounts, {
    nullable: true,
    description: "Outreach in figures over all advocacy agencies; small counts are withheld.",
  })
  async outreachCounts(@Ctx() { databases, smallestShown }: AdvocacyContext): Promise<OutreachCounts> {
    const { cells, total } = suppressed(await casesByOutreachKind(databases.all()), smallestShown);
    return {
      byKind: cells.map(({ key, count }) => ({ kind: key, cases: count })),
      total,
      suppressedBelow: smallestShown,
    };
  }
}
