import { Args, Ctx, Field, ObjectType, Resolver, Root, Subscription } from "type-graphql";
import type { OutboxEvent } from "../../../../platform/outbox/outbox";
import { eventsOf } from "../../../../platform/subgraph/event-streams";
import type { ContactRow } from "../../store/entities/contact";
import { Contact } from "../contacts";
import type { LawEnforcementContext } from "../context";
import { EventArguments, PersonEvent, aboutPerson } from "./about-person";

@ObjectType({ description: "A contact was planned, moved, made, refused or cancelled." })
export class ContactUpdate extends PersonEvent {
  @Field(() => Contact, { nullable: true, description: "The contact, as it stands now." })
  contact!: ContactRow;
}

@Resolver()
export class ContactUpdates {
  @Subscription(() => ContactUpdate, {
    nullable: true,
    subscribe: eventsOf("contact"),
    description: "Contacts that the reader may see; a messenger's are his own, while they are ahead.",
  })
  async contactUpdates(
    @Root() event: OutboxEvent,
    @Args(() => EventArguments) wanted: EventArguments,
    @Ctx() context: LawEnforcementContext,
  ): Promise<ContactUpdate | null> {
    const about = await aboutPerson(event, wanted, context);
    const contact = about && (await context.loaders.contact.load(event.facts["contactId"] ?? ""));
    return about && contact?.personId === about.person.id ? { ...about, contact } : null;
  }
}
