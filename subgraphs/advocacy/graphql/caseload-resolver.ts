import { Args, Ctx, Field, ObjectType, Query, Resolver } from "type-graphql";
import { PageArguments, newestFirst } from "../../../platform/subgraph/newest-first";
import { Case } from "./case";
import type { AdvocacyContext } from "./context";

@ObjectType({ description: "One page of your agency's cases." })
export class CaseloadPage {
  @Field(() => [Case], { description: "The cases, newest assignment first." })
  cases!: Case[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { description: "Whether there is more." })
  hasNextPage!: boolean;
}

@Resolver()
export class CaseloadResolver {
  @Query(() => CaseloadPage, { nullable: true, description: "The cases assigned to your agency." })
  async myCaseload(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { reader, rows }: AdvocacyContext,
  ): Promise<CaseloadPage> {
    const own = rows.ownRecords();
    const { rows: ids, ...rest } = await newestFirst(
      page,
      async (after, limit) => (await own?.caseload(after, limit)) ?? [],
    );
    return { cases: ids.map((id) => ({ id, assignedAgency: reader.agency })), ...rest };
  }
}
