import type { EntityManager } from "typeorm";
import { isUuid } from "../../../platform/store/uuid";
import type { Condition } from "../policy/row-access";
import { AlertAcknowledgementRow, AlertEscalationRow } from "./entities/alert";

/** The id of an alert as the database writes it, if it is there and `seen`; else null. */
export async function findAlert(manager: EntityManager, id: string, seen: Condition): Promise<string | null> {
  if (!isUuid(id)) return null;
  const alert = await manager
    .createQueryBuilder()
    .select("event.id", "id")
    .from("outbox.event", "event")
    .where("event.id = :id", { id })
    .andWhere(seen.sql, seen.parameters)
    .getRawOne<{ id: string }>();
  return alert?.id ?? null;
}

/** Whether an alert is recalled by an event that is `seen`; `seen` reads it as "event". */
export async function isRecalled(manager: EntityManager, id: string, seen: Condition): Promise<boolean> {
  if (!isUuid(id)) return false;
  return manager
    .createQueryBuilder()
    .from("outbox.event", "event")
    .where("event.topic = 'arrest' AND event.facts ? 'recalls' AND event.facts ->> 'recalls' = lower(:id)", {
      id,
    })
    .andWhere(seen.sql, seen.parameters)
    .getExists();
}

/** An acknowledgement as somebody tells it. */
export type ToldAcknowledgement = Omit<AlertAcknowledgementRow, "id">;

/** Records that somebody confirmed an alert, or finds that he did before. */
export async function acknowledge(
  manager: EntityManager,
  told: ToldAcknowledgement,
): Promise<AlertAcknowledgementRow> {
  const { alertId, agency, subject } = told;
  await manager.createQueryBuilder().insert().into(AlertAcknowledgementRow).values(told).orIgnore().execute();
  return manager.findOneByOrFail(AlertAcknowledgementRow, { agency, subject, alertId });
}

/** Who confirmed an alert, first to last; `agency` null: of whichever agency. */
export function acknowledgementsOf(
  manager: EntityManager,
  alertId: string,
  agency: string | null,
): Promise<AlertAcknowledgementRow[]> {
  return manager.find(AlertAcknowledgementRow, {
    where: { alertId, ...(agency === null ? {} : { agency }) },
    order: { acknowledgedAt: "ASC", id: "ASC" },
  });
}

/** Who was told of an alert that nobody had confirmed, first to last; `agency` null: for whichever agency, or none. */
export function escalationsOf(
  manager: EntityManager,
  alertId: string,
  agency: string | null,
): Promise<AlertEscalationRow[]> {
  return manager.find(AlertEscalationRow, {
    where: { alertId, ...(agency === null ? {} : { agency }) },
    order: { toldAt: "ASC", step: "ASC", id: "ASC" },
  });
}
