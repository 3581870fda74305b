import { Arg, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import { Case } from "./case";
import type { AdvocacyContext } from "./context";

const LARGEST_PAGE = 200;

@Resolver()
export class CaseloadResolver {
  @Query(() => [Case], { nullable: true, description: "The cases assigned to your agency, newest first." })
  async myCaseload(
    @Arg("first", () => Int, { defaultValue: 50, description: "At most so many, up to 200." }) first: number,
    @Arg("after", () => ID, { nullable: true, description: "The id of the last case you have." })
    after: string | null,
    @Ctx() { reader, rows }: AdvocacyContext,
  ): Promise<Case[]> {
    const page = Math.min(Math.max(first, 0), LARGEST_PAGE);
    const ids = (await rows.ownRecords()?.caseload(page, after ?? null)) ?? [];
    return ids.map((id) => ({ id, assignedAgency: reader.agency }));
  }
}
