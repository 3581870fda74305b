import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { createAgencyCall } from "../../platform/agency-call/call";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, TEST_HOLDS_SECRET, type TestDoor, type Who } from "./door.fixture";
import { migrate } from "./store/database";

const NOW = new Date("2026-03-01T12:00:00Z");
const PATIENCE = 10_000;
const ANN: Who = { agency: "harbor-house", role: "advocate", subject: "ann" };
const SAL: Who = { agency: "safe-passage", role: "advocate", subject: "sal" };
let harbor: TestDatabase;
let passage: TestDatabase;
let door: TestDoor;

async function sql<Row>(text: string, values: unknown[] = [], database = harbor): Promise<Row[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}
beforeAll(async () => {
  harbor = await createTestDatabase({ key: "advocacy", migrate });
  passage = await createTestDatabase({ key: "advocacy", migrate });
  door = await openTestDoor({ "harbor-house": harbor.url, "safe-passage": passage.url }, () => NOW);
});
afterAll(async () => {
  await door?.close();
  await Promise.all([harbor?.drop(), passage?.drop()]);
});

const call = (body: unknown, secret = TEST_HOLDS_SECRET) =>
  createAgencyCall({ url: new URL("/case-news", door.url).href, secret })(
    typeof body === "string" ? body : JSON.stringify(body),
    PATIENCE,
  );
const news = (caseId: string, more: object = {}) => ({
  ...{ id: randomUUID(), caseId, assignedAt: "2026-02-01T10:00:00.000Z", kind: "case-assigned" },
  ...{ contactId: null, level: "B", at: "2026-02-28T10:00:00.000Z", plannedFor: null, historic: false },
  ...more,
});
const tell = (...items: object[]) => call({ agency: "harbor-house", news: items });
const TAKEN = '{"taken":true}';
async function caseload(who: Who): Promise<string[]> {
  const { data } = await door.ask(who, "{ myCaseload(first: 200) { cases { id } } }");
  return (data!["myCaseload"] as { cases: { id: string }[] }).cases.map(({ id }) => id);
}
async function isOpen(caseId: string): Promise<boolean> {
  const { data } = await door.ask(
    ANN,
    "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { outreach { id } } } }",
    { r: [{ __typename: "Case", id: caseId, assignedAgency: "harbor-house" }] },
  );
  return (data!["_entities"] as { outreach: unknown }[])[0]!.outreach !== null;
}

test("AV27: news goes into the database of the agency it is for, once, however often it is told", async () => {
  const caseId = randomUUID();
  const items = [news(caseId), news(caseId, { kind: "custody-released" })];
  expect(await tell(...items)).toBe(TAKEN);
  expect(await tell(...items)).toBe(TAKEN);
  expect(await sql("SELECT kind FROM case_news WHERE case_id = $1 ORDER BY kind", [caseId])).toEqual([
    { kind: "case-assigned" },
    { kind: "custody-released" },
  ]);
  expect(await sql("SELECT FROM case_news", [], passage)).toEqual([]);
  expect([(await caseload(ANN)).includes(caseId), (await caseload(SAL)).includes(caseId)]).toEqual([
    true,
    false,
  ]);
});

test("AV28: a case of which there is news is on the caseload, and what the agency knew of it stays", async () => {
  const caseId = randomUUID();
  await sql("INSERT INTO case_assignment VALUES ($1, '2026-01-01Z', 'bea')", [caseId]);
  await tell(news(caseId, { kind: "arrest" }));
  const [row] = await sql("SELECT advocate, assigned_at FROM case_assignment WHERE case_id = $1", [caseId]);
  expect(row).toEqual({ advocate: "bea", assigned_at: new Date("2026-01-01Z") });
});

test("AV28: a case that left is not there any more, until it comes back; told again it stays so", async () => {
  const caseId = randomUUID();
  const items = [news(caseId), news(caseId, { kind: "case-left" })];
  await tell(...items);
  expect([await isOpen(caseId), (await caseload(ANN)).includes(caseId)]).toEqual([false, false]);
  await tell(...items);
  await tell(items[0]!);
  expect(await isOpen(caseId)).toBe(false);
  await tell(news(caseId));
  expect([await isOpen(caseId), (await caseload(ANN)).includes(caseId)]).toEqual([true, true]);
});

test("AV28: whoever is a client here stays one, whichever agency the case goes to", async () => {
  const caseId = randomUUID();
  await tell(news(caseId));
  await sql("INSERT INTO client (case_id, preferred_name) VALUES ($1, 'Mary')", [caseId]);
  await tell(news(caseId, { kind: "case-left" }));
  expect(await isOpen(caseId)).toBe(true);
});

test("AV27: of a batch with a fault nothing is kept; whoever has not the secret tells nothing", async () => {
  const caseId = randomUUID();
  const good = news(caseId);
  for (const body of [
    "{",
    {},
    { agency: "harbor-house", news: [good, news("17")] },
    { agency: "harbor-house", news: [good, news(caseId, { kind: "narrative" })] },
    { agency: "harbor-house", news: [good, news(caseId, { at: "yesterday" })] },
    { agency: "harbor-house", news: [good, news(caseId, { name: "somebody" })] },
    { agency: "harbor-house", news: Array.from({ length: 1_001 }, () => news(caseId)) },
    { agency: "quiet-cove", news: [good] },
  ]) {
    expect(await call(body)).toBeNull();
  }
  expect(await call({ agency: "harbor-house", news: [good] }, `another-${TEST_HOLDS_SECRET}`)).toBeNull();
  expect(await sql("SELECT FROM case_assignment WHERE case_id = $1", [caseId])).toEqual([]);
});
