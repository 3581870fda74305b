import { randomUUID } from "node:crypto";
import type { DataSource } from "typeorm";
import { buildSubgraph, type SubgraphSchema } from "../../platform/subgraph/subgraph-schema";
import { grantedTo } from "../../policy/granted";
import { ROLES, type Role } from "../../policy/matrix";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { everyRequest, type OneRequest, type Values } from "../../test/setup/every-request";
import { HOME_OF } from "./agencies-of-roles.fixture";
import { openTestDoor, type Answer, type TestDoor, type Who } from "./door.fixture";
import { lawEnforcementDefinition } from "./graphql/definition";
import { lawEnforcementPolicy } from "./policy/coordinates";
import { migrate, openLawEnforcementDatabase } from "./store/database";
import { completePerson, miniatureOf, type Miniature } from "./store/miniature.fixture";

const NOW = new Date(Date.now() + 60_000);
const JUSTICE = ["detective", "coordinator", "prosecutor", "probation"] as const;
/** The agency's figures are the same for everybody, so that no two tables can be compared. */
const FIGURES = ["Query.levelCounts", "Query.justiceFigures"];
/** That something was expunged is kept of nobody: tested where it is told of. */
const OF_NOBODY = ["Query.expungements"];
/** About readers, and what they read or opened: tested where they are told of. */
const ABOUT_READERS = [
  "Mutation.openBreakGlass",
  "Query.breakGlassOpenings",
  "Query.lawEnforcementAccessLog",
  "Query.breakGlassAccesses",
];
/** Where the feed stands is the same for everybody, and another at each instant. */
const FEED = "Query.lawEnforcementFeed";
/** About a conference, which is the same for everybody at the table: whom it is about is asked for. */
const ABOUT_CONFERENCES = ["plan", "close", "cancel"].map((verb) => `Mutation.${verb}Conference`);
/** A key for each command. */
let keys: [string, string][];
const CONFERENCE = randomUUID();
const ACTION = randomUUID();

let full: World;
let empty: World;
let complete: Awaited<ReturnType<typeof completePerson>>;
let conflictId: string;
let alertId: string;
let arrestId: string;
let breachId: string;
let callInId: string;
let subgraph: SubgraphSchema;

interface World {
  readonly place: TestDatabase;
  readonly database: DataSource;
  readonly write: Miniature;
  readonly door: TestDoor;
}
async function openWorld(): Promise<World> {
  const place = await createTestDatabase({ key: "law-enforcement", migrate });
  const database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
  return { place, database, write: miniatureOf(database), door: await openTestDoor(place.url, NOW) };
}

/** Everything there is hangs on one person; the messenger who meets him is "employee" too. */
beforeAll(async () => {
  subgraph = await buildSubgraph(lawEnforcementDefinition());
  const mutations = Object.keys(subgraph.schema.getMutationType()!.getFields());
  keys = mutations.map((name) => [`${name}(key)`, randomUUID()]);
  [full, empty] = [await openWorld(), await openWorld()];
  complete = await completePerson(full.write, { messenger: "employee" });
  const other = { agency: "open-door", subject: "somebody", personId: complete.personId };
  conflictId = (await full.write.conflict(other)).id;
  const { id: met } = await full.write.contact({ personId: complete.personId, state: "breached" });
  callInId = (await full.write.callIn()).id;
  await full.write.speaker({ callInId });
  const invited = { personId: complete.personId, callInId, means: "call-in" as const };
  await full.write.contact({ ...invited, messenger: "employee", recordedAt: new Date(0) });
  const reports: { id: string }[] = await full.database.query(
    "SELECT id FROM gate_breach WHERE contact_id = $1",
    [met],
  );
  breachId = reports[0]!.id;
  for (const { database } of [full, empty]) {
    await database.query(
      `INSERT INTO conference (id, starts_at, place, state, agenda_from, planned_by, recorded_at)
       VALUES ($1, $2, 'Room 3', 'planned', '2026-01-01', 'cora@metro-police', '2026-01-01')`,
      [CONFERENCE, new Date(NOW.getTime() + 3_600_000)],
    );
  }
  await full.database.query(
    `INSERT INTO conference_action (id, conference_id, about_id, text, owner_agency, owner, due_on, state, recorded_by,
       recorded_at) SELECT $1, $2, $3, 'Ask', 'metro-police', 'o', '2099-01-01', 'open', 'x', now()`,
    [ACTION, CONFERENCE, complete.personId],
  );
  const alerts: { id: string }[] = await full.database.query(
    "SELECT id FROM outbox.event WHERE topic = 'custody'",
  );
  alertId = alerts[0]!.id;
  const arrests: { id: string }[] = await full.database.query("SELECT id FROM arrest");
  arrestId = arrests[0]!.id;
}, 60_000);
afterAll(async () => {
  for (const world of [full, empty]) {
    await world?.door.close();
    await world?.database.destroy();
    await world?.place.drop();
  }
});

const employee = (role: Role, subject = "employee"): Who => ({
  agency: HOME_OF[role],
  roles: [role],
  subject,
});

/** Those that change nothing for whoever asks next. */
const readsOf = (role: Role) => requestsOf(role).filter(({ name }) => !name.startsWith("Mutation."));

function requestsOf(role: Role): OneRequest[] {
  const {
    personId,
    caseId,
    contactId,
    openProposalId,
    promiseId,
    pullId,
    reviewId,
    incidentId,
    chargeId,
    letterId,
  } = complete;
  const values: Values = {
    of: {
      "person(id)": personId,
      "case(id)": caseId,
      personId,
      contactId,
      "recordConflict(personId)": undefined,
      "planContact(level)": "C",
      "planContact(means)": "NOTIFICATION",
      plannedFor: new Date(NOW.getTime() + 3_600_000).toISOString(),
      madeAt: NOW.toISOString(),
      madeBy: "m",
      helpOffered: true,
      conflictId,
      proposalId: openProposalId,
      "confirmLevel(level)": "B",
      "conference(id)": CONFERENCE,
      conferenceId: CONFERENCE,
      actionId: ACTION,
      startsAt: NOW.toISOString(),
      place: "p",
      text: "t",
      owner: "o",
      dueOn: new Date(NOW.getTime() + 86_400_000).toISOString().slice(0, 10),
      done: true,
      caseId,
      ...Object.fromEntries(keys),
      pullId,
      ...{ providerAgency: "new-start", agreed: false, saidAt: NOW.toISOString() },
      promiseId,
      reviewId,
      incidentId,
      chargeId,
      "detachWrongPerson(why)": "w",
      "recordDisposition(why)": "w",
      on: "2026-02-01",
      ...{
        "recordExpungement(arrestIds)": [arrestId],
        court: "c",
        orderNumber: "1",
        orderedOn: "2026-01-01",
      },
      letterId,
      ...{ "draftLetter(language)": "en", servedAt: NOW.toISOString(), servedBy: "m" },
      note: "n",
      decidedAt: NOW.toISOString(),
      ownerAgency: "metro-police",
      tried: "t",
      triedAt: NOW.toISOString(),
      triedBy: "b",
      alertId,
      breachId,
      callInId,
      "callIn(id)": callInId,
      heldAt: NOW.toISOString(),
      ledBy: "m",
      name: "n",
      role: "r",
      "planCallIn(level)": "B",
      "inviteToCallIn(level)": "B",
      review: "a review",
      agency: "open-door",
      subject: "somebody else",
      "openBreakGlass(element)": "none",
      "openBreakGlass(reason)": "He is on his way to her.",
    },
    entities: {
      Person: { id: personId },
      Case: { id: caseId },
      Contact: { id: contactId },
      Conference: { id: CONFERENCE },
    },
  };
  const requests = everyRequest(subgraph.schema, lawEnforcementPolicy, grantedTo([role]), values);
  return requests.filter(({ name }) => name !== FEED && !ABOUT_CONFERENCES.includes(name));
}

const ask = (world: World, who: Who, { query, variables }: OneRequest): Promise<Answer> =>
  world.door.ask(who, query, variables);

const answersOfNothing = new Map<string, Answer>();
/** The answer where nothing is recorded: it is the same whoever asks in a role, and however often. */
async function ofNothing(role: Role, request: OneRequest): Promise<string> {
  const key = `${role} ${request.name}`;
  const answer = answersOfNothing.get(key) ?? (await ask(empty, employee(role), request));
  answersOfNothing.set(key, answer);
  expect([request.name, answer.status, answer.errors]).toEqual([request.name, 200, undefined]);
  return answer.text;
}

/** The requests of a role that are answered otherwise than where nothing is recorded at all. */
async function tellSomething(role: Role, subject: string, requests = requestsOf(role)): Promise<string[]> {
  const telling: string[] = [];
  for (const request of requests) {
    const here = await ask(full, employee(role, subject), request);
    if (here.text !== (await ofNothing(role, request))) telling.push(request.name);
  }
  return telling;
}

describe("L20: to whom a conflict cuts off, every root field and every entity answers as if there were nothing", () => {
  test.each(ROLES)("a %s who is party to the case", async (role) => {
    const { id } = await full.write.conflict({
      agency: HOME_OF[role],
      subject: "employee",
      caseId: complete.caseId,
    });
    expect(await tellSomething(role, "employee")).toEqual([]);
    await full.database.query("DELETE FROM conflict_of_interest WHERE id = $1", [id]);
  });

  test.each(ROLES)("a %s who is related to the person, of whom no case need be known", async (role) => {
    const about = { personId: complete.personId, why: "related" as const };
    const { id } = await full.write.conflict({ agency: HOME_OF[role], subject: "employee", ...about });
    expect(await tellSomething(role, "employee")).toEqual([]);
    await full.database.query("DELETE FROM conflict_of_interest WHERE id = $1", [id]);
  });
});

describe("L21: a sealed case, the only one of its person", () => {
  beforeAll(async () => {
    await full.write.compartment({ caseId: complete.caseId });
    for (const role of JUSTICE) {
      const named = { agency: HOME_OF[role], subject: "named" };
      await full.database.query(
        `INSERT INTO compartment_reader (case_id, agency, subject, named_by) VALUES ($1, $2, $3, 'cora@metro-police')
         ON CONFLICT DO NOTHING`,
        [complete.caseId, named.agency, named.subject],
      );
    }
  });
  afterAll(async () => {
    await full.database.query("DELETE FROM compartment_reader");
    await full.database.query("DELETE FROM compartment");
  });

  test.each(JUSTICE)("answers a %s who is no named reader as if there were nothing", async (role) => {
    expect(await tellSomething(role, "employee")).toEqual([]);
  });

  test.each(JUSTICE)("is open to a %s who is named", async (role) => {
    expect(await tellSomething(role, "named", readsOf(role))).toEqual(
      expect.arrayContaining(["Query.case", "Case", "Person"]),
    );
  });

  test("is open to the advocates of the assigned agency", async () => {
    expect(await tellSomething("advocate", "ann", readsOf("advocate"))).toEqual(
      expect.arrayContaining(["Query.case", "Case", "Person"]),
    );
  });
});

test("the question is a sharp one: every root field and entity tells something to some employee without a conflict", async () => {
  const told = new Set<string>([...FIGURES, ...OF_NOBODY, ...ABOUT_READERS]);
  const asked = new Set<string>();
  for (const role of ROLES) {
    for (const { name } of requestsOf(role)) asked.add(name);
    for (const name of await tellSomething(role, "employee")) told.add(name);
  }
  expect([...asked].filter((name) => !told.has(name))).toEqual([]);
  expect(asked.size).toBeGreaterThan(10);
});
