import {
  Args,
  Arg,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import type { ConferenceActionRow } from "../../../platform/conference-action/action-row";
import { DateScalar, DateTimeScalar } from "../../../platform/subgraph/scalars";
import { isUuid } from "../../../platform/store/uuid";
import { minutesOf } from "../domain/minutes";
import { conferencesAfter } from "../store/conferences";
import type {
  ConferenceAttendeeRow,
  ConferenceDecisionRow,
  ConferenceRow,
} from "../store/entities/conference";
import type { PersonRow } from "../store/entities/person";
import { ConferenceActionState, ConferenceDecisionKind, ConferenceStateEnum } from "./conference-enums";
import type { LawEnforcementContext } from "./context";
import { LevelEnum } from "./enums";
import { isInstant, PageArguments, readPage, type Place } from "./pages";
import { Person } from "./person";

@Directive('@key(fields: "id")')
@ObjectType({ description: "A meeting of the partners about the cases that are new, moved or open." })
export class Conference {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it begins." })
  startsAt!: Date;

  @Field(() => String, { nullable: true, description: "Where." })
  place!: string;

  @Field(() => ConferenceStateEnum, { nullable: true, description: "Where it stands." })
  state!: ConferenceRow["state"];

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Its agenda goes back to here: the start of the one before, or two weeks.",
  })
  agendaFrom!: Date;

  @Field(() => String, { nullable: true, description: "Who planned it: subject@agency." })
  plannedBy!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When it was closed or called off; null: neither.",
  })
  closedAt!: Date | null;
}

@ObjectType({ description: "Somebody who took part in a conference." })
export class ConferenceAttendee {
  @Field(() => String, { nullable: true, description: "The agency, by its id as a partner of the site." })
  agency!: string;

  @Field(() => String, { nullable: true, description: "Who, by the subject of the token." })
  subject!: string;
}

@ObjectType({
  description: "What a conference decided of a person. It has no words: what was said stays there.",
})
export class ConferenceDecision {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => ConferenceDecisionKind, { nullable: true, description: "What was decided." })
  kind!: ConferenceDecisionRow["kind"];

  @Field(() => LevelEnum, { nullable: true, description: "The level in force after it; null: none is." })
  level!: ConferenceDecisionRow["level"];

  @Field(() => String, { nullable: true, description: "Who recorded it: subject@agency." })
  recordedBy!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When." })
  recordedAt!: Date;
}

@ObjectType({ description: "What a justice agency took on at a conference." })
export class JusticeAction {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => String, { nullable: true, description: "What is to be done." })
  text!: string;

  @Field(() => String, { nullable: true, description: "The agency that does it." })
  ownerAgency!: string;

  @Field(() => String, { nullable: true, description: "Who does it, by the subject of the token." })
  owner!: string;

  @Field(() => DateScalar, { nullable: true, description: "By when." })
  dueOn!: string;

  @Field(() => ConferenceActionState, { nullable: true, description: "Where it stands." })
  state!: ConferenceActionRow["state"];

  @Field(() => String, { nullable: true, description: "Who recorded it: subject@agency." })
  recordedBy!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When it was done or dropped; null: it is open.",
  })
  closedAt!: Date | null;
}

@ObjectType({ description: "One page of conferences." })
export class ConferencePage {
  @Field(() => [Conference], { nullable: true, description: "The conferences, the latest start first." })
  conferences!: ConferenceRow[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether there is more." })
  hasNextPage!: boolean;
}

const LATEST_FIRST: Place<ConferenceRow> = {
  of: ({ startsAt, id }) => [startsAt.toISOString(), id],
  shape: [isInstant, isUuid],
};

@Resolver()
export class ConferenceQueries {
  @Query(() => Conference, { nullable: true, description: "One conference; null: there is none." })
  conference(
    @Arg("id", () => ID) id: string,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<ConferenceRow | null> {
    return loaders.conference.load(id);
  }

  @Query(() => ConferencePage, { nullable: true, description: "The conferences, ahead and past." })
  async conferences(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { database }: LawEnforcementContext,
  ): Promise<ConferencePage> {
    const { rows, endCursor, hasNextPage } = await readPage(page, LATEST_FIRST, (after, limit) =>
      conferencesAfter(database.manager, { after, limit }),
    );
    return { conferences: rows, endCursor, hasNextPage };
  }
}

@Resolver(() => Conference)
export class ConferenceResolver {
  @FieldResolver(() => [ConferenceAttendee], { nullable: true, description: "Who took part." })
  attendees(
    @Root() conference: ConferenceRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<ConferenceAttendeeRow[]> {
    return loaders.attendeesOfConference.load(conference.id);
  }

  @FieldResolver(() => [ConferenceDecision], {
    nullable: true,
    description: "What was decided of persons whom the reader may see, first to last.",
  })
  decisions(
    @Root() conference: ConferenceRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<ConferenceDecisionRow[]> {
    return loaders.decisionsOfConference.load(conference.id);
  }

  @FieldResolver(() => [JusticeAction], {
    nullable: true,
    description: "What justice agencies took on, next due first.",
  })
  justiceActions(
    @Root() conference: ConferenceRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<ConferenceActionRow[]> {
    return loaders.actionsOfConference.load(conference.id);
  }

  @FieldResolver(() => [String], {
    nullable: true,
    description:
      "The minutes, line by line, of what the reader may see; null until it is closed. No word that was said there.",
  })
  async minutes(
    @Root() { id, startsAt, closedAt, state }: ConferenceRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<string[] | null> {
    if (state !== "closed" || closedAt === null) return null;
    const [attendees, decisions, actions] = await Promise.all([
      loaders.attendeesOfConference.load(id),
      loaders.decisionsOfConference.load(id),
      loaders.actionsOfConference.load(id),
    ]);
    return minutesOf({ startsAt, closedAt, attendees, decisions, actions });
  }
}

@Resolver(() => ConferenceDecision)
export class ConferenceDecisionResolver {
  @FieldResolver(() => Person, { nullable: true, description: "Whom it is about." })
  person(
    @Root() { personId }: ConferenceDecisionRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<PersonRow | null> {
    return loaders.person.load(personId);
  }
}

@Resolver(() => JusticeAction)
export class JusticeActionResolver {
  @FieldResolver(() => Person, {
    nullable: true,
    description: "Whom it is about; null: the partnership's own business.",
  })
  person(
    @Root() { aboutId }: ConferenceActionRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<PersonRow | null> | null {
    return aboutId === null ? null : loaders.person.load(aboutId);
  }
}
