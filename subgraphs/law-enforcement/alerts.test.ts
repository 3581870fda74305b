import { randomUUID } from "node:crypto";
import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { alertsToAcknowledge } from "./policy/alert-access";
import { findAlert } from "./store/alerts";
import { migrate, openLawEnforcementDatabase } from "./store/database";
import { completePerson, miniatureOf, type Miniature } from "./store/miniature.fixture";

const NOW = new Date(Date.now() + 60_000);
const ADA: Who = { agency: "harbor-house", roles: ["advocate"], subject: "ada" };
const PASSAGE: Who = { agency: "safe-passage", roles: ["advocate"], subject: "pat" };
const CORA: Who = { agency: "metro-police", roles: ["coordinator"], subject: "cora" };
const DANA: Who = { agency: "metro-police", roles: ["detective"], subject: "dana" };

let place: TestDatabase;
let database: DataSource;
let write: Miniature;
let door: TestDoor;
let his: Awaited<ReturnType<typeof completePerson>>;

beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
  write = miniatureOf(database);
  his = await completePerson(write);
  door = await openTestDoor(place.url, NOW);
});
afterAll(async () => {
  await door?.close();
  await database?.destroy();
  await place?.drop();
});

/** Books him; answers the alert. */
async function booked(personId = his.personId): Promise<string> {
  const { id } = await write.custodyEvent({ personId });
  const [event] = await database.query<{ id: string }[]>(
    "SELECT id FROM outbox.event WHERE facts ->> 'custodyEventId' = $1",
    [id],
  );
  return event!.id;
}

async function acknowledge(who: Who, alertId: string, key: string = randomUUID()) {
  const answer = await door.ask(
    who,
    `mutation ($input: AcknowledgeAlertInput!) { acknowledgeAlert(input: $input) {
      acknowledgement { alertId agency acknowledgedBy acknowledgedAt } problem } }`,
    { input: { key, alertId } },
  );
  return answer.data?.["acknowledgeAlert"];
}
const record = async (who: Who, alertId: string) =>
  (
    await door.ask(
      who,
      `query ($id: ID!) { alertRecord(alertId: $id) { alertId acknowledgements { agency acknowledgedBy } } }`,
      { id: alertId },
    )
  ).data?.["alertRecord"];
const refused = (problem: string) => ({ acknowledgement: null, problem });

describe("L31: an alert is acknowledged by the advocates of the agency that its case is assigned to", () => {
  test("once, however often it is told, and each for herself", async () => {
    const alertId = await booked();
    const key = randomUUID();
    const first = await acknowledge(ADA, alertId.toUpperCase(), key);
    expect(first).toEqual({
      acknowledgement: {
        ...{ alertId, agency: "harbor-house", acknowledgedBy: "ada" },
        acknowledgedAt: NOW.toISOString(),
      },
      problem: null,
    });
    expect(await acknowledge(ADA, alertId, key)).toEqual(first);
    expect(await acknowledge(ADA, alertId)).toEqual(first);
    await acknowledge({ ...ADA, subject: "eve" }, alertId, key);
    const acknowledgements = ["ada", "eve"].map((acknowledgedBy) => ({
      agency: "harbor-house",
      acknowledgedBy,
    }));
    const told = (await record(ADA, alertId)) as { acknowledgements: unknown[] };
    expect(new Set(told.acknowledgements)).toEqual(new Set(acknowledgements));
    expect(await record(CORA, alertId)).toEqual(told);
  });

  test("a key is used for one alert", async () => {
    const key = randomUUID();
    await acknowledge(ADA, await booked(), key);
    expect(await acknowledge(ADA, await booked(), key)).toEqual(refused("KEY_USED_OTHERWISE"));
    expect(await acknowledge(ADA, await booked(), "short")).toEqual(refused("KEY_IS_NO_UUID"));
  });

  test("what is another agency's, nobody's, cut off by a conflict, or not there answers alike", async () => {
    const alertId = await booked();
    const nobodys = await booked((await write.person()).id);
    await write.conflict({ agency: "harbor-house", subject: "ruth", personId: his.personId });
    for (const [who, id] of [
      [PASSAGE, alertId],
      [ADA, nobodys],
      [{ ...ADA, subject: "ruth" }, alertId],
      [ADA, randomUUID()],
      [ADA, "x"],
    ] as const) {
      expect(await acknowledge(who, id)).toEqual(refused("NOT_FOUND"));
      expect(await record(who, id)).toBeNull();
    }
    expect(await record(CORA, nobodys)).toEqual({ alertId: nobodys, acknowledgements: [] });
  });

  test("an order of another victim of his, and a proposed level, are no alerts of hers", async () => {
    const { id: victimId } = await write.victim();
    const file = await write.caseFile({
      ...{ personId: his.personId, victimId },
      ...{ assignedAgency: "safe-passage", assignedAt: new Date() },
    });
    const order = await write.order({ personId: his.personId, caseId: file.id });
    const [event] = await database.query<{ id: string }[]>(
      "SELECT id FROM outbox.event WHERE facts ->> 'orderId' = $1",
      [order.id],
    );
    expect(await acknowledge(ADA, event!.id)).toEqual(refused("NOT_FOUND"));
    expect(await acknowledge(PASSAGE, event!.id)).toMatchObject({ problem: null });
    const [proposed] = await database.query<{ id: string }[]>(
      `INSERT INTO outbox.event (topic, key, facts, occurred_at, provenance)
       VALUES ('level', $1, jsonb_build_object('change', 'proposed'), now(), 'local') RETURNING id`,
      [his.personId],
    );
    expect(await acknowledge(ADA, proposed!.id)).toEqual(refused("NOT_FOUND"));
    // The other agency's part of the record is not hers either.
    const shared = await booked();
    await acknowledge(PASSAGE, shared);
    expect(await record(ADA, shared)).toMatchObject({ acknowledgements: [] });
    expect(await record(CORA, shared)).toMatchObject({ acknowledgements: [{ agency: "safe-passage" }] });
  });

  test("justice roles acknowledge nothing", async () => {
    const answer = await door.ask(
      DANA,
      `mutation { acknowledgeAlert(input: { key: "12345678", alertId: "${await booked()}" }) { problem } }`,
    );
    expect(answer.status).toBe(403);
    const dana = { agency: "metro-police", roles: ["detective"], subject: "dana", expiresAt: NOW, token: "" };
    const answered = alertsToAcknowledge(dana, NOW, "event");
    expect(await findAlert(database.manager, await booked(), answered)).toBeNull();
  });

  test("what was confirmed stays", async () => {
    for (const change of ["DELETE FROM", "UPDATE", "TRUNCATE"]) {
      const statement = `${change} alert_acknowledgement ${change === "UPDATE" ? "SET subject = 'x'" : ""}`;
      await expect(database.query(statement)).rejects.toMatchObject({ code: "42501" });
    }
  });
});
