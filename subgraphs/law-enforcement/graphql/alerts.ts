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
import { DateTimeScalar } from "../../../platform/subgraph/scalars";
import { alertsToAcknowledge, recordedFor, visibleAlerts } from "../policy/alert-access";
import { acknowledge, acknowledgementsOf, escalationsOf, findAlert } from "../store/alerts";
import type { AlertAcknowledgementRow } from "../store/entities/alert";
import type { EscalationTarget } from "../domain/escalation";
import type { LawEnforcementContext } from "./context";
import { EscalationTargetEnum } from "./enums";

const AlertProblem = {
  NOT_FOUND: "NOT_FOUND",
  MUTATION_KEY_NOT_VALID: "MUTATION_KEY_NOT_VALID",
  MUTATION_KEY_ALREADY_USED: "MUTATION_KEY_ALREADY_USED",
} as const;
type AlertProblem = keyof typeof AlertProblem;
registerEnumType(AlertProblem, {
  name: "AlertProblem",
  description:
    "Why nothing was recorded. NOT_FOUND says alike that there is no such alert and that it is of no case of the agency's.",
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
export class AcknowledgeAlertInput {
  @Field(() => String, {
    description: "Made by your program, once per acknowledgement: sent again, nothing doubles.",
  })
  clientMutationKey!: string;

  @Field(() => ID, { description: "The `id` of the event." })
  alertId!: string;
}

@ObjectType({ description: "The acknowledgement as it is recorded, or the problem for which none is." })
export class AcknowledgeAlertResult {
  @Field(() => AlertAcknowledgement, { nullable: true, description: "The caller's acknowledgement." })
  acknowledgement!: AlertAcknowledgement | null;

  @Field(() => AlertProblem, { nullable: true, description: "Why nothing was recorded." })
  problem!: AlertProblem | null;
}

/** As every agency takes them: letters, digits and signs. */
const MUTATION_KEY = /^[\x21-\x7e]{8,100}$/;

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
    @Ctx() { database, caller, now }: LawEnforcementContext,
  ): Promise<AcknowledgeAlertResult> {
    const { clientMutationKey: mutationKey } = input;
    if (!MUTATION_KEY.test(mutationKey)) return refused("MUTATION_KEY_NOT_VALID");
    const alertId = await findAlert(
      database.manager,
      input.alertId,
      alertsToAcknowledge(caller, now, "event"),
    );
    if (alertId === null) return refused("NOT_FOUND");
    const { agency, subject } = caller;
    const told = { alertId, agency, subject, mutationKey, acknowledgedAt: now };
    const row = await acknowledge(database.manager, told);
    if (row === null) return refused("MUTATION_KEY_ALREADY_USED");
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
