import { createHash, randomUUID } from "node:crypto";
import { Client } from "pg";
import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { migrate, openLawEnforcementDatabase } from "./store/database";
import { completePerson, miniatureOf } from "./store/miniature.fixture";

/** What law enforcement writes down of who read what. */
const NOW = new Date("2026-03-01T12:00:00Z");
const DETECTIVE: Who = { agency: "metro-police", roles: ["detective"], subject: "dana" };
const PROVIDER: Who = { agency: "new-start", roles: ["provider"], subject: "pia" };

let place: TestDatabase;
let database: DataSource;
let door: TestDoor;
let personId: string;
let seen: string;

beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
  ({ personId } = await completePerson(miniatureOf(database)));
  door = await openTestDoor(place.url, NOW);
});
afterAll(async () => {
  await door?.close();
  await database?.destroy();
  await place?.drop();
});
beforeEach(async () => {
  const rows: { last: string }[] = await database.query(
    "SELECT coalesce(max(sequence), 0) AS last FROM audit.access_record",
  );
  seen = rows[0]!.last;
});

const written = (): Promise<Record<string, unknown>[]> =>
  database.query(
    `SELECT subject, agency, role, purpose, operation_hash, fields, outcome, codes, provenance, at,
       ARRAY(SELECT type || ' ' || id FROM unnest(record_types, record_ids) AS r (type, id)) AS records
     FROM audit.access_record WHERE sequence > $1 ORDER BY sequence`,
    [seen],
  );

test("A8: an answer with something protected in it is written: who, which document, which fields, whose records", async () => {
  const query = "query ($id: ID!) { person(id: $id) { identity { givenName } id } }";
  const answer = await door.ask(DETECTIVE, query, { id: personId.toUpperCase() });
  expect(answer.errors).toBeUndefined();
  expect(await written()).toEqual([
    {
      subject: "dana",
      agency: "metro-police",
      role: "detective",
      purpose: "case-work",
      operation_hash: createHash("sha256").update(query).digest("hex"),
      fields: ["Person.identity", "PersonIdentity.givenName", "Query.person"],
      outcome: "answered",
      codes: [],
      provenance: [],
      at: NOW,
      records: [`Person ${personId}`],
    },
  ]);
});

test("A8: records are found under aliases, fragments and lists, and where no id is selected", async () => {
  await door.ask(
    DETECTIVE,
    `fragment Him on Person { id: identity { familyName } kases: cases { ...Hers } }
     fragment Hers on Case { victim { ... on Victim { identity { givenName } } } }
     { persons { people { ...Him charges { title } } } }`,
  );
  const [row] = await written();
  const people: { id: string }[] = await database.query(`
    SELECT 'Person ' || id AS id FROM person UNION ALL SELECT 'Case ' || id FROM case_file
    UNION ALL SELECT 'Victim ' || victim_id FROM case_file UNION ALL SELECT 'Charge ' || id FROM charge`);
  expect(new Set(row?.["records"] as string[])).toEqual(new Set(people.map(({ id }) => id)));
  expect(row?.["provenance"]).toEqual(["court"]);
});

test("A8: references name their records, found or not, each representation its own", async () => {
  const unknown = randomUUID();
  await door.ask(
    DETECTIVE,
    "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person { identity { givenName } } } }",
    {
      r: [
        { __typename: "Person", id: unknown },
        { __typename: "Person", id: personId },
        { __typename: "Person", id: "no id" },
      ],
    },
  );
  const [row] = await written();
  expect(new Set(row?.["records"] as string[])).toEqual(new Set([`Person ${unknown}`, `Person ${personId}`]));
});

test("A9: what the second wall refuses is written as refused, with what was asked for", async () => {
  const answer = await door.ask(PROVIDER, `{ person(id: "${personId}") { identity { givenName } } }`);
  expect(answer.status).toBe(403);
  expect(await written()).toMatchObject([
    {
      subject: "pia",
      role: "provider",
      outcome: "refused",
      codes: ["UNAUTHORIZED_FIELD_OR_TYPE"],
      records: [`Person ${personId}`],
    },
  ]);
});

test("A9: what fails is written as failed", async () => {
  await door.ask(DETECTIVE, "{ persons(first: 0) { people { identity { givenName } } } }");
  expect(await written()).toMatchObject([{ outcome: "failed", codes: ["BAD_USER_INPUT"] }]);
});

test("A8: what reads nothing protected writes nothing; nor does what is no valid document", async () => {
  await door.ask(
    DETECTIVE,
    "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person { id } __typename } }",
    { r: [{ __typename: "Person", id: personId }] },
  );
  await door.ask(DETECTIVE, "{ person { nonsense } }");
  expect(await written()).toEqual([]);
});

test("A4: national criminal history is written as disseminated: to whom, what, why", async () => {
  await door.ask(DETECTIVE, `{ person(id: "${personId}") { criminalHistory { title } } }`);
  const [row] = await written();
  expect(row?.["provenance"]).toEqual(["ncic"]);
  const disclosed: unknown = await database.query(
    "SELECT subject, purpose, record_type, record_id FROM audit.dissemination WHERE sequence > $1",
    [seen],
  );
  const history: { id: string }[] = await database.query("SELECT id FROM prior_record WHERE person_id = $1", [
    personId,
  ]);
  expect(history).toHaveLength(1);
  expect(disclosed).toEqual([
    { subject: "dana", purpose: "case-work", record_type: "PriorRecord", record_id: history[0]!.id },
  ]);
});

test("A10: while it cannot be written, nothing protected is answered", async () => {
  const superuser = new Client({ connectionString: place.url });
  await superuser.connect();
  await superuser.query("ALTER FUNCTION audit.append RENAME TO append_away");
  const query = `{ person(id: "${personId}") { id identity { givenName } } }`;
  try {
    const answer = await door.ask(DETECTIVE, query);
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.text)).toEqual({
      errors: [
        {
          message: "Not answered: it could not be recorded who asked.",
          extensions: { code: "ACCESS_NOT_RECORDED" },
        },
      ],
    });
  } finally {
    await superuser.query("ALTER FUNCTION audit.append_away RENAME TO append");
    await superuser.end();
  }
  expect((await door.ask(DETECTIVE, query)).errors).toBeUndefined();
});

test("A8: no value of what was read stands in the record", async () => {
  await door.ask(
    DETECTIVE,
    `{ person(id: "${personId}") { identity { givenName familyName stateId } incidents { narrative } cases { victim { identity { givenName } } } } }`,
  );
  const rows: { text: string }[] = await database.query("SELECT a::text AS text FROM audit.access_record a");
  for (const { text } of rows) expect(text).not.toMatch(/\bPat\b|Example|\bVic\b|narrative"/);
});
