import { Ctx, FieldResolver, ObjectType, Query, Resolver } from "type-graphql";
import { figureOf, type Counted, type Figure } from "../../../platform/policy/figure";
import { figureType } from "../../../platform/subgraph/figure-types";
import type { ServicesContext } from "./context";

const ServicesFigure = figureType("Services");

@ObjectType({ description: "The services in figures, the same for everybody; small counts are withheld." })
export class ServicesFigures {}

const list = async (
  counted: Promise<Counted>,
  { smallestShown: limit, now }: ServicesContext,
): Promise<Figure> => figureOf(await counted, { limit, asOf: now() });

@Resolver(() => ServicesFigures)
export class ServicesFiguresResolver {
  @Query(() => ServicesFigures, {
    nullable: true,
    description: "The services in figures: fixed dimensions, no filters, small counts withheld.",
  })
  servicesFigures(): ServicesFigures {
    return {};
  }

  @FieldResolver(() => ServicesFigure, {
    nullable: true,
    description: "Persons by kind of what they need; one may count in several.",
  })
  needs(@Ctx() context: ServicesContext): Promise<Figure> {
    return list(context.rows.needFigures(), context);
  }

  @FieldResolver(() => ServicesFigure, {
    nullable: true,
    description: "Persons by state of their referrals; one may count in several.",
  })
  referrals(@Ctx() context: ServicesContext): Promise<Figure> {
    return list(context.rows.referralFigures(), context);
  }

  @FieldResolver(() => ServicesFigure, {
    nullable: true,
    description: "Persons by state of the help promised to them; one may count in several.",
  })
  helpPromises(@Ctx() context: ServicesContext): Promise<Figure> {
    return list(context.rows.helpPromiseFigures(), context);
  }
}
