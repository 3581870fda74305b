import { Args, Ctx, Field, ID, ObjectType, Resolver, Root, Subscription } from "type-graphql";
import type { OutboxEvent } from "../../../../platform/outbox/outbox";
import { eventsOf } from "../../../../platform/subgraph/event-streams";
import { offence } from "../../domain/offence-codes";
import type { ArrestRow } from "../../store/entities/incident-party";
import { ChargeSummary } from "../charges";
import type { LawEnforcementContext } from "../context";
import { Arrest } from "../incidents";
import { EventArguments, PersonEvent, aboutPerson } from "./about-person";

@ObjectType({
  description:
    "He was arrested; or, where it names one, an alert is recalled: what it told of does not hold.",
})
export class ArrestAlert extends PersonEvent {
  @Field(() => Arrest, { nullable: true, description: "The arrest." })
  arrest!: ArrestRow | null;

  @Field(() => ChargeSummary, {
    nullable: true,
    description: "The arrest, for an advocate: offence and day only.",
  })
  summary!: ChargeSummary | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "The alert that this one takes back: what it told of is not to be relied on. Of an arrest null.",
  })
  recalls!: string | null;
}

/** For what he was arrested may not be known; the arrest itself is told all the same. */
function summaryOf({ offenceCode, arrestedOn }: ArrestRow): ChargeSummary {
  const known = offenceCode === null ? null : offence(offenceCode);
  return { title: known?.ok ? known.value.title : null, arrestDate: arrestedOn, courtDate: null };
}

@Resolver()
export class ArrestAlerts {
  @Subscription(() => ArrestAlert, {
    nullable: true,
    subscribe: eventsOf("arrest"),
    description:
      "Arrests of the persons whom the reader may see; an advocate's are those in her agency's cases.",
  })
  async arrestAlerts(
    @Root() event: OutboxEvent,
    @Args(() => EventArguments) wanted: EventArguments,
    @Ctx() context: LawEnforcementContext,
  ): Promise<ArrestAlert | null> {
    const about = await aboutPerson(event, wanted, context);
    const { arrestId = "", recalls } = event.facts;
    if (about && recalls !== undefined && arrestId === "") {
      // It was expunged: of the arrest nothing is known any more, nor to which of his cases it belonged.
      const open = await context.loaders.unshutPerson.load(about.person.id);
      return open && { ...about, arrest: null, summary: null, recalls };
    }
    if (about && recalls !== undefined) {
      // To whoever could see the alert: the arrest is his no more, and what shut its incident still does.
      const recalled = await context.loaders.openArrest.load(arrestId);
      return recalled && { ...about, arrest: null, summary: null, recalls };
    }
    // By the list that holds back what a wall shuts.
    const arrests = about && (await context.loaders.arrestsOfPerson.load(about.person.id));
    const arrest = arrests?.find(({ id }) => id === arrestId);
    return about && arrest ? { ...about, arrest, summary: summaryOf(arrest), recalls: null } : null;
  }
}
