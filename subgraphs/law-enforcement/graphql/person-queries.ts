import { GraphQLError } from "graphql";
import { Arg, Args, Ctx, Field, ID, ObjectType, Query, Resolver } from "type-graphql";
import type { Level } from "../domain/tier-rules";
import { personsAfter } from "../store/persons";
import type { CaseFileRow } from "../store/entities/case-file";
import type { PersonRow } from "../store/entities/person";
import { Case } from "./cases";
import type { LawEnforcementContext } from "./context";
import { LevelEnum } from "./enums";
import { BY_ID, PageArguments, readPage } from "./pages";
import { Person } from "./person";

@ObjectType({ description: "One page of persons." })
export class PersonPage {
  @Field(() => [Person], { nullable: true, description: "The persons, in an order that tells nothing." })
  people!: PersonRow[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether there is more." })
  hasNextPage!: boolean;
}

@Resolver()
export class PersonQueries {
  @Query(() => Person, {
    nullable: true,
    description: "One person; null alike when there is none and when the reader may not see him.",
  })
  person(
    @Arg("id", () => ID) id: string,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<PersonRow | null> {
    return loaders.person.load(id);
  }

  @Query(() => Case, {
    nullable: true,
    description: "One case; null alike when there is none and when the reader may not see it.",
  })
  case(
    @Arg("id", () => ID) id: string,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<CaseFileRow | null> {
    return loaders.case.load(id);
  }

  @Query(() => PersonPage, { nullable: true, description: "The persons whom the reader may see." })
  async persons(
    @Args(() => PageArguments) page: PageArguments,
    @Arg("level", () => LevelEnum, { nullable: true, description: "Only those confirmed at this level." })
    level: Level | null | undefined,
    @Ctx() context: LawEnforcementContext,
  ): Promise<PersonPage> {
    // A filter tells as much as the field it filters by.
    if (level != null && !context.scopes.has("tier:F")) {
      throw new GraphQLError("Unauthorized field or type.", {
        extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE" },
      });
    }
    const { database, caller, now } = context;
    const { rows, endCursor, hasNextPage } = await readPage(page, BY_ID, (after, limit) =>
      personsAfter(database.manager, {
        caller,
        now,
        level: level ?? null,
        afterId: after?.[0] ?? null,
        limit,
      }),
    );
    return { people: rows, endCursor, hasNextPage };
  }
}
