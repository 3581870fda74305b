import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { refer, sql } from "./records.fixture";
import { migrate } from "./store/database";

/** What the services write down of who read what. */
const NEW_START: Who = { agency: "new-start", role: "provider", subject: "pia" };
const PROBATION: Who = { agency: "county-probation", role: "probation", subject: "paul" };

let database: TestDatabase;
let door: TestDoor;
const person = randomUUID();

beforeAll(async () => {
  database = await createTestDatabase({ key: "services", migrate });
  await sql(
    database.url,
    "INSERT INTO provider (agency, name, languages, capacity) VALUES ('new-start', 'New Start', '{en}', 3)",
  );
  await refer(database.url, person, { agency: "new-start", days: {} });
  door = await openTestDoor(database.url, new Date("2026-03-01T12:00:00Z"));
});
afterAll(async () => {
  await door?.close();
  await database?.drop();
});

async function written(): Promise<unknown[]> {
  return sql(
    database.url,
    `SELECT subject, fields, outcome, codes, record_types FROM audit.access_record ORDER BY sequence DESC LIMIT 1`,
  );
}

test("A8: a provider's list is written with each record in it", async () => {
  await door.ask(NEW_START, "{ myReferrals { referrals { person { id } } } }");
  expect(await written()).toEqual([
    {
      subject: "pia",
      fields: ["Query.myReferrals", "Referral.person", "ReferralPage.referrals"],
      outcome: "answered",
      codes: [],
      record_types: ["Person", "Referral"],
    },
  ]);
});

test("A9: a read without a release is written as refused", async () => {
  const query =
    "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person { needs { kind } } } }";
  await door.ask(PROBATION, query, { r: [{ __typename: "Person", id: person }] });
  expect(await written()).toMatchObject([
    { subject: "paul", outcome: "refused", codes: ["RELEASE_REQUIRED"] },
  ]);
});

test("A8: the public directory of providers is not protected and writes nothing", async () => {
  const before = await written();
  await door.ask(PROBATION, "{ providers { name } }");
  expect(await written()).toEqual(before);
});
