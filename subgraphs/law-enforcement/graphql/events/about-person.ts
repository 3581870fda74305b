import { GraphQLError } from "graphql";
import { ArgsType, Field, ID, ObjectType } from "type-graphql";
import type { OutboxEvent } from "../../../../platform/outbox/outbox";
import { FeedEvent, factsOf } from "../../../../platform/subgraph/feed-event";
import { CursorScalar } from "../../../../platform/subgraph/scalars";
import type { Level } from "../../domain/tier-rules";
import type { CaseFileRow } from "../../store/entities/case-file";
import type { PersonRow } from "../../store/entities/person";
import { Case } from "../cases";
import type { LawEnforcementContext } from "../context";
import { LevelEnum } from "../enums";
import { Person } from "../person";

/** What a client asks of a stream of events: from where, and which. */
@ArgsType()
export class EventArguments {
  @Field(() => CursorScalar, {
    nullable: true,
    description: "Go on after this event; without it, from now on.",
  })
  after?: string | null;

  @Field(() => LevelEnum, { nullable: true, description: "Only of those confirmed at this level." })
  level?: Level | null;

  @Field(() => [ID], { nullable: true, description: "Only of these persons." })
  personIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: "Only of the persons in these cases." })
  caseIds?: string[] | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Also what happened long before it was recorded, and calls nobody out.",
  })
  historic!: boolean;
}

/** An event about one person, as far as its reader sees him. */
@ObjectType()
export abstract class PersonEvent extends FeedEvent {
  @Field(() => Person, { nullable: true, description: "Whom it is about." })
  person!: PersonRow;

  @Field(() => [Case], {
    nullable: true,
    description: "His cases, oldest first; an advocate sees those assigned to her agency.",
  })
  cases!: CaseFileRow[];
}

const holds = (ids: readonly string[], id: string) => ids.some((one) => one.toLowerCase() === id);

/**
 * What an event tells beside its own records; null when the reader may not see the person now, or did not ask for him.
 *
 * @throws GraphQLError UNAUTHORIZED_FIELD_OR_TYPE: a filter tells as much as the field it filters by.
 */
export async function aboutPerson(
  event: OutboxEvent,
  { level, personIds, caseIds, historic }: EventArguments,
  { loaders, scopes }: LawEnforcementContext,
): Promise<PersonEvent | null> {
  if (level != null && !scopes.has("tier:F")) {
    throw new GraphQLError("Unauthorized field or type.", {
      extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE" },
    });
  }
  if (event.historic && !historic) return null;
  const person = await loaders.person.load(event.key);
  if (!person || (personIds != null && !holds(personIds, person.id))) return null;
  const cases = await loaders.casesOfPerson.load(person.id);
  if (caseIds != null && !cases.some(({ id }) => holds(caseIds, id))) return null;
  if (level != null && (await loaders.currentLevel.load(person.id))?.level !== level) return null;
  return { ...factsOf(event), person, cases };
}
