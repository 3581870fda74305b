import { Args, Ctx, Field, ID, Int, ObjectType, Resolver, Root, Subscription } from "type-graphql";
import type { OutboxEvent } from "../../../../platform/outbox/outbox";
import { eventsOf } from "../../../../platform/subgraph/event-streams";
import type { EscalationTarget } from "../../domain/escalation";
import { isToldOfEscalation, visibleAlerts } from "../../policy/alert-access";
import { findAlert } from "../../store/alerts";
import type { LawEnforcementContext } from "../context";
import { EscalationTargetEnum } from "../enums";
import { EventArguments, PersonEvent, aboutPerson } from "./about-person";

@ObjectType({ description: "Nobody confirmed an alert: who is next." })
export class AlertEscalation extends PersonEvent {
  @Field(() => ID, { nullable: true, description: "The alert: the id of its event." })
  alertId!: string;

  @Field(() => Int, { nullable: true, description: "Which step, from 1." })
  step!: number;

  @Field(() => EscalationTargetEnum, { nullable: true, description: "Who is told by it." })
  to!: EscalationTarget;
}

@Resolver()
export class AlertEscalations {
  @Subscription(() => AlertEscalation, {
    nullable: true,
    subscribe: eventsOf("escalation"),
    description:
      "Alerts that nobody confirmed in the site's time: an advocate's are those of her agency, a coordinator's all.",
  })
  async alertEscalations(
    @Root() event: OutboxEvent,
    @Args(() => EventArguments) wanted: EventArguments,
    @Ctx() context: LawEnforcementContext,
  ): Promise<AlertEscalation | null> {
    const { loaders, caller, database, now } = context;
    const about = await aboutPerson(event, wanted, context);
    const told = about && (await loaders.escalation.load(event.facts["escalationId"] ?? ""));
    if (!about || told?.personId !== about.person.id || !isToldOfEscalation(caller, told.agency)) return null;
    // Who may not see the alert is not told that it stands open.
    const alertId = await findAlert(database.manager, told.alertId, visibleAlerts(caller, now, "event"));
    return alertId === null ? null : { ...about, alertId, step: told.step, to: told.target };
  }
}
