import { Ctx, FieldResolver, ObjectType, Query, Resolver, Root } from "type-graphql";
import { figureOf, type Figure } from "../../../platform/policy/figure";
import { figureType } from "../../../platform/subgraph/figure-types";
import { clientsByRiskBand, clientsByWay } from "../store/figures";
import type { AdvocacyContext } from "./context";

const AdvocacyFigure = figureType("Advocacy");

@ObjectType({
  description: "All advocacy agencies in figures, the same for everybody; small counts are withheld.",
})
export class AdvocacyFigures {
  /** All figures of a request are of one instant: which query ends first tells nothing. */
  readonly asOf!: Date;
}

@Resolver(() => AdvocacyFigures)
export class AdvocacyFiguresResolver {
  @Query(() => AdvocacyFigures, {
    nullable: true,
    description: "All advocacy agencies in figures: fixed dimensions, no filters, small counts withheld.",
  })
  advocacyFigures(@Ctx() { now }: AdvocacyContext): AdvocacyFigures {
    return { asOf: now() };
  }

  @FieldResolver(() => AdvocacyFigure, {
    nullable: true,
    description: "Clients, by whether the partners know a case of hers.",
  })
  async clients(
    @Root() { asOf }: AdvocacyFigures,
    @Ctx() { databases, smallestShown: limit }: AdvocacyContext,
  ): Promise<Figure> {
    return figureOf(await clientsByWay(databases.all()), { limit, asOf });
  }

  @FieldResolver(() => AdvocacyFigure, {
    nullable: true,
    description: "Clients by band of their latest risk assessment; bands that few have stand together.",
  })
  async riskBands(
    @Root() { asOf }: AdvocacyFigures,
    @Ctx() { databases, smallestShown: limit }: AdvocacyContext,
  ): Promise<Figure> {
    return figureOf(await clientsByRiskBand(databases.all(), limit), { limit, asOf });
  }
}
