import { Args, Ctx, Directive, FieldResolver, Resolver, Root } from "type-graphql";
import { PageArguments, newestFirst } from "../../../platform/subgraph/newest-first";
import { highDangerAmong, newestOfEach } from "../domain/risk-assessment";
import type { RiskAssessmentRow } from "../store/entities/risk-assessment";
import { Case } from "./case";
import type { AdvocacyContext } from "./context";
import { RiskAssessment, RiskAssessmentPage, shownAssessment } from "./risk-assessment";

const MICROS_A_MS = 1_000;

/** All assessments of a case, newest first; null: no case of the agency. One statement for all cases of a request. */
async function ofCase(root: Case, { rows }: AdvocacyContext): Promise<RiskAssessmentRow[] | null> {
  return (await rows.recordsOf(root, "advocate-risk"))?.riskAssessments(root.id) ?? null;
}

const positionOf = ({ assessedAt, id }: RiskAssessmentRow) => ({
  micros: String(assessedAt.getTime() * MICROS_A_MS),
  id,
});

/** What advocates found of the danger in which the victim of a case is. */
@Resolver(() => Case)
export class CaseRiskResolver {
  @Directive('@requires(fields: "assignedAgency")')
  @Directive("@authenticated")
  @FieldResolver(() => RiskAssessment, {
    nullable: true,
    description:
      "The newest that found high danger, whatever was found since, and were it corrected. Null: none of your agency's did, which says nothing of her safety.",
  })
  async highDangerFound(@Root() root: Case, @Ctx() context: AdvocacyContext): Promise<RiskAssessment | null> {
    const all = await ofCase(root, context);
    const found = all && highDangerAmong(all);
    return found && shownAssessment(found, all);
  }

  @Directive('@requires(fields: "assignedAgency")')
  @Directive("@authenticated")
  @FieldResolver(() => [RiskAssessment], {
    nullable: true,
    description: "The newest risk assessment by each instrument, newest first; null: no case of your agency.",
  })
  async riskAssessments(
    @Root() root: Case,
    @Ctx() context: AdvocacyContext,
  ): Promise<RiskAssessment[] | null> {
    const all = await ofCase(root, context);
    return all && newestOfEach(all).map((row) => shownAssessment(row, all));
  }

  @Directive('@requires(fields: "assignedAgency")')
  @Directive("@authenticated")
  @FieldResolver(() => RiskAssessmentPage, {
    nullable: true,
    description: "Every risk assessment, newest first; null: no case of your agency.",
  })
  async riskAssessmentHistory(
    @Root() root: Case,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: AdvocacyContext,
  ): Promise<RiskAssessmentPage | null> {
    const all = await ofCase(root, context);
    if (all === null) return null;
    const { rows, ...rest } = await newestFirst(page, (after, limit) => {
      // Nothing ever leaves the list: where a page ended is found again.
      const ended = all.findIndex(({ id }) => id === after?.id);
      const rest = after === null ? all : ended < 0 ? [] : all.slice(ended + 1);
      return Promise.resolve(rest.slice(0, limit).map((row) => ({ row, position: positionOf(row) })));
    });
    return { assessments: rows.map((row) => shownAssessment(row, all)), ...rest };
  }
}
