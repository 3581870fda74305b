import { Arg, Args, Ctx, Field, FieldResolver, ObjectType, Query, Resolver, Root } from "type-graphql";
import { isDay } from "../domain/calendar";
import { isOverdue } from "../domain/promise";
import type { SanctionPromiseRow } from "../store/entities/contact";
import type { PersonRow } from "../store/entities/person";
import { overduePromises } from "../store/promises";
import type { LawEnforcementContext } from "./context";
import { PageArguments, type Place, readPage } from "./pages";
import { Person } from "./person";
import { SanctionPromise } from "./promises";
import { isUuid } from "../../../platform/store/uuid";

const BY_DAY: Place<SanctionPromiseRow> = { of: ({ dueOn, id }) => [dueOn, id], shape: [isDay, isUuid] };

@ObjectType({ description: "A promise whose day is over." })
export class OverduePromise {
  @Field(() => SanctionPromise, { nullable: true, description: "The promise." })
  promise!: SanctionPromiseRow;
}

@ObjectType({ description: "One page of promises." })
export class OverduePromisePage {
  @Field(() => [OverduePromise], { nullable: true, description: "Longest overdue first." })
  promises!: OverduePromise[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether there is more." })
  hasNextPage!: boolean;
}

@Resolver(() => SanctionPromise)
export class PromiseOverdueResolver {
  @FieldResolver(() => Boolean, { nullable: true, description: "Open, and its day is over everywhere." })
  isOverdue(@Root() promise: SanctionPromiseRow, @Ctx() { now }: LawEnforcementContext): boolean {
    return isOverdue(promise, now);
  }
}

@Resolver(() => OverduePromise)
export class OverduePromisesResolver {
  @FieldResolver(() => Person, { nullable: true, description: "The abusive partner whom it is about." })
  person(
    @Root() { promise }: OverduePromise,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<PersonRow | null> {
    return loaders.person.load(promise.personId);
  }

  @Query(() => OverduePromisePage, {
    nullable: true,
    description:
      "Promises that are open after their day: all to the justice roles, to others their agency's and those to its victims.",
  })
  async overduePromises(
    @Args(() => PageArguments) page: PageArguments,
    @Arg("ownerAgency", () => String, { nullable: true, description: "Only those that this agency keeps." })
    ownerAgency: string | null | undefined,
    @Ctx() { database, caller, now }: LawEnforcementContext,
  ): Promise<OverduePromisePage> {
    const { rows, endCursor, hasNextPage } = await readPage(page, BY_DAY, (after, limit) =>
      overduePromises(database.manager, { caller, now, ownerAgency: ownerAgency ?? null, after, limit }),
    );
    return { promises: rows.map((promise) => ({ promise })), endCursor, hasNextPage };
  }
}
