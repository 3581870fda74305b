import { Ctx, Query, Resolver } from "type-graphql";
import { suppressed } from "../../../platform/policy/suppression";
import type { ServicesContext } from "./context";
import { EngagementCounts } from "./engagement";

@Resolver()
export class EngagementCountsResolver {
  @Query(() => EngagementCounts, {
    nullable: true,
    description: "Engagement in figures over all providers; small counts are withheld.",
  })
  async engagementCounts(@Ctx() { rows, smallestShown }: ServicesContext): Promise<EngagementCounts> {
    const { cells, total } = suppressed(await rows.engagementFigures(), smallestShown);
    return {
      byService: cells.map(({ key, count }) => ({ service: key, persons: count })),
      total,
      suppressedBelow: smallestShown,
    };
  }
}
