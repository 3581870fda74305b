import { Arg, Args, Ctx, Field, FieldResolver, ID, ObjectType, Query, Resolver, Root } from "type-graphql";
import type { LevelReview as Review, ReviewReason as Code } from "../domain/level-review";
import type { VoteWord } from "../domain/panel";
import type { Level } from "../domain/tier-rules";
import type { LevelReviewRow, PanelDecisionRow, PanelVoteRow } from "../store/entities/level";
import type { PersonRow } from "../store/entities/person";
import { levelReviews } from "../store/level-reviews";
import type { LawEnforcementContext } from "./context";
import { LevelEnum } from "./enums";
import { PanelOutcome, PanelVoteEnum, ReviewOutcome, ReviewReasonEnum } from "./level-review-enums";
import { isInstant, PageArguments, type Place, readPage } from "./pages";
import { Person } from "./person";
import { isUuid } from "../../../platform/store/uuid";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";

@ObjectType({ description: "How one member of a panel voted." })
export class PanelVote {
  @Field(() => String, {
    nullable: true,
    description: "The member's agency, by its id as a partner of the site.",
  })
  agency!: string;

  @Field(() => String, { nullable: true, description: "The member, by the subject of the token." })
  subject!: string;

  @Field(() => PanelVoteEnum, { nullable: true, description: "The vote." })
  vote!: VoteWord;
}

@ObjectType({ description: "What a panel decided of a level: the one way in which a level moves down." })
export class PanelDecision {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => LevelEnum, { nullable: true, description: "The level that was in force." })
  fromLevel!: Level;

  @Field(() => LevelEnum, {
    nullable: true,
    description: "The level that was asked for; null: none any more.",
  })
  toLevel!: Level | null;

  @Field(() => PanelOutcome, { nullable: true, description: "What came of the vote." })
  outcome!: PanelDecisionRow["outcome"];

  @Field(() => String, { nullable: true, description: "Why." })
  note!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the panel decided." })
  decidedAt!: Date;

  @Field(() => String, { nullable: true, description: "Who recorded it: subject@agency." })
  recordedBy!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was recorded." })
  recordedAt!: Date;
}

@ObjectType({ description: "Why a level is looked at again." })
export class LevelReviewReason {
  @Field(() => ReviewReasonEnum, { nullable: true, description: "What happened." })
  code!: Code;

  @Field(() => [ID], { nullable: true, description: "The facts that the level lost." })
  factIds!: readonly string[];
}

@ObjectType({
  description: "A level in force that a person has to look at. Until a panel decides, it stands.",
})
export class LevelReview {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => LevelEnum, { nullable: true, description: "What the rules propose now; null: none." })
  proposedLevel!: Level | null;

  @Field(() => [LevelReviewReason], { nullable: true, description: "Why." })
  reasons!: Review["reasons"];

  @Field(() => DateTimeScalar, { nullable: true, description: "Since when it is open." })
  openedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it ended; null: it is open." })
  closedAt!: Date | null;

  @Field(() => ReviewOutcome, { nullable: true, description: "How it ended." })
  outcome!: LevelReviewRow["outcome"];
}

@ObjectType({ description: "One page of reviews of levels." })
export class LevelReviewPage {
  @Field(() => [LevelReview], { nullable: true, description: "Oldest first." })
  reviews!: LevelReviewRow[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether there is more." })
  hasNextPage!: boolean;
}

const BY_AGE: Place<LevelReviewRow> = {
  of: ({ openedAt, id }) => [openedAt.toISOString(), id],
  shape: [isInstant, isUuid],
};

@Resolver(() => LevelReview)
export class LevelReviewResolver {
  @FieldResolver(() => Person, { nullable: true, description: "Whose level it is." })
  person(
    @Root() review: LevelReviewRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<PersonRow | null> {
    return loaders.person.load(review.personId);
  }

  @FieldResolver(() => PanelDecision, { nullable: true, description: "What the panel decided." })
  async decision(
    @Root() review: LevelReviewRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<PanelDecisionRow | null> {
    return review.decisionId === null ? null : loaders.panelDecision.load(review.decisionId);
  }

  @Query(() => LevelReviewPage, {
    nullable: true,
    description:
      "Levels in force that are called into question: a lower one is proposed, or a fact was lost.",
  })
  async levelReviews(
    @Args(() => PageArguments) page: PageArguments,
    @Arg("ended", () => Boolean, { defaultValue: false, description: "Those that have ended, too." })
    ended: boolean,
    @Ctx() { database, caller, now }: LawEnforcementContext,
  ): Promise<LevelReviewPage> {
    const { rows, endCursor, hasNextPage } = await readPage(page, BY_AGE, (after, limit) =>
      levelReviews(database.manager, { caller, now, ended, after, limit }),
    );
    return { reviews: rows, endCursor, hasNextPage };
  }
}

@Resolver(() => PanelDecision)
export class PanelVotesResolver {
  @FieldResolver(() => [PanelVote], { nullable: true, description: "Each member's vote." })
  votes(
    @Root() { id }: PanelDecisionRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<PanelVoteRow[]> {
    return loaders.votesOfDecision.load(id);
  }
}

@Resolver(() => Person)
export class PersonReviewsResolver {
  @FieldResolver(() => [LevelReview], {
    nullable: true,
    description: "Reviews of his levels, ended ones too, newest first.",
  })
  levelReviews(
    @Root() { id }: PersonRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<LevelReviewRow[]> {
    return loaders.reviewsOfPerson.load(id);
  }
}
