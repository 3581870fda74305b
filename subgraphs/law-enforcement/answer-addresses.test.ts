import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { createAgencyCall } from "../../platform/agency-call/call";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, TEST_ADVOCACY_SECRET, type TestDoor } from "./door.fixture";
import { migrate } from "./store/database";

const PATIENCE = 10_000;
let place: TestDatabase;
let door: TestDoor;

async function sql<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: place.url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  door = await openTestDoor(place.url, new Date("2026-03-01T12:00:00Z"));
});
afterAll(async () => {
  await door?.close();
  await place?.drop();
});

interface Couple {
  readonly caseId: string;
  readonly personId: string;
  readonly victimId: string;
}
async function couple(
  his: string | null,
  hers: string | null,
  agency: string | null = "harbor-house",
  substitute = false,
): Promise<Couple> {
  const [caseId, personId, victimId] = [randomUUID(), randomUUID(), randomUUID()];
  await sql(
    `INSERT INTO person (id, source, source_key, family_name, given_name, sex, address)
     VALUES ($1::uuid, 's', $1::text, 'F', 'G', 'M', $2)`,
    [personId, his],
  );
  await sql(
    `INSERT INTO victim (id, source, source_key, family_name, given_name, address, address_is_substitute)
     VALUES ($1::uuid, 's', $1::text, 'F', 'G', $2, $3)`,
    [victimId, hers, substitute],
  );
  await sql(
    "INSERT INTO case_file (id, person_id, victim_id, assigned_agency, assigned_at) VALUES ($1, $2, $3, $4, CASE WHEN $4::text IS NULL THEN NULL ELSE now() END)",
    [caseId, personId, victimId, agency],
  );
  return { caseId, personId, victimId };
}

const asked = (body: string, secret = TEST_ADVOCACY_SECRET) =>
  createAgencyCall({ url: new URL("/addresses", door.url).href, secret })(body, PATIENCE);
async function of(
  agency: string,
  ...couples: Couple[]
): Promise<Record<string, { his: string[]; hers: string[] }>> {
  const text = await asked(JSON.stringify({ agency, caseIds: couples.map(({ caseId }) => caseId) }));
  const { cases } = JSON.parse(text!) as { cases: { id: string; his: string[]; hers: string[] }[] };
  return Object.fromEntries(cases.map(({ id, his, hers }) => [id, { his, hers }]));
}

test("L60: an agency's server is told the addresses of its own cases, and of no others", async () => {
  const own = await couple("12 Main St", "7 Elm St");
  const bare = await couple(null, null);
  const theirs = await couple("1 A St", "2 B St", "safe-passage");
  const nobodys = await couple("3 C St", "4 D St", null);
  expect(await of("harbor-house", own, bare, theirs, nobodys)).toEqual({
    [own.caseId]: { his: ["12 Main St"], hers: ["7 Elm St"] },
    [bare.caseId]: { his: [], hers: [] },
  });
});

test("L61: where they lived before is told too, whoever recorded the move", async () => {
  const two = await couple("12 Main St", "7 Elm St");
  for (const [table, id] of [
    ["person", two.personId],
    ["victim", two.victimId],
  ] as const) {
    for (const address of ["20 Oak St", "20 Oak St", null, "30 Oak St"]) {
      await sql(`UPDATE ${table} SET address = $2 WHERE id = $1`, [id, address]);
    }
  }
  const { his, hers } = (await of("harbor-house", two))[two.caseId]!;
  expect(his.sort()).toEqual(["12 Main St", "20 Oak St", "30 Oak St"]);
  expect(hers.sort()).toEqual(["20 Oak St", "30 Oak St", "7 Elm St"]);
});

test("L61: whoever is in an address confidentiality programme has no address here, nor had one", async () => {
  const two = await couple("12 Main St", "7 Elm St");
  await sql("UPDATE victim SET address = 'P.O. Box 1', address_is_substitute = true WHERE id = $1", [
    two.victimId,
  ]);
  expect((await of("harbor-house", two))[two.caseId]).toEqual({ his: ["12 Main St"], hers: [] });
});

test("L60: each question stands in the record of who saw what", async () => {
  const two = await couple("12 Main St", "7 Elm St");
  await of("harbor-house", two);
  const rows = await sql(
    `SELECT agency, role, fields, outcome FROM audit.access_record WHERE record_ids @> ARRAY[$1::uuid, $2::uuid]`,
    [two.personId, two.victimId],
  );
  expect(rows).toEqual([
    {
      agency: "harbor-house",
      role: "server",
      fields: ["PersonIdentity.address", "VictimContact.address"],
      outcome: "answered",
    },
  ]);
});

test("L60: who has not the secret, or asks otherwise, gets no answer", async () => {
  const { caseId } = await couple("12 Main St", "7 Elm St");
  const question = { agency: "harbor-house", caseIds: [caseId] };
  expect(await asked(JSON.stringify(question), `another-${TEST_ADVOCACY_SECRET}`)).toBeNull();
  for (const wrong of [
    {},
    { ...question, caseIds: [] },
    { ...question, caseIds: ["17"] },
    { ...question, agency: "" },
    { ...question, more: 1 },
    { ...question, caseIds: Array.from({ length: 201 }, () => caseId) },
  ]) {
    expect(await asked(JSON.stringify(wrong))).toBeNull();
  }
  expect(await asked("{")).toBeNull();
});
