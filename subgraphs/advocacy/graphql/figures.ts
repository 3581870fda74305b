import { Ctx, FieldResolver, ObjectType, Query, Resolver } from "type-graphql";
import { figureOf, type Figure } from "../../../platform/policy/figure";
import { figureType } from "../../../platform/subgraph/figure-types";
import { clientsByRiskBand, clientsByWay } from "../store/figures";
import type { AdvocacyContext } from "./context";

const AdvocacyFigure = figureType("Advocacy");

@ObjectType({
  description: "All advocacy agencies in figures, the same for everybody; small counts are withheld.",
})
export class AdvocacyFigures {}

@Resolver(() => AdvocacyFigures)
export class AdvocacyFiguresResolver {
  @Query(() => AdvocacyFigures, {
    nullable: true,
    description: "All advocacy agencies in figures: fixed dimensions, no filters, small counts withheld.",
  })
  advocacyFigures(): AdvocacyFigures {
    return {};
  }

  @FieldResolver(() => AdvocacyFigure, {
    nullable: true,
    description: "Clients, by whether the partners know a case of hers.",
  })
  async clients(@Ctx() { databases, smallestShown: limit, now }: AdvocacyContext): Promise<Figure> {
    return figureOf(await clientsByWay(databases.all()), { limit, asOf: now() });
  }

  @FieldResolver(() => AdvocacyFigure, {
    nullable: true,
    description: "Clients by band of their latest risk assessment; bands that few have stand together.",
  })
  async riskBands(@Ctx() { databases, smallestShown: limit, now }: AdvocacyContext): Promise<Figure> {
    return figureOf(await clientsByRiskBand(databases.all(), limit), { limit, asOf: now() });
  }
}
