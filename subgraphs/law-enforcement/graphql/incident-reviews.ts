import { Arg, Args, Ctx, Field, FieldResolver, ID, ObjectType, Query, Resolver, Root } from "type-graphql";
import type { IncidentReviewRow, IncidentRow } from "../store/entities/incident";
import { openReviews } from "../store/incidents";
import type { LawEnforcementContext } from "./context";
import { ReviewKind } from "./enums";
import { Incident } from "./incidents";
import { isInstant, PageArguments, type Place, readPage } from "./pages";
import { isUuid } from "../../../platform/store/uuid";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";

const BY_AGE: Place<IncidentReviewRow> = {
  of: ({ openedAt, id }) => [openedAt.toISOString(), id],
  shape: [isInstant, isUuid],
};

@ObjectType({ description: "Something a person has to look at before an incident may count." })
export class IncidentReview {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => ReviewKind, { nullable: true, description: "Why." })
  kind!: IncidentReviewRow["kind"];

  @Field(() => DateTimeScalar, { nullable: true, description: "Since when it is open." })
  openedAt!: Date;
}

@ObjectType({ description: "One page of open reviews." })
export class IncidentReviewPage {
  @Field(() => [IncidentReview], { nullable: true, description: "Oldest first." })
  reviews!: IncidentReviewRow[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether there is more." })
  hasNextPage!: boolean;
}

@Resolver(() => IncidentReview)
export class IncidentReviewResolver {
  @FieldResolver(() => Incident, { nullable: true, description: "The incident to look at." })
  incident(
    @Root() review: IncidentReviewRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<IncidentRow | null> {
    return loaders.incident.load(review.incidentId);
  }

  @Query(() => IncidentReviewPage, { nullable: true, description: "Reviews that are open." })
  async incidentReviews(
    @Args(() => PageArguments) page: PageArguments,
    @Arg("kind", () => ReviewKind, { nullable: true, description: "Only those of this kind." })
    kind: IncidentReviewRow["kind"] | null | undefined,
    @Ctx() { database, caller, now }: LawEnforcementContext,
  ): Promise<IncidentReviewPage> {
    const { rows, endCursor, hasNextPage } = await readPage(page, BY_AGE, (after, limit) =>
      openReviews(database.manager, { caller, now, kind: kind ?? null, after, limit }),
    );
    return { reviews: rows, endCursor, hasNextPage };
  }
}
