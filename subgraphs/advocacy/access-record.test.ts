import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { migrate } from "./store/database";

/** In whose record an access to the advocacy agencies stands. */
const NOW = new Date("2026-03-01T12:00:00Z");
const CLIENT_CASE = "11111111-1111-4111-8111-111111111111";
const STRANGER = randomUUID();
const HARBOR: Who = { agency: "harbor-house", role: "advocate", subject: "ann" };
const DETECTIVE: Who = { agency: "metro-police", role: "detective", subject: "dana" };
const EVALUATOR: Who = { agency: "state-university", role: "evaluator", subject: "eve" };

let harbor: TestDatabase;
let passage: TestDatabase;
let door: TestDoor;

async function sql<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Row>(text);
  await client.end();
  return rows;
}

beforeAll(async () => {
  [harbor, passage] = await Promise.all([
    createTestDatabase({ key: "advocacy", migrate }),
    createTestDatabase({ key: "advocacy", migrate }),
  ]);
  await sql(
    harbor.url,
    `INSERT INTO case_assignment VALUES ('${CLIENT_CASE}', '2026-01-01Z', 'ann');
     INSERT INTO client (case_id, preferred_name) VALUES ('${CLIENT_CASE}', 'MARKER')`,
  );
  door = await openTestDoor({ "harbor-house": harbor.url, "safe-passage": passage.url }, () => NOW);
});
afterAll(async () => {
  await door?.close();
  await Promise.all([harbor, passage].map((one) => one?.drop()));
});

/** Rows since the last call, by agency. */
async function written(): Promise<Record<"harbor" | "passage", Record<string, unknown>[]>> {
  const rows = `SELECT subject, outcome, codes, record_types || record_ids::text[] AS records FROM audit.access_record
    WHERE sequence > coalesce(current_setting('test.seen', true), '0')::bigint ORDER BY sequence`;
  const found = { harbor: await sql<never>(harbor.url, rows), passage: await sql<never>(passage.url, rows) };
  for (const { superuserUrl } of [harbor, passage])
    await sql(
      superuserUrl,
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET test.seen = %L', current_database(),
         (SELECT coalesce(max(sequence), 0) FROM audit.access_record)); END $$`,
    );
  return found;
}
beforeEach(() => written());

const entities = (selection: string) =>
  `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { ${selection} } } }`;
const reference = (id: string, assignedAgency: string | null) => ({ __typename: "Case", id, assignedAgency });
const CONTACT = entities("clientContact { preferredName }");

test("A11: an advocate's reads stand in her own agency's record alone", async () => {
  const answer = await door.ask(HARBOR, entities("client { registeredAt }"), {
    r: [reference(CLIENT_CASE, "safe-passage")],
  });
  expect(answer.errors).toBeUndefined();
  const [client] = await sql<{ id: string }>(harbor.url, "SELECT id FROM client");
  expect(await written()).toEqual({
    harbor: [
      {
        subject: "ann",
        outcome: "answered",
        codes: [],
        records: ["Case", "Client", CLIENT_CASE, client!.id],
      },
    ],
    passage: [],
  });
});

test("A11: a refusal stands in the record of the agency it names, for a client and a stranger alike", async () => {
  for (const id of [CLIENT_CASE, STRANGER]) {
    await door.ask(DETECTIVE, CONTACT, { r: [reference(id, "harbor-house")] });
    expect(await written()).toEqual({
      harbor: [{ subject: "dana", outcome: "refused", codes: ["RELEASE_REQUIRED"], records: ["Case", id] }],
      passage: [],
    });
  }
});

test("A11: a request that names two agencies stands in both, with each one's own records", async () => {
  const query = `query ($a: [_Any!]!, $b: [_Any!]!) {
    a: _entities(representations: $a) { ... on Case { outreach { id } } }
    b: _entities(representations: $b) { ... on Case { outreach { id } } } }`;
  await door.ask(DETECTIVE, query, {
    a: [reference(CLIENT_CASE, "harbor-house")],
    b: [reference(STRANGER, "safe-passage")],
  });
  const refused = { subject: "dana", outcome: "refused", codes: ["RELEASE_REQUIRED"] };
  expect(await written()).toEqual({
    harbor: [{ ...refused, records: ["Case", CLIENT_CASE] }],
    passage: [{ ...refused, records: ["Case", STRANGER] }],
  });
});

test.each([null, "no-such-agency"])(
  "A11: a refusal that names %s stands in every record, without an id",
  async (agency) => {
    await door.ask(DETECTIVE, entities("safetyPlan { text }"), { r: [reference(CLIENT_CASE, agency)] });
    const row = { subject: "dana", outcome: "refused", codes: ["UNAUTHORIZED_FIELD_OR_TYPE"], records: [] };
    expect(await written()).toEqual({ harbor: [row], passage: [row] });
  },
);

test("A11: figures over all agencies stand in each one's record", async () => {
  await door.ask(EVALUATOR, "{ outreachCounts { total } }");
  const row = { subject: "eve", outcome: "answered", codes: [], records: [] };
  expect(await written()).toEqual({ harbor: [row], passage: [row] });
});

test("A10: while one of the agencies cannot write, nothing is answered of any", async () => {
  await sql(passage.url, "ALTER FUNCTION audit.append RENAME TO append_away");
  const answer = await door.ask(EVALUATOR, "{ outreachCounts { total } }");
  await sql(passage.url, "ALTER FUNCTION audit.append_away RENAME TO append");
  expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(["ACCESS_NOT_RECORDED"]);
  expect(answer.data).toBeUndefined();
});

test("A11: what is answered in part is written as answered, with the codes of the rest", async () => {
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { id clientContact { phone } } } myCaseload { cases { id } } }`;
  await door.ask(HARBOR, query, { r: [reference(CLIENT_CASE, null)] });
  expect((await written()).harbor).toMatchObject([{ outcome: "answered", codes: [] }]);
});
