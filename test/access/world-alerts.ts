import { append } from "../../platform/outbox/append";
import type { DataSource } from "typeorm";
import { isAgency, type Man } from "./man";

/** Tells of what no table tells of by itself, as whoever records it does. */
export async function tellOf(database: DataSource, personId: string): Promise<void> {
  const one = async (table: string, given = "true") =>
    (
      await database.query<{ id: string }[]>(`SELECT id FROM ${table} WHERE person_id = $1 AND ${given}`, [
        personId,
      ])
    )[0]!.id;
  const told = { key: personId, occurredAt: new Date(), historic: false, provenance: "local" };
  const facts = [
    ["arrest", { change: "recorded", arrestId: await one("arrest") }],
    ["level", { change: "proposed", proposalId: await one("level_proposal", "superseded_at IS NULL") }],
    ["level", { change: "confirmed", confirmationId: await one("level_confirmation") }],
  ] as const;
  await database.transaction((manager) =>
    append(
      manager,
      facts.map(([topic, event]) => ({ ...told, topic, facts: event })),
    ),
  );
}

/** Writes what became of the alert of his arrest; answers the alert. */
export async function writeAlertRecord(database: DataSource, man: Man, personId: string): Promise<string> {
  const [alert] = await database.query<{ id: string }[]>(
    "SELECT id FROM outbox.event WHERE topic = 'arrest' AND key = $1",
    [personId],
  );
  const [agency] = man.cases.filter(isAgency);
  if (agency !== undefined) {
    await database.query(
      `INSERT INTO alert_acknowledgement (alert_id, agency, subject, acknowledged_at)
       VALUES ($1, $2, 'advocate-9', now())`,
      [alert!.id, agency],
    );
  }
  const escalation: { id: string }[] = await database.query(
    `INSERT INTO alert_escalation (alert_id, person_id, agency, step, target, told_at)
     VALUES ($1, $2, $3, 1, 'next-on-call', now()) RETURNING id`,
    [alert!.id, personId, agency ?? null],
  );
  const facts = { change: "next-on-call", escalationId: escalation[0]!.id, alertId: alert!.id };
  const told = { occurredAt: new Date(), historic: false, provenance: "local" };
  await database.transaction((manager) =>
    append(manager, [{ ...told, topic: "escalation", key: personId, facts }]),
  );
  return alert!.id;
}
