import { Args, Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from "type-graphql";
import type { ConferenceActionRow } from "../../../platform/conference-action/action-row";
import { isUuid } from "../../../platform/store/uuid";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { agendaUntil } from "../domain/conference";
import type { AgendaReason } from "../domain/agenda";
import { agendaReasonsFor } from "../policy/agenda-reasons";
import { agendaAfter, type AgendaEntry } from "../store/agenda";
import type { ConferenceDecisionRow, ConferenceRow } from "../store/entities/conference";
import type { ContactRow } from "../store/entities/contact";
import type { PersonRow } from "../store/entities/person";
import { AgendaReasonEnum } from "./conference-enums";
import { Conference, ConferenceDecision, JusticeAction } from "./conferences";
import { Contact } from "./contacts";
import type { LawEnforcementContext } from "./context";
import { PageArguments, readPage, type Place } from "./pages";
import { Person } from "./person";

@ObjectType({
  description: "A person on the agenda of a conference: each reader's own view of him hangs on it.",
})
export class AgendaItem {
  @Field(() => [AgendaReasonEnum], {
    nullable: true,
    description: "Why he is on it, as far as the reader may be told.",
  })
  reasons!: readonly AgendaReason[];

  @Field(() => DateTimeScalar, { nullable: true, description: "When the latest of it was recorded." })
  latestAt!: Date;
}

@ObjectType({ description: "One page of an agenda." })
export class AgendaPage {
  @Field(() => [AgendaItem], { nullable: true, description: "The highest level first." })
  items!: AgendaEntryOf[];

  @Field(() => String, { nullable: true, description: "Where to go on; null on an empty page." })
  endCursor!: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether there is more." })
  hasNextPage!: boolean;
}

/** An entry, and the conference on whose agenda it is. */
type AgendaEntryOf = AgendaEntry & { readonly conferenceId: string };

const BY_LEVEL: Place<AgendaEntry> = {
  of: ({ rank, personId }) => [rank, personId],
  shape: [(word) => /^[A-E]$/.test(word), isUuid],
};

@Resolver(() => Conference)
export class AgendaResolver {
  @FieldResolver(() => AgendaPage, {
    nullable: true,
    description:
      "Whom it is about: the persons whom the reader may see, of whom something happened since the one before or stands open.",
  })
  async agenda(
    @Root() { id, agendaFrom, closedAt }: ConferenceRow,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { caller, database, now, scopes }: LawEnforcementContext,
  ): Promise<AgendaPage> {
    const asked = {
      caller,
      now,
      from: agendaFrom,
      until: agendaUntil(closedAt, now),
      reasons: agendaReasonsFor(scopes),
    };
    const { rows, endCursor, hasNextPage } = await readPage(page, BY_LEVEL, (after, limit) =>
      agendaAfter(database.manager, { ...asked, after, limit }),
    );
    return { items: rows.map((row) => ({ ...row, conferenceId: id })), endCursor, hasNextPage };
  }
}

@Resolver(() => AgendaItem)
export class AgendaItemResolver {
  @FieldResolver(() => Person, { nullable: true, description: "Who." })
  person(
    @Root() { personId }: AgendaEntryOf,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<PersonRow | null> {
    return loaders.person.load(personId);
  }

  @FieldResolver(() => [Contact], {
    nullable: true,
    description: "His contacts that are planned or released, latest first: ask each whether a hold stands.",
  })
  async openContacts(
    @Root() { personId }: AgendaEntryOf,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<ContactRow[]> {
    const contacts = await loaders.contactsOfPerson.load(personId);
    return contacts.filter(({ state }) => state === "planned" || state === "released");
  }

  @FieldResolver(() => [ConferenceDecision], {
    nullable: true,
    description: "What this conference decided of him.",
  })
  async decisions(
    @Root() { conferenceId, personId }: AgendaEntryOf,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<ConferenceDecisionRow[]> {
    return (await loaders.decisionsOfConference.load(conferenceId)).filter(
      (one) => one.personId === personId,
    );
  }

  @FieldResolver(() => [JusticeAction], {
    nullable: true,
    description: "What justice agencies took on about him at this conference.",
  })
  async justiceActions(
    @Root() { conferenceId, personId }: AgendaEntryOf,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<ConferenceActionRow[]> {
    return (await loaders.actionsOfConference.load(conferenceId)).filter((one) => one.aboutId === personId);
  }
}
