import { randomUUID } from "node:crypto";
import type { DataSource } from "typeorm";
import { buildSubgraph, type SubgraphSchema } from "../../platform/subgraph/subgraph-schema";
import { grantedTo } from "../../policy/granted";
import { ROLES, type Role } from "../../policy/matrix";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { everyRequest, type OneRequest, type Values } from "../../test/setup/every-request";
import { openTestDoor, type Answer, type TestDoor, type Who } from "./door.fixture";
import { lawEnforcementDefinition } from "./graphql/definition";
import { lawEnforcementPolicy } from "./policy/coordinates";
import { migrate, openLawEnforcementDatabase } from "./store/database";
import { completePerson, miniatureOf, type Miniature } from "./store/miniature.fixture";

const NOW = new Date(Date.now() + 60_000);
const HOME: Record<Role, Who["agency"]> = {
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

const employee = (role: Role, subject = "employee"): Who => ({ agency: HOME[role], roles: [role], subject });

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
      agency: HOME[role],
      subject: "employee",
      caseId: complete.caseId,
    });
    expect(await tellSomething(role, "employee")).toEqual([]);
    await full.database.query("DELETE FROM conflict_of_interest WHERE id = $1", [id]);
  });

  test.each(ROLES)("a %s who is related to the person, of whom no case need be known", async (role) => {
    const about = { personId: complete.personId, why: "related" as const };
    const { id } = await full.write.conflict({ agency: HOME[role], subject: "employee", ...about });
    expect(await tellSomething(role, "employee")).toEqual([]);
    await full.database.query("DELETE FROM conflict_of_interest WHERE id = $1", [id]);
  });
});

describe("L21: a sealed case, the only one of its person", () => {
  beforeAll(async () => {
    await full.write.compartment({ caseId: complete.caseId });
    for (const role of JUSTICE) {
      const named = { agency: HOME[role], subject: "named" };
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

describe("recording it", () => {
  const CORA: Who = { agency: "metro-police", roles: ["coordinator"], subject: "cora" };
  const DAN: Who = { agency: "metro-police", roles: ["detective"], subject: "dan" };
  const record = (who: Who, input: Record<string, unknown>) =>
    full.door.ask(
      who,
      `mutation ($input: RecordConflictInput!) {
        recordConflict(input: $input) { conflict { id why caseId personId recordedBy endedAt } problem } }`,
      { input: { key: randomUUID(), agency: "metro-police", subject: "dan", why: "PARTY", ...input } },
    );
  const outcome = (answer: Answer, field: string) =>
    answer.data?.[field] as {
      conflict: { id: string; endedAt: string | null } | null;
      problem: string | null;
    };
  const sees = async (who: Who, id: string) =>
    ((await full.door.ask(who, `{ person(id: "${id}") { id } }`)).data as { person: unknown }).person !==
    null;
  let man: string;
  let file: string;
  beforeEach(async () => {
    man = (await full.write.person()).id;
    file = (await full.write.caseFile({ personId: man, victimId: (await full.write.victim()).id })).id;
  });

  test("L22: a conflict told twice is recorded once, holds at once, and ends at once", async () => {
    const told = { key: randomUUID(), caseId: file };
    expect(await sees(DAN, man)).toBe(true);
    const first = outcome(await record(CORA, told), "recordConflict");
    expect(first).toMatchObject({ problem: null, conflict: { recordedBy: "cora@metro-police" } });
    expect(outcome(await record(CORA, told), "recordConflict")).toEqual(first);
    expect(outcome(await record(CORA, { ...told, why: "RELATED" }), "recordConflict")).toEqual({
      conflict: null,
      problem: "KEY_USED_OTHERWISE",
    });
    expect([await sees(DAN, man), await sees(CORA, man)]).toEqual([false, true]);
    const end = () =>
      full.door.ask(
        CORA,
        `mutation { endConflict(input: { key: "${randomUUID()}", conflictId: "${first.conflict!.id}" }) { conflict { endedAt } problem } }`,
      );
    const ended = outcome(await end(), "endConflict");
    expect(ended.conflict?.endedAt).toBe(NOW.toISOString());
    expect(outcome(await end(), "endConflict")).toEqual(ended);
    expect(await sees(DAN, man)).toBe(true);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["neither a case nor a person", {}, "CASE_OR_PERSON"],
    ["no case of that id", { caseId: randomUUID() }, "NOT_FOUND"],
    ["a case by an id that is none", { caseId: "17" }, "NOT_FOUND"],
    [
      "an employee named on no case",
      { why: "NAMED_EMPLOYEE", personId: randomUUID() },
      "NAMED_EMPLOYEE_NEEDS_CASE",
    ],
    ["a key that is none", { key: "once", caseId: randomUUID() }, "KEY_IS_NO_UUID"],
    ["nobody", { subject: "", caseId: randomUUID() }, "TEXT_MISSING"],
    ["a name that is no text", { agency: "a\u202eb", caseId: randomUUID() }, "TEXT_HAS_CONTROL_CHARACTERS"],
  ])("L22: %s: nothing is recorded", async (_what, input, problem) => {
    expect(outcome(await record(CORA, input), "recordConflict")).toEqual({ conflict: null, problem });
  });

  test("L22: who is cut off neither reads nor ends his own conflict, and of two coordinators one alone sees it", async () => {
    const { id: own } = await full.write.conflict({ agency: "metro-police", subject: "cora", caseId: file });
    const list = async (subject: string) => {
      const answer = await full.door.ask(
        { ...CORA, subject },
        "{ conflicts(first: 200) { conflicts { id } } }",
      );
      return (answer.data as { conflicts: { conflicts: { id: string }[] } }).conflicts.conflicts.map(
        (c) => c.id,
      );
    };
    expect(await list("cora")).not.toContain(own);
    expect(await list("cleo")).toContain(own);
    const end = await full.door.ask(
      CORA,
      `mutation { endConflict(input: { key: "${randomUUID()}", conflictId: "${own}" }) { conflict { id } problem } }`,
    );
    expect(outcome(end, "endConflict")).toEqual({ conflict: null, problem: "NOT_FOUND" });
    expect(outcome(await record(CORA, { caseId: file }), "recordConflict").problem).toBe("NOT_FOUND");
  });

  test("L22: no other role records, ends or lists a conflict, or seals a case", async () => {
    for (const query of [
      "{ conflicts { conflicts { id } } }",
      `mutation { endConflict(input: { key: "k", conflictId: "${randomUUID()}" }) { problem } }`,
      `mutation { openCompartment(input: { key: "k", caseId: "${file}", readers: [] }) { problem } }`,
      `mutation { nameCompartmentReader(input: { key: "k", caseId: "${file}", reader: { agency: "a", subject: "b" } }) { problem } }`,
      `{ case(id: "${file}") { compartmentReaders { subject } } }`,
    ]) {
      for (const role of ROLES.filter((one) => one !== "coordinator")) {
        expect([role, query, (await full.door.ask(employee(role), query)).status]).toEqual([
          role,
          query,
          403,
        ]);
      }
    }
  });

  test("L21: a coordinator seals a case, stays its reader and names others; who is not named can do neither", async () => {
    const seal = (who: Who, readers: string) =>
      full.door.ask(
        who,
        `mutation { openCompartment(input: { key: "${randomUUID()}", caseId: "${file}", readers: [${readers}] }) {
          case { id compartmentReaders { subject } } problem } }`,
      );
    const name = (who: Who, subject: string) =>
      full.door.ask(
        who,
        `mutation { nameCompartmentReader(input: { key: "${randomUUID()}", caseId: "${file}",
          reader: { agency: "metro-police", subject: "${subject}" } }) {
          case { compartmentReaders { subject } } problem } }`,
      );
    const unsealed = await name(CORA, "dora");
    expect(unsealed.data).toMatchObject({ nameCompartmentReader: { problem: "NOT_SEALED" } });
    const sealed = await seal(CORA, '{ agency: "metro-police", subject: "dora" }');
    expect(sealed.data).toEqual({
      openCompartment: {
        case: { id: file, compartmentReaders: [{ subject: "cora" }, { subject: "dora" }] },
        problem: null,
      },
    });
    const cleo = { ...CORA, subject: "cleo" };
    for (const answer of [await seal(cleo, ""), await name(cleo, "cleo")]) {
      expect(answer.text).toContain('"problem":"NOT_FOUND"');
    }
    expect([await sees(DAN, man), await sees({ ...DAN, subject: "dora" }, man)]).toEqual([false, true]);
    await name(CORA, "dan");
    expect(await sees(DAN, man)).toBe(true);
  });

  test("L21: of a man seen by another case, what names the sealed case or its incident is shut, his own records are not", async () => {
    const { id: victimId } = await full.write.victim();
    await full.write.caseFile({ personId: man, victimId });
    const sealedCase = await full.database.query<{ victim_id: string }[]>(
      "SELECT victim_id FROM case_file WHERE id = $1",
      [file],
    );
    const { id: incidentId } = await full.write.incident();
    const { id: incidentSubjectId } = await full.write.subject({ incidentId, personId: man });
    await full.write.incidentVictim({ incidentId, victimId: sealedCase[0]!.victim_id });
    await full.write.charge({ personId: man, incidentId, title: "of the sealed incident" });
    await full.write.charge({ personId: man, title: "of another" });
    await full.write.arrest({ personId: man, incidentId, incidentSubjectId });
    await full.write.review({ incidentId });
    await full.write.promise({ personId: man, caseId: file, text: "of the sealed case" });
    await full.write.promise({ personId: man, text: "his own" });
    const his = async () =>
      (
        await full.door.ask(
          DAN,
          `{ person(id: "${man}") { cases { id } incidents { id } charges { title } promises { text }
             chargeSummaries { arrestDate } } incidentReviews(first: 200) { reviews { incident { id } } } }`,
        )
      ).text;
    const open = await his();
    for (const word of [file, incidentId, "of the sealed incident", "of the sealed case", "2026-01-11"]) {
      expect(open).toContain(word);
    }
    await full.write.compartment({ caseId: file });
    const shut = await his();
    for (const word of [file, incidentId, "of the sealed incident", "of the sealed case", "2026-01-11"]) {
      expect(shut).not.toContain(word);
    }
    expect(shut).toContain('"charges":[{"title":"of another"}],"promises":[{"text":"his own"}]');
  });

  test("L20: the gate of an open case counts contacts that a compartment shuts: it never opens for want of them", async () => {
    const { id: victimId } = await full.write.victim();
    const other = await full.write.caseFile({ personId: man, victimId });
    const proposal = await full.write.proposal({ personId: man });
    const hours = (count: number) => new Date(NOW.getTime() + count * 3_600_000);
    const confirmedAt = hours(-48);
    await full.write.confirmation({ personId: man, proposalId: proposal.id, level: "C", confirmedAt });
    await full.write.outreach({ caseId: other.id, madeAt: hours(-24), recordedAt: hours(-24) });
    const gate = async () =>
      (await full.door.ask(DAN, `{ case(id: "${other.id}") { gate { state } } }`)).data;
    expect(await gate()).toEqual({ case: { gate: { state: "OPEN" } } });
    await full.write.contact({ personId: man, recordedAt: hours(-12), plannedFor: hours(12) });
    await full.write.compartment({ caseId: file });
    expect(await gate()).toEqual({ case: { gate: { state: "CLOSED" } } });
    const contacts = await full.door.ask(DAN, `{ person(id: "${man}") { contacts { id } } }`);
    expect(contacts.data).toEqual({ person: { contacts: [] } });
  });
});
