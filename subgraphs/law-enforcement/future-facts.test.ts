import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { migrate, openLawEnforcementDatabase } from "./store/database";
import { completePerson, miniatureOf, type Miniature } from "./store/miniature.fixture";

const NOW = new Date("2027-03-15T12:00:00.000Z");
const LATER = new Date(NOW.getTime() + 3_600_000);
const DETECTIVE: Who = { agency: "metro-police", roles: ["detective"] };
const PROVIDER: Who = { agency: "new-start", roles: ["provider"] };
const ADVOCATE: Who = { agency: "harbor-house", roles: ["advocate"] };
let place: TestDatabase;
let database: DataSource;
let write: Miniature;
let door: TestDoor;

beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
  write = miniatureOf(database);
  door = await openTestDoor(place.url, NOW);
});
afterAll(async () => {
  await door?.close();
  await database?.destroy();
  await place?.drop();
});

const person = async (who: Who, selection: string, id: string): Promise<unknown> =>
  (await door.ask(who, `query ($id: ID!) { person(id: $id) ${selection} }`, { id })).data?.["person"];

test("L19: custody that is dated ahead is not the status of now", async () => {
  const { id: personId } = await write.person();
  const recordedAt = new Date(NOW.getTime() - 3_600_000);
  await write.custodyEvent({ personId, status: "booked", occurredAt: recordedAt, recordedAt });
  await write.custodyEvent({ personId, status: "released", occurredAt: LATER, recordedAt });
  expect(await person(DETECTIVE, "{ custody { status } }", personId)).toEqual({
    custody: { status: "BOOKED" },
  });
});

test("L19: a letter with a day of service ahead is not served", async () => {
  const { personId } = await completePerson(write);
  await write.letter({ personId, text: "Tomorrow", servedOn: "2027-03-17" });
  await write.letter({ personId, text: "Not at all", servedOn: null });
  expect(await person(ADVOCATE, "{ servedExposureLetters { text } }", personId)).toEqual({
    servedExposureLetters: [{ text: "Exposure" }],
  });
});

test("L19: an agreement of tomorrow opens nothing to the provider today", async () => {
  const { id: personId } = await write.person();
  await write.referral({ personId, agreedAt: LATER });
  expect(await person(PROVIDER, "{ id }", personId)).toBeNull();
  expect(await person(DETECTIVE, "{ nameForProvider { name } }", personId)).toEqual({
    nameForProvider: null,
  });
});

test("L18 and L19: a provider reads the terms in force: begun, and not over everywhere", async () => {
  const { personId, caseId } = await completePerson(write);
  await database.query("DELETE FROM release_condition WHERE person_id = $1", [personId]);
  await database.query("UPDATE order_of_protection SET terms_for_provider = NULL WHERE person_id = $1", [
    personId,
  ]);
  for (const [effectiveFrom, effectiveUntil] of [
    ["2027-03-01", "2027-03-14"],
    ["2027-03-01", "2027-03-15"],
    ["2027-03-16", null],
    ["2027-03-17", null],
  ] as const) {
    const termsForProvider = `${effectiveFrom} ${effectiveUntil}`;
    await write.condition({ personId, effectiveFrom, effectiveUntil, termsForProvider });
    const [issuedOn, expiresOn] = [effectiveFrom, effectiveUntil ?? "2099-01-01"];
    await write.order({ personId, caseId, issuedOn, expiresOn, termsForProvider });
  }
  const inForce = ["2027-03-16 null", "2027-03-01 2027-03-15"];
  expect(await person(PROVIDER, "{ conditionsForProvider ordersForProvider }", personId)).toEqual({
    conditionsForProvider: inForce,
    ordersForProvider: inForce,
  });
});
