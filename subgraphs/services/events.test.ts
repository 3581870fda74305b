import { randomUUID } from "node:crypto";
import { openHubSocket, type HeardStream, type HubSocket } from "../../platform/subgraph/hub-socket.fixture";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { refer, sql } from "./records.fixture";
import { migrate } from "./store/database";

const NEW_START: Who = { agency: "new-start", role: "provider" };
const OPEN_DOOR: Who = { agency: "open-door", role: "provider" };
const COORDINATOR: Who = { agency: "metro-police", role: "coordinator" };

let database: TestDatabase;
let door: TestDoor;
let socket: HubSocket;

beforeAll(async () => {
  database = await createTestDatabase({ key: "services", migrate });
  for (const agency of ["new-start", "open-door"]) {
    await sql(
      database.url,
      "INSERT INTO provider (agency, name, languages, capacity) VALUES ($1, $1, '{en}', 9)",
      [agency],
    );
  }
  door = await openTestDoor(database.url, new Date());
  socket = await openHubSocket(door.url);
});
afterAll(async () => {
  socket?.close();
  await door?.close();
  await database?.drop();
});

async function subscribe(who: Who, query: string): Promise<HeardStream> {
  const headers = { authorization: await door.tokenOf(who), "x-ipvi-purpose": "case-work" };
  return socket.begin({ query, extensions: { headers } });
}
async function listen(who: Who, query: string): Promise<HeardStream> {
  const stream = await subscribe(who, query);
  await stream.next();
  return stream;
}
const updateOf = async (stream: HeardStream) => (await stream.event()).data?.["referralUpdates"];
const now = () => new Date().toISOString();

test("SV21: a referral is told to its provider and to coordinators; a day under it to the provider alone", async () => {
  const [person, other] = [randomUUID(), randomUUID()];
  const coordinator = await listen(
    COORDINATOR,
    "subscription { referralUpdates { person { id } referral { id state } } }",
  );
  const [hers, another] = [
    await listen(
      NEW_START,
      "subscription { referralUpdates { person { id } referral { id state } engagement { attended } } }",
    ),
    await listen(OPEN_DOOR, "subscription { referralUpdates { person { id } referral { id state } } }"),
  ];
  const id = await refer(database.url, person, { agency: "new-start", referredAt: now() });
  const told = { person: { id: person }, referral: { id, state: "ACCEPTED" } };
  expect(await updateOf(hers)).toEqual({ ...told, engagement: null });
  expect(await updateOf(coordinator)).toEqual(told);

  const attendedOn = new Date().toISOString().slice(0, 10);
  const { data } = await door.ask(
    NEW_START,
    `mutation { recordEngagement(input: { key: "${randomUUID()}", referralId: "${id}", attendedOn: "${attendedOn}", attended: true }) { problem } }`,
  );
  expect(data).toEqual({ recordEngagement: { problem: null } });
  expect(await updateOf(hers)).toEqual({ ...told, engagement: { attended: true } });

  await sql(database.url, "UPDATE referral SET state = 'closed' WHERE id = $1", [id]);
  // The day was passed over.
  expect(await updateOf(coordinator)).toMatchObject({ referral: { id, state: "CLOSED" } });
  const elsewhere = await refer(database.url, other, { agency: "open-door", referredAt: now() });
  expect(await updateOf(another)).toMatchObject({ person: { id: other }, referral: { id: elsewhere } });
});

test("SV17: whom a conflict cuts off is told nothing of the person, and is an audience of his own", async () => {
  const [person, other] = [randomUUID(), randomUUID()];
  const headers = { authorization: await door.tokenOf(NEW_START), "x-ipvi-purpose": "case-work" };
  const watch = socket.begin({ query: "{ __typename }", extensions: { headers, watch: true } });
  const { audience } = (await watch.next()).extensions;
  const stream = await listen(NEW_START, "subscription { referralUpdates { person { id } } }");
  await sql(
    database.url,
    `INSERT INTO conflict_of_interest (agency, subject, person_id, why, recorded_by, recorded_at)
     VALUES ('new-start', 'provider-1', $1, 'party', 'x', now())`,
    [person],
  );
  expect((await watch.next()).extensions.audience).not.toBe(audience);
  await refer(database.url, person, { agency: "new-start", referredAt: now() });
  await refer(database.url, other, { agency: "new-start", referredAt: now() });
  expect(await updateOf(stream)).toEqual({ person: { id: other } });
});

test.each<[string, Who]>([
  ["a detective", { agency: "metro-police", role: "detective" }],
  ["a probation officer, who needs a release", { agency: "county-probation", role: "probation" }],
  ["an advocate", { agency: "harbor-house", role: "advocate" }],
  ["a messenger", { agency: "street-voices", role: "messenger" }],
])("SV21: %s may not subscribe", async (_title, who) => {
  const stream = await subscribe(who, "subscription { referralUpdates { id } }");
  expect(await stream.end()).toMatchObject([{ extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE" } }]);
});
