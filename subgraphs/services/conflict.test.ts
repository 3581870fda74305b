import { randomUUID } from "node:crypto";
import { buildSubgraph, type SubgraphSchema } from "../../platform/subgraph/subgraph-schema";
import { grantedTo } from "../../policy/granted";
import { ROLES, type Role } from "../../policy/matrix";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { everyRequest, type OneRequest } from "../../test/setup/every-request";
import { openTestDoor, type Agency, type Answer, type TestDoor, type Who } from "./door.fixture";
import { servicesDefinition } from "./graphql/definition";
import { SERVICES_POLICY } from "./policy/coordinates";
import { createPersonHandles } from "./policy/person-handle";
import { TEST_HUB_SECRET } from "../../platform/hub-signature/signed-fetch.fixture";
import { refer, sql } from "./records.fixture";
import { personalCallers } from "./policy/personal-callers";
import { migrate, openServicesDatabase } from "./store/database";

const NOW = new Date("2026-03-01T12:00:00Z");
const HOME: Record<Role, Agency> = {
  detective: "metro-police",
  coordinator: "metro-police",
  prosecutor: "county-prosecutor",
  probation: "county-probation",
  advocate: "harbor-house",
  provider: "new-start",
  messenger: "street-voices",
  evaluator: "state-university",
  auditor: "county-audit",
};
/** What is the same for everybody: figures, and the public directory. */
const COMMON = ["Query.engagementCounts", "Query.servicesFigures", "Query.providers"];
/** About readers, and what they read: tested where it is told of. */
const ABOUT_READERS = ["Query.servicesAccessLog"];
/** About an agency and its employees, and no person: tested where it is told of. */
const ABOUT_AGENCIES = [
  "Query.victimSideEmployees",
  "Mutation.recordVictimSideEmployee",
  "Mutation.endVictimSideEmployee",
  "Mutation.recordCapacity",
];
const KEY = randomUUID();
const CONFERENCE = randomUUID();

interface World {
  readonly place: TestDatabase;
  readonly door: TestDoor;
}
let full: World;
let empty: World;
let subgraph: SubgraphSchema;
let person: string;
let referralId: string;
let conflictId: string;
/** A key for each command. */
let keys: [string, string][];
/** Records of the person, by the argument that names them. */
let recordIds: Record<string, string>;

async function openWorld(): Promise<World> {
  const place = await createTestDatabase({ key: "services", migrate });
  await sql(
    place.url,
    `INSERT INTO provider (id, agency, name, languages, capacity) VALUES
     ('00000000-0000-4000-8000-000000000001', 'new-start', 'New Start', '{en}', 3)`,
  );
  return { place, door: await openTestDoor(place.url, NOW) };
}

/** Records a conflict as another agency's custodian would; answers its id. */
async function conflict(agency: string, subject: string, personId: string): Promise<string> {
  const [row] = await sql<{ id: string }>(
    full.place.url,
    `INSERT INTO conflict_of_interest (agency, subject, person_id, why, recorded_by, recorded_at)
     VALUES ($1, $2, $3, 'party', 'pat@new-start', $4) RETURNING id`,
    [agency, subject, personId, NOW],
  );
  return row!.id;
}
const forget = (id: string) => sql(full.place.url, "DELETE FROM conflict_of_interest WHERE id = $1", [id]);

beforeAll(async () => {
  subgraph = await buildSubgraph(servicesDefinition());
  keys = mutationNames().map((name) => [`${name}(key)`, randomUUID()]);
  [full, empty] = [await openWorld(), await openWorld()];
  person = randomUUID();
  await sql(
    full.place.url,
    "INSERT INTO need (person_id, kind, stated_at, passed_on) VALUES ($1, 'housing', '2026-01-01Z', true)",
    [person],
  );
  for (const owner of ["new-start", "street-voices"]) {
    await sql(
      full.place.url,
      "INSERT INTO help_promise (person_id, text, due_on, owner_agency) VALUES ($1, 'help', '2026-02-01', $2)",
      [person, owner],
    );
  }
  referralId = await refer(full.place.url, person, { agency: "new-start", days: { "2026-02-01": true } });
  const treatment = await refer(full.place.url, person, {
    agency: "new-start",
    service: "substance-use-treatment",
    consent: { to: "metro-police", expiresAt: "2027-01-01Z" },
  });
  const idOf = async (text: string, values: unknown[]) =>
    (await sql<{ id: string }>(full.place.url, text, values))[0]!.id;
  recordIds = {
    needId: await idOf("SELECT id FROM need WHERE person_id = $1", [person]),
    promiseId: await idOf("SELECT id FROM help_promise WHERE owner_agency = 'new-start' AND person_id = $1", [
      person,
    ]),
    consentId: await idOf("SELECT id FROM part2_consent WHERE referral_id = $1", [treatment]),
    requestId: await idOf(
      `INSERT INTO small_help (person_id, kind, what_for, amount, referral_id, requested_by, requested_agency, requested_at)
       VALUES ($1, 'fee', 'w', 100, $2, 'pat@new-start', 'new-start', '2026-02-01Z') RETURNING id`,
      [person, referralId],
    ),
  };
  recordIds["actionId"] = await idOf(
    `INSERT INTO conference_action (conference_id, about_id, text, owner_agency, owner, due_on, state, recorded_by, recorded_at)
     VALUES ($1, $2, 'call him', 'new-start', 'pat', '2026-04-01', 'open', 'pat@new-start', '2026-02-01Z') RETURNING id`,
    [CONFERENCE, person],
  );
  conflictId = await conflict("new-start", "somebody", person);
});
afterAll(async () => {
  for (const world of [full, empty]) {
    await world?.door.close();
    await world?.place.drop();
  }
});

const employee = (role: Role): Who => ({ agency: HOME[role], role, subject: "employee" });

const handles = createPersonHandles(TEST_HUB_SECRET);
const mutationNames = () => Object.keys(subgraph.schema.getMutationType()!.getFields());

function requestsOf(role: Role, world: World): OneRequest[] {
  const who = { agency: HOME[role], subject: "employee" };
  const values = {
    of: {
      ...recordIds,
      ...Object.fromEntries(keys),
      // Where he is not there, nobody got a handle of him.
      person: world === full ? handles.handleOf(who, person, NOW) : `${person}.0.nobody`,
      ...{ providerAgency: "new-start", recipientAgency: "county-probation", text: "help", whatFor: "work" },
      ...{ statedAt: "2026-02-01T00:00:00Z", givenAt: "2026-02-01T00:00:00Z", amount: 100 },
      ...{ expiresAt: "2027-01-01T00:00:00Z", dueOn: "2026-04-01", agreed: false, approve: true },
      ...{ conferenceId: CONFERENCE, owner: "pat", done: true },
      id: "00000000-0000-4000-8000-000000000000",
      referralId,
      attendedOn: "2026-02-02",
      attended: true,
      conflictId,
      key: KEY,
      subject: "somebody else",
      personId: person,
    },
    entities: { Person: { id: person }, Conference: { id: CONFERENCE } },
  };
  // Where the feed stands is the same for everybody, and another at each instant.
  return everyRequest(subgraph.schema, SERVICES_POLICY, grantedTo([role]), values).filter(
    ({ name }) => name !== "Query.servicesFeed" && !ABOUT_AGENCIES.includes(name),
  );
}

const ask = (world: World, role: Role, { query, variables }: OneRequest): Promise<Answer> =>
  world.door.ask(employee(role), query, variables);

/** The requests of a role that are answered otherwise than where nothing is recorded at all. */
async function tellSomething(role: Role): Promise<string[]> {
  const telling: string[] = [];
  const elsewhere = requestsOf(role, empty);
  for (const [index, request] of requestsOf(role, full).entries()) {
    const [here, nowhere] = [await ask(full, role, request), await ask(empty, role, elsewhere[index]!)];
    expect([request.name, nowhere.status]).toEqual([request.name, 200]);
    if (here.text !== nowhere.text) telling.push(request.name);
  }
  return telling;
}

test.each(ROLES)(
  "SV17: to a %s whom a conflict cuts off, every root field and entity answers as if there were nothing",
  async (role) => {
    const id = await conflict(HOME[role], "employee", person);
    expect(await tellSomething(role)).toEqual([]);
    await forget(id);
  },
);

test("SV17: the question is a sharp one: all of them tell something to some employee without a conflict", async () => {
  const told = new Set<string>([...COMMON, ...ABOUT_READERS]);
  const asked = new Set<string>();
  for (const role of ROLES) {
    for (const { name } of requestsOf(role, full)) asked.add(name);
    for (const name of await tellSomething(role)) told.add(name);
  }
  expect([...asked].filter((name) => !told.has(name))).toEqual([]);
  expect(asked.size).toBeGreaterThan(5);
});

describe("SV18: conflicts of an agency's own employees", () => {
  // The question above closed a need and stated another.
  beforeAll(() => sql(full.place.url, "DELETE FROM need WHERE closed_at IS NOT NULL"));
  const PAT: Who = { agency: "new-start", role: "provider", subject: "pat" };
  const CASS: Who = { agency: "new-start", role: "provider", subject: "cass" };
  const record = async (who: Who, input: object) => {
    const answer = await full.door.ask(
      who,
      `mutation ($input: RecordProviderConflictInput!) { recordProviderConflict(input: $input) {
        conflict { id subject recordedBy endedAt } problem } }`,
      { input: { key: randomUUID(), subject: "cass", personId: person, why: "PARTY", ...input } },
    );
    return answer.data!["recordProviderConflict"] as {
      conflict: { id: string } | null;
      problem: string | null;
    };
  };
  const end = async (who: Who, id: string) =>
    (
      await full.door.ask(
        who,
        `mutation { endProviderConflict(input: { key: "${randomUUID()}", conflictId: "${id}" }) { conflict { endedAt } problem } }`,
      )
    ).data!["endProviderConflict"] as { conflict: { endedAt: string } | null; problem: string | null };
  const needsOf = async (who: Who) =>
    (
      await full.door.ask(
        who,
        "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person { needs { kind } } } }",
        { r: [{ __typename: "Person", id: person }] },
      )
    ).data;

  test("SV18: told twice it is recorded once, holds at once, is hidden from who is cut off, and ends at once", async () => {
    const open = { _entities: [{ needs: [{ kind: "HOUSING" }] }] };
    const told = { key: randomUUID() };
    expect(await needsOf(CASS)).toEqual(open);
    const first = await record(PAT, told);
    expect(first).toMatchObject({
      conflict: { subject: "cass", recordedBy: "pat@new-start" },
      problem: null,
    });
    expect(await record(PAT, told)).toEqual(first);
    expect((await record(PAT, { ...told, why: "RELATED" })).problem).toBe("KEY_USED_OTHERWISE");
    expect([await needsOf(CASS), await needsOf(PAT)]).toEqual([{ _entities: [{ needs: null }] }, open]);
    const list = (who: Who) => full.door.ask(who, "{ providerConflicts { conflicts { id } } }");
    expect((await list(PAT)).text).toContain(first.conflict!.id);
    expect((await list(CASS)).text).not.toContain(first.conflict!.id);
    expect(await end(CASS, first.conflict!.id)).toEqual({
      conflict: null,
      problem: "NOT_FOUND",
    });
    const ended = await end(PAT, first.conflict!.id);
    expect(ended).toEqual({ conflict: { endedAt: NOW.toISOString() }, problem: null });
    expect(await end(PAT, first.conflict!.id)).toEqual(ended);
    expect(await needsOf(CASS)).toEqual(open);
    expect((await list(CASS)).text).not.toContain(first.conflict!.id);
  });

  test.each<[string, object, string]>([
    ["of a person who was not referred to the agency", { personId: randomUUID() }, "NOT_FOUND"],
    ["of an id that is none", { personId: "17" }, "NOT_FOUND"],
    ["of nobody", { subject: "" }, "TEXT_MISSING"],
    ["with a key that is none", { key: "once" }, "KEY_IS_NO_UUID"],
  ])("SV18: a conflict %s is not recorded", async (_what, input, code) => {
    expect(await record(PAT, input)).toEqual({ conflict: null, problem: code });
  });

  test("SV18: another agency neither lists nor ends it", async () => {
    const { conflict: recorded } = await record(PAT, { subject: "someone" });
    const other: Who = { agency: "open-door", role: "provider" };
    expect((await end(other, recorded!.id)).problem).toBe("NOT_FOUND");
    const list = await full.door.ask(other, "{ providerConflicts { conflicts { id } } }");
    expect(list.data).toEqual({ providerConflicts: { conflicts: [] } });
  });
});

test("callers with facts of their own: those of a live conflict", async () => {
  await sql(full.place.url, "DELETE FROM conflict_of_interest");
  await conflict("new-start", "cut-off", person);
  const ended = await conflict("new-start", "ended", person);
  await sql(
    full.place.url,
    "UPDATE conflict_of_interest SET ended_at = recorded_at, ended_by = 'p' WHERE id = $1",
    [ended],
  );
  const database = await openServicesDatabase(full.place.url, { poolSize: 1 });
  try {
    expect([...(await personalCallers(database))]).toEqual(["new-start/cut-off"]);
  } finally {
    await database.destroy();
  }
});
