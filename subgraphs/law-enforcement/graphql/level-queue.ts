import { Args, Ctx, Field, Int, ObjectType, Query, Resolver } from "type-graphql";
import { LEVELS, type Level } from "../domain/tier-rules";
import { countConfirmedLevels, proposalsAwaiting } from "../store/levels";
import type { LawEnforcementContext } from "./context";
import { LevelEnum } from "./enums";
import { LevelProposal, levelProposalOf } from "./level";
import { isInstant, PageArguments, type Place, readPage } from "./pages";
import { suppressed } from "../../../platform/policy/suppression";
import { isUuid } from "../../../platform/store/uuid";
import type { LevelProposalRow } from "../store/entities/level";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";

const BY_LEVEL_AND_AGE: Place<LevelProposalRow> = {
  of: ({ level, proposedAt, id }) => [level, proposedAt.toISOString(), id],
  shape: [(word) => LEVELS.some((level) => level === word), isInstant, isUuid],
};

@ObjectType({ description: "One page of proposals." })
export class LevelProposalPage {
  @Field(() => [LevelProposal], { nullable: true, description: "Highest level first, then oldest first." })
  proposals!: LevelProposal[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether there is more." })
  hasNextPage!: boolean;
}

@ObjectType({ description: "How many persons are confirmed at a level." })
export class LevelCount {
  @Field(() => LevelEnum, { nullable: true, description: "The level." })
  level!: Level;

  @Field(() => Int, {
    nullable: true,
    description: "Persons; null when below the site's limit, or when it would give another small count away.",
  })
  people!: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "The instant this was read." })
  asOf!: Date;
}

@Resolver()
export class LevelQueries {
  @Query(() => LevelProposalPage, {
    nullable: true,
    description: "Proposals above the level in force, which wait for a named person.",
  })
  async levelQueue(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { database, caller, now }: LawEnforcementContext,
  ): Promise<LevelProposalPage> {
    const { rows, endCursor, hasNextPage } = await readPage(page, BY_LEVEL_AND_AGE, (after, limit) =>
      proposalsAwaiting(database.manager, { caller, now, after, limit }),
    );
    return { proposals: rows.map(levelProposalOf), endCursor, hasNextPage };
  }

  @Query(() => [LevelCount], {
    nullable: true,
    description: "Persons by confirmed level, small counts hidden.",
  })
  async levelCounts(@Ctx() { database, now, smallestShown }: LawEnforcementContext): Promise<LevelCount[]> {
    const counts = await countConfirmedLevels(database.manager);
    return suppressed(counts, smallestShown).cells.map(({ key, count }) => ({
      ...{ level: key, people: count, asOf: now },
    }));
  }
}
