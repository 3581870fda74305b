import { Ctx, FieldResolver, ObjectType, Query, Resolver } from "type-graphql";
import { figureOf, twoWayFigureOf, type Counted, type Figure } from "../../../platform/policy/figure";
import { figureType } from "../../../platform/subgraph/figure-types";
import * as figures from "../store/figures";
import type { LawEnforcementContext } from "./context";

const JusticeFigure = figureType("Justice");

@ObjectType({ description: "Law enforcement in figures, the same for everybody; small counts are withheld." })
export class JusticeFigures {}

const tellingOf = ({ smallestShown: limit, now: asOf }: LawEnforcementContext) => ({ limit, asOf });
const list = async (counted: Promise<Counted>, context: LawEnforcementContext): Promise<Figure> =>
  figureOf(await counted, tellingOf(context));

@Resolver(() => JusticeFigures)
export class JusticeFiguresResolver {
  @Query(() => JusticeFigures, {
    nullable: true,
    description: "Law enforcement in figures: fixed dimensions, no filters, small counts withheld.",
  })
  justiceFigures(): JusticeFigures {
    return {};
  }

  @FieldResolver(() => JusticeFigure, {
    nullable: true,
    description: "Persons known to police, by recorded sex.",
  })
  identity(@Ctx() context: LawEnforcementContext): Promise<Figure> {
    return list(figures.personsBySex(context.database.manager), context);
  }

  @FieldResolver(() => JusticeFigure, {
    nullable: true,
    description: "Persons by what their level was confirmed on, in categories; one may count in several.",
  })
  levelReasons(@Ctx() context: LawEnforcementContext): Promise<Figure> {
    return list(figures.personsByReason(context.database.manager), context);
  }

  @FieldResolver(() => JusticeFigure, {
    nullable: true,
    description: "Persons charged, by class of offence; one may count in several.",
  })
  charges(@Ctx() context: LawEnforcementContext): Promise<Figure> {
    return list(figures.personsByCharge(context.database.manager), context);
  }

  @FieldResolver(() => JusticeFigure, { nullable: true, description: "Persons by custody as it reads now." })
  custody(@Ctx() context: LawEnforcementContext): Promise<Figure> {
    return list(figures.personsByCustody(context.database.manager, context.now), context);
  }

  @FieldResolver(() => JusticeFigure, {
    nullable: true,
    description: "Persons under conditions in force, by kind; one may count in several.",
  })
  conditions(@Ctx() context: LawEnforcementContext): Promise<Figure> {
    return list(figures.personsByCondition(context.database.manager, context.now), context);
  }

  @FieldResolver(() => JusticeFigure, {
    nullable: true,
    description: "Cases with an order of protection, by its state; one may count in several.",
  })
  orders(@Ctx() context: LawEnforcementContext): Promise<Figure> {
    return list(figures.casesByOrder(context.database.manager, context.now), context);
  }

  @FieldResolver(() => JusticeFigure, {
    nullable: true,
    description: "Persons with and without an open warrant.",
  })
  warrants(@Ctx() context: LawEnforcementContext): Promise<Figure> {
    return list(figures.personsByWarrant(context.database.manager), context);
  }

  @FieldResolver(() => JusticeFigure, {
    nullable: true,
    description: "Cases screened by police, by what the latest screen says.",
  })
  lethalityScreens(@Ctx() context: LawEnforcementContext): Promise<Figure> {
    return list(figures.casesByDanger(context.database.manager), context);
  }

  @FieldResolver(() => JusticeFigure, {
    nullable: true,
    description: "Cases by kind of the justice side's outreach; one may count in several.",
  })
  outreach(@Ctx() context: LawEnforcementContext): Promise<Figure> {
    return list(figures.casesByOutreach(context.database.manager), context);
  }

  @FieldResolver(() => JusticeFigure, {
    nullable: true,
    description: "Persons by state, and within it means, of the latest contact.",
  })
  async contacts(@Ctx() context: LawEnforcementContext): Promise<Figure> {
    const counted = await figures.personsByContact(context.database.manager);
    return twoWayFigureOf(figures.CONTACT_STATES, figures.CONTACT_MEANS, counted, tellingOf(context));
  }

  @FieldResolver(() => JusticeFigure, {
    nullable: true,
    description: "Persons by state of the promises of sanction about them; one may count in several.",
  })
  promises(@Ctx() context: LawEnforcementContext): Promise<Figure> {
    return list(figures.personsByPromise(context.database.manager), context);
  }
}
