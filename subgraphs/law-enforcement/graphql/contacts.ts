import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from "type-graphql";
import { isAhead } from "../domain/contact";
import { ownContacts, wasOfferedHelp } from "../policy/limited-forms";
import type { CallInRow } from "../store/entities/call-in";
import type { ContactRow } from "../store/entities/contact";
import type { PersonRow } from "../store/entities/person";
import { CallIn } from "./call-in";
import type { LawEnforcementContext } from "./context";
import { ContactMeans, ContactState, LevelEnum, RecallReasonEnum } from "./enums";
import { Person } from "./person";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";

@Directive('@key(fields: "id")')
@ObjectType({
  description:
    "A contact with the abusive partner, from the plan to what came of it. Level A gets no message.",
})
export class Contact {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => LevelEnum, {
    nullable: true,
    description:
      "The level at which he is contacted; of a contact that nobody had planned his level then, null for none.",
  })
  level!: ContactRow["level"];

  @Field(() => ContactMeans, { nullable: true, description: "How he is told." })
  means!: ContactRow["means"];

  @Field(() => ContactState, { nullable: true, description: "Where it stands." })
  state!: ContactRow["state"];

  @Field(() => DateTimeScalar, { nullable: true, description: "When it is planned for." })
  plannedFor!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it took place; null: it did not." })
  madeAt!: Date | null;

  @Field(() => Boolean, { nullable: true, description: "Help is part of what he is told." })
  helpOffered!: boolean;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "By when the site's protocol wants it made. It opens no gate; null: the level has no clock.",
  })
  dueBy!: Date | null;

  @Field(() => Boolean, { nullable: true, description: "Closed until every victim of his was told." })
  gated!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "Who planned it: subject@agency; null: nobody did, and it is a breach.",
  })
  plannedBy!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was released; null: it was not." })
  releasedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Who released it: subject@agency." })
  releasedBy!: string | null;

  @Field(() => String, { nullable: true, description: "Who met him." })
  madeBy!: string | null;

  @Field(() => String, { nullable: true, description: "What he was told." })
  message!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was recorded how it ended." })
  closedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Who recorded how it ended: subject@agency." })
  closedBy!: string | null;

  @Field(() => RecallReasonEnum, { nullable: true, description: "Why its release was taken back." })
  recallReason!: ContactRow["recallReason"];
}

@Resolver(() => Contact)
export class ContactResolver {
  @FieldResolver(() => Person, { nullable: true, description: "Whom it is with." })
  person(@Root() contact: ContactRow, @Ctx() { loaders }: LawEnforcementContext): Promise<PersonRow | null> {
    return loaders.person.load(contact.personId);
  }

  @FieldResolver(() => CallIn, {
    nullable: true,
    description: "The call-in to which he is invited; null: none.",
  })
  async callIn(
    @Root() { callInId }: ContactRow,
    @Ctx() { loaders }: LawEnforcementContext,
  ): Promise<CallInRow | null> {
    return callInId === null ? null : loaders.callIn.load(callInId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Where it takes place; withdrawn from a messenger once the contact is over.",
  })
  place(@Root() contact: ContactRow, @Ctx() { scopes, now }: LawEnforcementContext): string | null {
    return scopes.has("contact-record:F") || isAhead(contact, now) ? contact.place : null;
  }
}

@Resolver(() => Person)
export class PersonContactsResolver {
  @FieldResolver(() => [Contact], { nullable: true, description: "Contacts, newest first." })
  contacts(@Root() person: PersonRow, @Ctx() { loaders }: LawEnforcementContext): Promise<ContactRow[]> {
    return loaders.contactsOfPerson.load(person.id);
  }

  @FieldResolver(() => [Contact], {
    nullable: true,
    description: "Contacts in which the reader takes part as messenger, newest first.",
  })
  async ownContacts(
    @Root() person: PersonRow,
    @Ctx() { caller, loaders }: LawEnforcementContext,
  ): Promise<ContactRow[]> {
    return ownContacts(caller, await loaders.contactsOfPerson.load(person.id));
  }

  @FieldResolver(() => Boolean, { nullable: true, description: "Whether help was offered at a contact." })
  async helpOffered(@Root() person: PersonRow, @Ctx() { loaders }: LawEnforcementContext): Promise<boolean> {
    return wasOfferedHelp(await loaders.contactsOfPerson.load(person.id));
  }
}
