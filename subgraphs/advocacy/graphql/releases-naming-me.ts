import { Args, Ctx, Field, ObjectType, Query, Resolver } from "type-graphql";
import { PageArguments, newestFirst } from "../../../platform/subgraph/newest-first";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { ReleasableElement } from "../domain/release";
import { Case } from "./case";
import type { AdvocacyContext } from "./context";

@ObjectType({ description: "A live release that names you or your agency: what it opens, and until when." })
export class ReleaseNamingMe {
  @Field(() => Case, { nullable: true, description: "The case whose records it opens." })
  case!: Case;

  @Field(() => String, { description: "The agency that may tell, by its id as a partner of the site." })
  discloser!: string;

  @Field(() => [ReleasableElement], {
    description: "What may be told to you. Your role may see less of it through the hub.",
  })
  elements!: ReleasableElement[];

  @Field(() => DateTimeScalar, { description: "From when." })
  startsAt!: Date;

  @Field(() => DateTimeScalar, { description: "Until when, unless she takes it back before." })
  expiresAt!: Date;
}

@ObjectType({ description: "One page of the live releases that name you or your agency." })
export class ReleasesNamingMePage {
  @Field(() => [ReleaseNamingMe], { description: "The releases, newest start first." })
  releases!: ReleaseNamingMe[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { description: "Whether there is more." })
  hasNextPage!: boolean;
}

@Resolver()
export class ReleasesNamingMeResolver {
  @Query(() => ReleasesNamingMePage, {
    nullable: true,
    description: "The live releases that name you or your agency; ended ones are not shown.",
  })
  async releasesNamingMe(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows }: AdvocacyContext,
  ): Promise<ReleasesNamingMePage> {
    const found = await newestFirst(page, (after, limit) => rows.releasesNamingReader(after, limit));
    const releases = found.rows.map(({ caseId, ...release }) => ({
      ...release,
      case: { id: caseId, assignedAgency: release.discloser },
    }));
    return { releases, endCursor: found.endCursor, hasNextPage: found.hasNextPage };
  }
}
