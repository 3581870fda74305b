import {
  Arg,
  Ctx,
  Field,
  ID,
  Int,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  registerEnumType,
} from "type-graphql";
import { isUuid } from "../../../platform/store/uuid";
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { toldOnce, type KeyRefusal } from "../../../platform/told-request/told-once";
import { alertsToAcknowledge, recordedFor, visibleAlerts } from "../policy/alert-access";
import { acknowledge, acknowledgementsOf, escalationsOf, findAlert, isRecalled } from "../store/alerts";
import { AlertAcknowledgementRow } from "../store/entities/alert";
import type { EscalationTarget } from "../domain/escalation";
import { Keyed } from "./contact-inputs";
import type { LawEnforcementContext } from "./context";
import { EscalationTargetEnum } from "./enums";
import { toldOf } from "./told";

type AlertProblem = "NOT_FOUND" | "RECALLED" | "KEY_IS_NO_UUID" | KeyRefusal;
const AlertProblemEnum: { readonly [Code in AlertProblem]: Code } = {
  NOT_FOUND: "NOT_FOUND",
  RECALLED: "RECALLED",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
};
registerEnumType(AlertProblemEnum, {
  name: "AlertProblem",
  description:
    "Why nothing was recorded. NOT_FOUND says alike that there is no such alert and that it is of no case of the agency's. RECALLED: what it told of does not hold, and there is nothing to take up.",
});

@ObjectType({ description: "Somebody confirmed an alert." })
export class AlertAcknowledgement {
  @Field(() => ID, { nullable: true, description: "The alert: the id of the event." })
  alertId!: string;

  @Field(() => String, { nullable: true, description: "The agency, by its id as a partner of the site." })
  agency!: string;

  @Field(() => String, { nullable: true, description: "Who, by the subject of the token." })
  acknowledgedBy!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When." })
  acknowledgedAt!: Date;
}

@ObjectType({ description: "Somebody was told of an alert that nobody had confirmed." })
export class AlertTelling {
  @Field(() => Int, { nullable: true, description: "Which step, from 1." })
  step!: number;

  @Field(() => EscalationTargetEnum, { nullable: true, description: "Who was told." })
  to!: EscalationTarget;

  @Field(() => String, { nullable: true, description: "Of which agency; null: nobody is assigned." })
  agency!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When." })
  toldAt!: Date;
}

@ObjectType({ description: "What became of an alert: to an advocate as far as her agency is concerned." })
export class AlertRecord {
  @Field(() => ID, { nullable: true, description: "The alert: the id of the event." })
  alertId!: string;

  @Field(() => [AlertTelling], {
    nullable: true,
    description: "Who was told when nobody confirmed it, first to last.",
  })
  told!: AlertTelling[];

  @Field(() => [AlertAcknowledgement], { nullable: true, description: "Who confirmed it, first to last." })
  acknowledgements!: AlertAcknowledgement[];
}

@InputType({ description: "An alert that somebody has read and takes up." })
export class AcknowledgeAlertInput extends Keyed {
  @Field(() => ID, { description: "The `id` of the event." })
  alertId!: string;
}

@ObjectType({ description: "The acknowledgement as it is recorded, or the problem for which none is." })
export class AcknowledgeAlertResult {
  @Field(() => AlertAcknowledgement, { nullable: true, description: "The caller's acknowledgement." })
  acknowledgement!: AlertAcknowledgement | null;

  @Field(() => AlertProblemEnum, { nullable: true, description: "Why nothing was recorded." })
  problem!: AlertProblem | null;
}

const refused = (problem: AlertProblem): AcknowledgeAlertResult => ({ acknowledgement: null, problem });

function acknowledgementOf(row: AlertAcknowledgementRow): AlertAcknowledgement {
  const { alertId, agency, subject, acknowledgedAt } = row;
  return { alertId, agency, acknowledgedBy: subject, acknowledgedAt };
}

@Resolver()
export class AlertResolver {
  @Mutation(() => AcknowledgeAlertResult, {
    nullable: true,
    description:
      "Says that the caller has read an alert of a case assigned to her agency, and takes it up. Sent again, it is the same.",
  })
  async acknowledgeAlert(
    @Arg("input", () => AcknowledgeAlertInput, { description: "Which one." }) input: AcknowledgeAlertInput,
    @Ctx() context: LawEnforcementContext,
  ): Promise<AcknowledgeAlertResult> {
    const { database, caller, now } = context;
    if (!isUuid(input.key)) return refused("KEY_IS_NO_UUID");
    const own = alertsToAcknowledge(caller, now, "event");
    if (await isRecalled(database.manager, input.alertId, own)) return refused("RECALLED");
    const alertId = await findAlert(database.manager, input.alertId, own);
    if (alertId === null) return refused("NOT_FOUND");
    const { agency, subject } = caller;
    const told = await toldOnce<never>(
      database,
      toldOf(context, "acknowledgeAlert", input),
      async (manager) => ({
        ok: true,
        value: (await acknowledge(manager, { alertId, agency, subject, acknowledgedAt: now })).id,
      }),
    );
    if (!told.ok) return refused(told.refusal.code);
    const row = await database.manager.findOneByOrFail(AlertAcknowledgementRow, { id: told.value });
    return { acknowledgement: acknowledgementOf(row), problem: null };
  }

  @Query(() => AlertRecord, {
    nullable: true,
    description:
      "Who was told of an alert that the reader may see, and who confirmed it; null alike for none.",
  })
  async alertRecord(
    @Arg("alertId", () => ID, { description: "The `id` of the event." }) id: string,
    @Ctx() { database, caller, now }: LawEnforcementContext,
  ): Promise<AlertRecord | null> {
    const alertId = await findAlert(database.manager, id, visibleAlerts(caller, now, "event"));
    if (alertId === null) return null;
    const agency = recordedFor(caller);
    const told = await escalationsOf(database.manager, alertId, agency);
    const acknowledged = await acknowledgementsOf(database.manager, alertId, agency);
    return {
      alertId,
      told: told.map(({ target, ...row }) => ({ ...row, to: target })),
      acknowledgements: acknowledged.map(acknowledgementOf),
    };
  }
}
