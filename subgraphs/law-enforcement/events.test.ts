import { randomUUID } from "node:crypto";
import type { DataSource } from "typeorm";
import { append } from "../../platform/outbox/append";
import { openHubSocket, type HeardStream, type HubSocket } from "../../platform/subgraph/hub-socket.fixture";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { RULES } from "./domain/escalation.fixture";
import { tellSilence } from "../../platform/outbox/silence";
import { tellExpiringOrders } from "./store/expiring-orders";
import { migrate, openLawEnforcementDatabase } from "./store/database";
import { escalate } from "./store/escalate";
import { completePerson, miniatureOf, type Miniature } from "./store/miniature.fixture";

const DETECTIVE: Who = { agency: "metro-police", roles: ["detective"], subject: "dana" };
const PROSECUTOR: Who = { agency: "county-prosecutor", roles: ["prosecutor"] };
const PROBATION: Who = { agency: "county-probation", roles: ["probation"] };
const HARBOR: Who = { agency: "harbor-house", roles: ["advocate"], subject: "ada" };
const PASSAGE: Who = { agency: "safe-passage", roles: ["advocate"] };
const MESSENGER: Who = { agency: "street-voices", roles: ["messenger"], subject: "mo" };

let place: TestDatabase;
let database: DataSource;
let write: Miniature;
let door: TestDoor;
let socket: HubSocket;
/** In a case of harbor-house, supervised; a messenger is to meet him. */
let his: Awaited<ReturnType<typeof completePerson>>;
/** In nobody's case. */
let other: string;

beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
  write = miniatureOf(database);
  his = await completePerson(write, { messenger: "mo" });
  other = (await write.person()).id;
  door = await openTestDoor(place.url, new Date(Date.now() + 60_000));
});
afterAll(async () => {
  await door?.close();
  await database?.destroy();
  await place?.drop();
});
beforeEach(async () => {
  socket = await openHubSocket(door.url);
});
afterEach(() => socket.close());

async function subscribe(who: Who, query: string, variables = {}): Promise<HeardStream> {
  const authorization = `Bearer ${await door.tokenOf(who)}`;
  const headers = { authorization, "x-ipvi-purpose": "alert-response" };
  return socket.begin({ query, variables, extensions: { headers } });
}
async function listen(who: Who, query: string, variables = {}): Promise<HeardStream> {
  const stream = await subscribe(who, query, variables);
  await stream.next();
  return stream;
}
const today = () => new Date().toISOString().slice(0, 10);

/** Records an arrest as an import does: with the event that tells of it. */
async function arrest(personId: string, given: { incidentId?: string; historic?: boolean } = {}) {
  const { incidentId = null, historic = false } = given;
  const arrestedOn = today();
  const id = randomUUID();
  await database.transaction(async (manager) => {
    await manager.query(
      `INSERT INTO arrest (id, source, source_key, person_id, incident_id, arrested_on, offence_code)
       VALUES ($1::uuid, 'test', $1::text, $2, $3, $4, '13A')`,
      [id, personId, incidentId, arrestedOn],
    );
    await append(manager, [
      {
        topic: "arrest",
        key: personId,
        facts: { change: "recorded", arrestId: id },
        occurredAt: new Date(`${arrestedOn}T00:00:00Z`),
        historic,
        provenance: "local",
      },
    ]);
  });
  return id;
}

async function confirm(personId: string, level: "A" | "B") {
  const { id: proposalId } = await write.proposal({ personId, level, supersededAt: new Date() });
  return write.confirmation({ personId, level, proposalId, confirmedAt: new Date() });
}

const valueOf = async (stream: HeardStream) => Object.values((await stream.event()).data ?? {})[0];

describe("L29: an arrest is told to those who may see the person, and to nobody else", () => {
  const FULL =
    "subscription { arrestAlerts { person { id } cases { id } arrest { id offenceCode } provenance } }";
  const LIMITED =
    "subscription { arrestAlerts { person { id } cases { id assignedAgency } summary { title arrestDate } } }";

  test("twenty that somebody catches up with take as many statements as one", async () => {
    const replay = FULL.replace("{", "($after: Cursor) {").replace(
      "arrestAlerts",
      "arrestAlerts(after: $after)",
    );
    const statementsFor = async (count: number) => {
      const { data } = await door.ask(DETECTIVE, "{ lawEnforcementFeed { cursor } }");
      const { cursor: after } = data!["lawEnforcementFeed"] as { cursor: string };
      const told: string[] = [];
      for (let one = 0; one < count; one += 1) told.push(await arrest(other));
      door.statements();
      const stream = await subscribe(DETECTIVE, replay, { after });
      for (const id of told) expect(await valueOf(stream)).toMatchObject({ arrest: { id } });
      const taken = door.statements();
      stream.stop();
      return taken;
    };
    const one = await statementsFor(1);
    expect(one).toBeGreaterThan(0);
    expect(await statementsFor(20)).toBe(one);
  });

  test("justice in full; an advocate of her agency's cases in the form that is hers; one of another agency nothing", async () => {
    const [detective, harbor, passage] = [
      await listen(DETECTIVE, FULL),
      await listen(HARBOR, LIMITED),
      await listen(PASSAGE, LIMITED),
    ];
    const elsewhere = await arrest(other);
    const id = await arrest(his.personId);
    expect(await valueOf(detective)).toMatchObject({ person: { id: other }, arrest: { id: elsewhere } });
    expect(await valueOf(detective)).toEqual({
      person: { id: his.personId },
      cases: [{ id: his.caseId }],
      arrest: { id, offenceCode: "13A" },
      provenance: "local",
    });
    expect(await valueOf(harbor)).toEqual({
      person: { id: his.personId },
      cases: [{ id: his.caseId, assignedAgency: "harbor-house" }],
      summary: { title: "Aggravated assault", arrestDate: today() },
    });
    // What she gets next is of a case that is hers by then: the ones before were passed over.
    const { id: personId } = await write.person();
    const { id: victimId } = await write.victim();
    await write.caseFile({ personId, victimId, assignedAgency: "safe-passage", assignedAt: new Date() });
    await arrest(personId);
    expect(await valueOf(passage)).toMatchObject({ person: { id: personId } });
  });

  test("a probation officer's are of those he supervises", async () => {
    const stream = await listen(PROBATION, FULL);
    await arrest(other);
    await arrest(his.personId);
    expect(await valueOf(stream)).toMatchObject({ person: { id: his.personId } });
  });

  test.each<[string, Who]>([
    ["a messenger", MESSENGER],
    ["a provider", { agency: "new-start", roles: ["provider"] }],
    ["an evaluator", { agency: "state-university", roles: ["evaluator"] }],
    ["an auditor", { agency: "county-audit", roles: ["auditor"] }],
  ])("%s may not subscribe", async (_title, who) => {
    const stream = await subscribe(who, "subscription { arrestAlerts { id } }");
    expect(await stream.end()).toMatchObject([{ extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE" } }]);
  });

  test("an advocate may not ask for the arrest in full", async () => {
    const stream = await subscribe(HARBOR, FULL);
    expect(await stream.end()).toMatchObject([{ extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE" } }]);
  });

  test("filters by person, case and level; historic ones come when they are asked for", async () => {
    await confirm(his.personId, "A");
    const ask = (given: string) =>
      listen(DETECTIVE, `subscription { arrestAlerts(${given}) { person { id } arrest { id } } }`);
    const [byPerson, byCase, byLevel, byOther, historic] = [
      await ask(`personIds: ["${his.personId}"]`),
      await ask(`caseIds: ["${his.caseId.toUpperCase()}"]`),
      await ask("level: A"),
      await ask("level: B"),
      await ask("historic: true"),
    ];
    const old = await arrest(his.personId, { historic: true });
    await arrest(other);
    const id = await arrest(his.personId);
    for (const stream of [byPerson, byCase, byLevel]) {
      expect(await valueOf(stream)).toEqual({ person: { id: his.personId }, arrest: { id } });
    }
    expect(await valueOf(historic)).toMatchObject({ arrest: { id: old } });
    await confirm(other, "B");
    const ofOther = await arrest(other);
    expect(await valueOf(byOther)).toMatchObject({ arrest: { id: ofOther } });
  });

  test("L20: whom a conflict cuts off is told nothing from then on, of replayed events neither; and he is an audience of his own", async () => {
    const officer: Who = { ...DETECTIVE, subject: "olaf" };
    const headers = {
      authorization: `Bearer ${await door.tokenOf(officer)}`,
      "x-ipvi-purpose": "alert-response",
    };
    const watch = socket.begin({ query: "{ __typename }", extensions: { headers, watch: true } });
    const { audience } = (await watch.next()).extensions;
    const begun = (await (await subscribe(officer, FULL)).next()).extensions.cursor;
    const stream = await listen(officer, FULL);
    await arrest(his.personId);
    await stream.event();
    const { id } = await write.conflict({ agency: "metro-police", subject: "olaf", personId: his.personId });
    const changed = (await watch.next()).extensions.audience;
    expect(changed).not.toBe(audience);
    await arrest(his.personId);
    await arrest(other);
    expect(await valueOf(stream)).toMatchObject({ person: { id: other } });
    const AFTER = FULL.replace("arrestAlerts", `arrestAlerts(after: "${begun}")`);
    expect(await valueOf(await subscribe(officer, AFTER))).toMatchObject({ person: { id: other } });
    await database.query("DELETE FROM conflict_of_interest WHERE id = $1", [id]);
    expect((await watch.next()).extensions.audience).toBe(audience);
  });
});

describe("L33: an alert that nobody confirms is told again", () => {
  const QUERY = "subscription { alertEscalations { alertId step to person { id } cases { id } } }";
  const RECORD = "query ($id: ID!) { alertRecord(alertId: $id) { told { step to agency toldAt } } }";

  test("to the advocates of the assigned agency and to coordinators, until somebody does", async () => {
    await confirm(his.personId, "A");
    const CORA: Who = { agency: "metro-police", roles: ["coordinator"] };
    const streams = [await listen(HARBOR, QUERY), await listen(CORA, QUERY)];
    const passage = await listen(PASSAGE, QUERY);
    await arrest(his.personId);
    const [alert] = await database.query<{ id: string; recorded_at: Date }[]>(
      "SELECT id, recorded_at FROM outbox.event WHERE topic = 'arrest' ORDER BY recorded_at DESC LIMIT 1",
    );
    const now = new Date(alert!.recorded_at.getTime() + 310_000);
    await database.query("UPDATE case_file SET assigned_at = '2026-01-01' WHERE id = $1", [his.caseId]);
    await escalate(database, RULES, now);
    const find = async (stream: HeardStream) => {
      for (;;) {
        const value = (await valueOf(stream)) as { alertId: string };
        if (value.alertId === alert!.id) return value;
      }
    };
    for (const stream of streams) {
      expect(await find(stream)).toEqual({
        ...{ alertId: alert!.id, step: 1, to: "NEXT_ON_CALL" },
        person: { id: his.personId },
        cases: [{ id: his.caseId }],
      });
    }
    const answer = await door.ask(HARBOR, RECORD, { id: alert!.id });
    expect(answer.data).toEqual({
      alertRecord: {
        told: [{ step: 1, to: "NEXT_ON_CALL", agency: "harbor-house", toldAt: now.toISOString() }],
      },
    });
    await door.ask(
      HARBOR,
      `mutation ($id: ID!) {
        acknowledgeAlert(input: { key: "00000000-0000-4000-8000-00000000000a", alertId: $id }) { problem } }`,
      { id: alert!.id },
    );
    await escalate(database, RULES, new Date(now.getTime() + 600_000));
    expect((await door.ask(HARBOR, RECORD, { id: alert!.id })).data).toEqual(answer.data);
    // What the other agency is told next is its own: that another's time has run out for a man of both was passed over.
    const soon = new Date(Date.now() + 310_000);
    const manOf = async (...agencies: [string, Date][]) => {
      const { id: personId } = await write.person();
      for (const [assignedAgency, assignedAt] of agencies) {
        const { id: victimId } = await write.victim();
        await write.caseFile({ personId, victimId, assignedAgency, assignedAt });
      }
      await confirm(personId, "B");
      await arrest(personId);
      await escalate(database, RULES, soon);
      return personId;
    };
    await manOf(["harbor-house", new Date(0)], ["safe-passage", soon]);
    const hers = await manOf(["safe-passage", new Date(0)]);
    expect(await valueOf(passage)).toMatchObject({ person: { id: hers } });
  });

  test("to nobody else", async () => {
    for (const who of [DETECTIVE, PROSECUTOR, MESSENGER]) {
      const stream = await subscribe(who, QUERY);
      expect(await stream.end()).toMatchObject([{ extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE" } }]);
    }
  });
});

describe("L29: custody, levels, orders and contacts tell of themselves", () => {
  test("custody, whoever records it", async () => {
    const query = "subscription { custodyChanges { status facility person { id custody { status } } } }";
    const streams = [await listen(DETECTIVE, query), await listen(HARBOR, query)];
    await write.custodyEvent({ personId: his.personId, status: "released", facility: "County jail" });
    for (const stream of streams) {
      expect(await valueOf(stream)).toEqual({
        status: "RELEASED",
        facility: "County jail",
        person: { id: his.personId, custody: { status: "RELEASED" } },
      });
    }
  });

  test("a proposed level to justice roles, a confirmed one to advocates too", async () => {
    const [justice, harbor] = [
      await listen(PROSECUTOR, "subscription { levelChanges { proposed { id level } confirmed { level } } }"),
      await listen(HARBOR, "subscription { levelChanges { confirmed { level confirmedBy } } }"),
    ];
    const { id: confirmationId, proposalId: confirmed } = await confirm(his.personId, "B");
    const proposalId = confirmed!;
    const level = { topic: "level", key: his.personId, historic: false, provenance: "local" };
    await database.transaction((manager) =>
      append(manager, [
        { ...level, facts: { change: "proposed", proposalId }, occurredAt: new Date() },
        { ...level, facts: { change: "confirmed", confirmationId }, occurredAt: new Date() },
      ]),
    );
    expect(await valueOf(justice)).toEqual({ proposed: { id: proposalId, level: "B" }, confirmed: null });
    expect(await valueOf(justice)).toEqual({ proposed: null, confirmed: { level: "B" } });
    expect(await valueOf(harbor)).toEqual({ confirmed: { level: "B", confirmedBy: "dana@metro-police" } });
  });

  test("an order issued, served and violated, to the agency of its case alone", async () => {
    const query = "subscription { orderChanges { change order { id servedOn } } }";
    const [prosecutor, passage] = [await listen(PROSECUTOR, query), await listen(PASSAGE, query)];
    const { id } = await write.order({ personId: his.personId, caseId: his.caseId, issuedOn: today() });
    await database.query("UPDATE order_of_protection SET served_on = current_date WHERE id = $1", [id]);
    await database.query("UPDATE order_of_protection SET terms = 'Stay far away' WHERE id = $1", [id]);
    await write.orderViolation({ orderId: id, occurredOn: today() });
    const told = [await valueOf(prosecutor), await valueOf(prosecutor), await valueOf(prosecutor)];
    await database.query("UPDATE order_of_protection SET expires_on = current_date + 5 WHERE id = $1", [id]);
    await tellExpiringOrders(database, 14, new Date());
    told.push(await valueOf(prosecutor));
    expect(told).toMatchObject(
      ["ISSUED", "SERVED", "VIOLATED", "EXPIRING"].map((change) => ({ change, order: { id } })),
    );
    const { id: victimId } = await write.victim();
    const { id: caseId } = await write.caseFile({
      ...{ personId: his.personId, victimId, assignedAgency: "safe-passage", assignedAt: new Date() },
    });
    const hers = await write.order({ personId: his.personId, caseId, issuedOn: today() });
    expect(await valueOf(passage)).toMatchObject({ change: "ISSUED", order: { id: hers.id } });
  });

  test("a contact to justice, and to the messenger who takes part while it is ahead", async () => {
    const query = "subscription { contactUpdates { contact { id state } } }";
    const [detective, messenger] = [await listen(DETECTIVE, query), await listen(MESSENGER, query)];
    const { id: notHis } = await write.contact({ personId: his.personId, messenger: "somebody" });
    const { id } = await write.contact({ personId: his.personId, messenger: "mo" });
    await database.query("UPDATE contact SET planned_for = planned_for + interval '1 day' WHERE id = $1", [
      id,
    ]);
    await database.query("UPDATE contact SET place = 'Elsewhere' WHERE id = $1", [id]);
    expect(await valueOf(detective)).toEqual({ contact: { id: notHis, state: "PLANNED" } });
    for (const stream of [detective, messenger]) {
      expect(await valueOf(stream)).toEqual({ contact: { id, state: "PLANNED" } });
      expect(await valueOf(stream)).toEqual({ contact: { id, state: "PLANNED" } });
    }
    await database.query(
      "UPDATE contact SET state = 'cancelled', closed_at = now(), closed_by = 'x' WHERE id = $1",
      [id],
    );
    expect(await valueOf(detective)).toEqual({ contact: { id, state: "CANCELLED" } });
  });
});

test("E15: that the feed is silent is told, once, to those who may subscribe to any of it", async () => {
  const query = "subscription { lawEnforcementFeedAlerts { change occurredAt } }";
  const [detective, harbor] = [await listen(DETECTIVE, query), await listen(HARBOR, query)];
  // As if nothing had been recorded for long.
  await tellSilence(database, -1_000);
  for (const stream of [detective, harbor]) {
    expect(await valueOf(stream)).toEqual({ change: "SILENT", occurredAt: expect.any(String) as string });
  }
  await tellSilence(database, 3_600_000);
  expect(await valueOf(harbor)).toMatchObject({ change: "MOVING" });
  const provider = await subscribe({ agency: "new-start", roles: ["provider"] }, query);
  expect(JSON.stringify(await provider.end())).toContain("UNAUTHORIZED_FIELD_OR_TYPE");
});

test("the feed says where it stands: a stream that begins there misses nothing, and one that nobody writes to is silent", async () => {
  const ask = async () =>
    (await door.ask(HARBOR, "{ lawEnforcementFeed { cursor lastEventAt lagSeconds silent } }")).data?.[
      "lawEnforcementFeed"
    ] as { cursor: string; silent: boolean };
  const { cursor, silent } = await ask();
  expect(silent).toBe(false);
  const id = await arrest(his.personId);
  const stream = await subscribe(
    DETECTIVE,
    "subscription ($after: Cursor) { arrestAlerts(after: $after) { arrest { id } } }",
    { after: cursor },
  );
  expect(await valueOf(stream)).toEqual({ arrest: { id } });
  const refused = await door.ask(
    { agency: "new-start", roles: ["provider"] },
    "{ lawEnforcementFeed { silent } }",
  );
  expect(refused.errors?.[0]?.extensions.code).toBe("UNAUTHORIZED_FIELD_OR_TYPE");
});
