import { randomUUID } from "node:crypto";
import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type Answer, type TestDoor, type Who } from "./door.fixture";
import { migrate, openLawEnforcementDatabase } from "./store/database";
import { completePerson, miniatureOf, type Miniature } from "./store/miniature.fixture";

/** A little ahead, so that what a test writes lies before it. */
const NOW = new Date(Date.now() + 60_000);
const DETECTIVE: Who = { agency: "metro-police", roles: ["detective"], subject: "dana" };
const PROBATION: Who = { agency: "county-probation", roles: ["probation"] };
const ADVOCATE: Who = { agency: "harbor-house", roles: ["advocate"] };
const PROVIDER: Who = { agency: "new-start", roles: ["provider"] };
const MESSENGER: Who = { agency: "street-voices", roles: ["messenger"], subject: "mo" };
const EVALUATOR: Who = { agency: "state-university", roles: ["evaluator"] };
const AUDITOR: Who = { agency: "county-audit", roles: ["auditor"] };

let place: TestDatabase;
let database: DataSource;
let write: Miniature;
let door: TestDoor;
let complete: Awaited<ReturnType<typeof completePerson>>;

beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
  write = miniatureOf(database);
  complete = await completePerson(write);
  door = await openTestDoor(place.url, NOW);
});
afterAll(async () => {
  await door?.close();
  await database?.destroy();
  await place?.drop();
});

const person = (who: Who | null, selection: string, id = complete.personId): Promise<Answer> =>
  door.ask(who, `query ($id: ID!) { person(id: $id) ${selection} }`, { id });
const entity = (who: Who | null, type: string, id: string, selection: string): Promise<Answer> =>
  door.ask(
    who,
    `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on ${type} ${selection} } }`,
    { representations: [{ __typename: type, id }] },
  );
const codes = (answer: Answer): (string | undefined)[] =>
  (answer.errors ?? []).map((error) => error.extensions.code);

describe("the second wall", () => {
  test("without a token nothing is answered", async () => {
    const answer = await person(null, "{ id }");
    expect(answer.status).toBe(401);
    expect(codes(answer)).toEqual(["UNAUTHENTICATED"]);
  });

  test("an advocate who asks for the narrative is refused whole, as a reference too", async () => {
    for (const answer of [
      await entity(ADVOCATE, "Person", complete.personId, "{ id incidents { narrative } }"),
      await person(ADVOCATE, "{ id a: incidents { b: narrative } }"),
      await person(ADVOCATE, "{ ... on Person { incidents { investigationNotes { text } } } }"),
    ]) {
      expect(answer.status).toBe(403);
      expect(codes(answer)).toEqual(["UNAUTHORIZED_FIELD_OR_TYPE"]);
      expect(answer.data ?? null).toBeNull();
    }
    expect(
      (await entity(DETECTIVE, "Person", complete.personId, "{ incidents { narrative } }")).data,
    ).toEqual({
      _entities: [{ incidents: [{ narrative: "narrative" }] }],
    });
  });

  // What no form of its row opens: the full form is refused to each of these roles.
  test.each([
    [ADVOCATE, "{ identity { stateId } }"],
    [ADVOCATE, "{ orders { protectedAddresses } }"],
    [ADVOCATE, "{ incidents { id } }"],
    [ADVOCATE, "{ criminalHistory { title } }"],
    [ADVOCATE, "{ levelReasons { criterion } }"],
    [ADVOCATE, "{ levelProposal { level } }"],
    [ADVOCATE, "{ intelligence { groupNexus } }"],
    [ADVOCATE, "{ groupNexusFlag }"],
    [ADVOCATE, "{ warrants { number } }"],
    [ADVOCATE, "{ exposureLetters { text } }"],
    [ADVOCATE, "{ promises { text } }"],
    [PROVIDER, "{ level { level } }"],
    [PROVIDER, "{ cases { id } }"],
    [PROVIDER, "{ nameForAdvocate { name } }"],
    [PROVIDER, "{ contacts { id } }"],
    [MESSENGER, "{ nameForProvider { name } }"],
    [MESSENGER, "{ contacts { id } }"],
    [MESSENGER, "{ cases { victim { name } } }"],
    [PROBATION, "{ incidents { narrative } }"],
    [PROBATION, "{ intelligence { groupNexus } }"],
    [PROBATION, "{ cases { victim { contactMethod { mayCall } } } }"],
    [EVALUATOR, "{ id }"],
    [AUDITOR, "{ id }"],
  ])("%j may not ask person %s", async (who, selection) => {
    const answer = await person(who, selection);
    expect([answer.status, codes(answer)]).toEqual([403, ["UNAUTHORIZED_FIELD_OR_TYPE"]]);
  });

  test("confirming a level is an action of two roles", async () => {
    const mutation = `mutation ($id: ID!) { confirmLevel(input: { key: $id, proposalId: $id, level: B }) { __typename } }`;
    for (const who of [ADVOCATE, PROVIDER, MESSENGER, EVALUATOR, AUDITOR, PROBATION]) {
      expect((await door.ask(who, mutation, { id: complete.openProposalId })).status).toBe(403);
    }
  });
});

describe("limited forms", () => {
  test("an advocate sees hers, and the level in force", async () => {
    const answer = await person(
      ADVOCATE,
      `{ nameForAdvocate { name aliases yearOfBirth } level { level } levelReasonCategories
         chargeSummaries { title arrestDate courtDate } activeWarrantExists custody { status }
         orders { terms violations { occurredOn } } servedExposureLetters { text } promisesForVictim { text }
         cases { assignedAgency victim { identity { givenName } contact { phone } safeContact { mayCall } }
                 gate { state } lethalityScreens { answers { question answer } } } }`,
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({
      person: {
        nameForAdvocate: { name: "Pat Example", aliases: ["Al"], yearOfBirth: 1985 },
        level: { level: "C" },
        levelReasonCategories: ["first charge"],
        chargeSummaries: [{ title: "Simple assault", arrestDate: "2026-01-11", courtDate: null }],
        activeWarrantExists: true,
        custody: { status: "BOOKED" },
        orders: [{ terms: "Stay away", violations: [{ occurredOn: "2026-02-20" }] }],
        servedExposureLetters: [{ text: "Exposure" }],
        promisesForVictim: [{ text: "Promise" }],
        cases: [
          {
            assignedAgency: "harbor-house",
            victim: {
              identity: { givenName: "Vic" },
              contact: { phone: "555-0101" },
              safeContact: { mayCall: true },
            },
            gate: { state: "OPEN" },
            lethalityScreens: [{ answers: [{ question: 1, answer: "YES" }] }],
          },
        ],
      },
    });
  });

  test("a provider sees name and contact, what he must respect, and that help was offered", async () => {
    const answer = await person(
      PROVIDER,
      `{ nameForProvider { name contact { phone } } levelForContact conditionsForProvider ordersForProvider
         helpOffered ownPromises { text } }`,
    );
    expect(answer.data).toEqual({
      person: {
        nameForProvider: { name: "Pat Example", contact: { phone: "555-0100" } },
        levelForContact: "C",
        conditionsForProvider: ["No alcohol"],
        ordersForProvider: ["No contact"],
        helpOffered: false,
        ownPromises: [],
      },
    });
  });

  const endOf = (contactId: string) =>
    database.query(
      `UPDATE contact SET state = 'cancelled', closed_at = now(), closed_by = 'd' WHERE id = $1`,
      [contactId],
    );

  test("a messenger sees name and place while the contact is planned, then nothing", async () => {
    const { personId, contactId } = await completePerson(write, { messenger: "jo" });
    const jo: Who = { ...MESSENGER, subject: "jo" };
    await write.contact({ personId, messenger: "another", place: "Elsewhere" });
    const selection = "{ nameForMessenger { name meetingPlace } ownContacts { id state place } }";
    expect((await person(jo, selection, personId)).data).toEqual({
      person: {
        nameForMessenger: { name: "Pat Example", meetingPlace: "Library" },
        ownContacts: [{ id: contactId, state: "PLANNED", place: "Library" }],
      },
    });
    expect((await person(MESSENGER, selection, personId)).data).toEqual({ person: null });
    await endOf(contactId);
    expect((await person(jo, selection, personId)).data).toEqual({ person: null });
    expect((await entity(jo, "Contact", contactId, "{ id place }")).data).toEqual({ _entities: [null] });
  });

  test("a place is withdrawn from a messenger though he meets the same man again", async () => {
    const { personId, contactId } = await completePerson(write, { messenger: "al" });
    await endOf(contactId);
    const plannedFor = new Date("2099-06-01T10:00:00.000Z");
    await write.contact({ personId, messenger: "al", place: "Church", plannedFor });
    const answer = await person({ ...MESSENGER, subject: "al" }, "{ ownContacts { state place } }", personId);
    expect(answer.data).toEqual({
      person: {
        ownContacts: [
          { state: "PLANNED", place: "Church" },
          { state: "CANCELLED", place: null },
        ],
      },
    });
  });

  test("a referral withdrawn closes the name at once", async () => {
    const { personId } = await completePerson(write);
    await database.query("UPDATE referral_agreement SET withdrawn_at = now() WHERE person_id = $1", [
      personId,
    ]);
    expect((await person(PROVIDER, "{ nameForProvider { name } }", personId)).data).toEqual({ person: null });
    expect((await person(DETECTIVE, "{ nameForProvider { name } }", personId)).data).toEqual({
      person: { nameForProvider: null },
    });
  });

  test("probation sees the conference summary, and the flag of a group nexus", async () => {
    const answer = await person(
      PROBATION,
      "{ incidents { conferenceSummary } groupNexusFlag cases { highDanger victim { name } } }",
    );
    expect(answer.data).toEqual({
      person: {
        incidents: [{ conferenceSummary: "summary" }],
        groupNexusFlag: true,
        cases: [{ highDanger: true, victim: { name: "Vic Example" } }],
      },
    });
  });
});

describe("rows", () => {
  test("what is not hers to see and what is not there answer alike, as query and as reference", async () => {
    const elsewhere = await completePerson(write, { assignedAgency: "safe-passage" });
    const unknown = randomUUID();
    for (const [type, ids] of [
      ["Person", [elsewhere.personId, unknown, "no-id", ""]],
      ["Case", [elsewhere.caseId, unknown, "no-id", ""]],
      ["Contact", [elsewhere.contactId, unknown, "no-id", ""]],
    ] as const) {
      const answers = await Promise.all(ids.map((id) => entity(ADVOCATE, type, id, "{ id }")));
      for (const answer of answers) expect(answer.text).toBe('{"data":{"_entities":[null]}}\n');
    }
    const asked = await Promise.all(
      [elsewhere.caseId, unknown].map((id) =>
        door.ask(ADVOCATE, "query ($id: ID!) { case(id: $id) { id } }", { id }),
      ),
    );
    expect(asked[0]?.text).toBe(asked[1]?.text);
  });

  test("an id in capitals is the same id", async () => {
    const answer = await person(DETECTIVE, "{ id }", complete.personId.toUpperCase());
    expect(answer.data).toEqual({ person: { id: complete.personId } });
  });

  test("pages: every person once, in an order of ids, and none of another agency's", async () => {
    const query = `query ($after: String) { persons(first: 2, after: $after) {
      people { id } endCursor hasNextPage } }`;
    interface Page {
      readonly people: { readonly id: string }[];
      readonly endCursor: string | null;
      readonly hasNextPage: boolean;
    }
    const seen: string[] = [];
    let page: Page | undefined;
    do {
      const answer = await door.ask(ADVOCATE, query, { after: page?.endCursor ?? null });
      page = answer.data?.["persons"] as Page;
      seen.push(...page.people.map((one) => one.id));
    } while (page.hasNextPage);
    const expected: { id: string }[] = await database.query(
      "SELECT DISTINCT person_id AS id FROM case_file WHERE assigned_agency = 'harbor-house' ORDER BY person_id",
    );
    expect(expected.length).toBeGreaterThan(2);
    expect(seen).toEqual(expected.map((one) => one.id));
  });

  test("a page size out of bounds and a cursor that is none are refused", async () => {
    for (const args of ["first: 0", "first: 201", 'after: "%%"', 'after: "bm8taWQ"']) {
      const answer = await door.ask(DETECTIVE, `{ persons(${args}) { people { id } } }`);
      expect(codes(answer)).toEqual(["BAD_USER_INPUT"]);
    }
  });

  test("a filter by level tells as much as the level: who may not see one may not use the other", async () => {
    const query = "{ persons(level: C) { people { id } } }";
    expect(codes(await door.ask(PROVIDER, query))).toEqual(["UNAUTHORIZED_FIELD_OR_TYPE"]);
    const people = (answer: Answer) => (answer.data?.["persons"] as { people: unknown[] }).people;
    expect(people(await door.ask(ADVOCATE, query)).length).toBeGreaterThan(0);
    // The open proposal says B; a filter reads the level in force only.
    expect(people(await door.ask(DETECTIVE, "{ persons(level: B) { people { id } } }"))).toEqual([]);
  });
});

describe("levels", () => {
  const confirm = `mutation ($key: ID!, $id: ID!, $level: Level!) {
    confirmLevel(input: { key: $key, proposalId: $id, level: $level }) {
    level { level asOf confirmedBy } person { level { level } } problem } }`;

  test("a proposal waits in the queue until a named person confirms it; then partners see it", async () => {
    const { personId, openProposalId } = await completePerson(write);
    const waiting = async (who = DETECTIVE) => {
      const answer = await door.ask(who, "{ levelQueue(first: 200) { proposals { id person { id } } } }");
      const { proposals } = answer.data?.["levelQueue"] as {
        proposals: { id: string; person: { id: string } }[];
      };
      return proposals.filter((one) => one.person.id === personId).map((one) => one.id);
    };
    expect(await waiting()).toEqual([openProposalId]);
    await database.query("DELETE FROM release_condition WHERE person_id = $1", [personId]);
    expect(await waiting(PROBATION)).toEqual([]);
    expect(
      (await door.ask(DETECTIVE, confirm, { key: randomUUID(), id: openProposalId, level: "B" })).data,
    ).toEqual({
      confirmLevel: {
        level: { level: "B", asOf: NOW.toISOString(), confirmedBy: "dana@metro-police" },
        person: { level: { level: "B" } },
        problem: null,
      },
    });
    expect(await waiting()).toEqual([]);
    expect(
      (await door.ask(DETECTIVE, confirm, { key: randomUUID(), id: openProposalId, level: "B" })).data,
    ).toEqual({
      confirmLevel: { level: null, person: null, problem: "ALREADY_CONFIRMED" },
    });
  });

  test("the queue is by level, then by age, page after page", async () => {
    const all = await door.ask(DETECTIVE, "{ levelQueue(first: 200) { proposals { id } } }");
    const one =
      "query ($after: String) { levelQueue(first: 1, after: $after) { proposals { id } endCursor } }";
    interface Queue {
      readonly proposals: { readonly id: string }[];
      readonly endCursor: string | null;
    }
    const seen: { id: string }[] = [];
    for (let after: string | null = null; ;) {
      const page = (await door.ask(DETECTIVE, one, { after })).data?.["levelQueue"] as Queue;
      if (page.endCursor === null) break;
      seen.push(...page.proposals);
      after = page.endCursor;
    }
    expect(seen).toEqual((all.data?.["levelQueue"] as Queue).proposals);
  });

  test("counts by level hide small ones, to evaluators and to everyone", async () => {
    const { id: lone } = await write.person();
    const proposal = await write.proposal({ personId: lone, level: "A" });
    await write.confirmation({ personId: lone, proposalId: proposal.id, level: "A" });
    for (const level of [...Array<"B">(12).fill("B"), ...Array<"D">(13).fill("D")]) {
      const { id: personId } = await write.person();
      const { id: proposalId } = await write.proposal({ personId, level });
      await write.confirmation({ personId, proposalId, level });
    }
    const answer = await door.ask(EVALUATOR, "{ levelCounts { level people } }");
    expect(answer.data).toEqual({
      levelCounts: [
        { level: "A", people: null },
        // Withheld with the one: else a total would tell that A and C together are few.
        { level: "B", people: null },
        { level: "C", people: null },
        { level: "D", people: 13 },
      ],
    });
  });

  test("open incident reviews, by kind", async () => {
    const { id: incidentId } = await write.incident({ dualParty: true });
    const { id } = await write.review({ incidentId, kind: "dual-party" });
    const query = "{ incidentReviews(kind: DUAL_PARTY) { reviews { id kind incident { dualParty } } } }";
    expect((await door.ask(DETECTIVE, query)).data).toEqual({
      incidentReviews: { reviews: [{ id, kind: "DUAL_PARTY", incident: { dualParty: true } }] },
    });
    expect((await door.ask(PROBATION, query)).data).toEqual({ incidentReviews: { reviews: [] } });
    expect((await door.ask(ADVOCATE, query)).status).toBe(403);
  });
});

test("L15: a gate opens by a notice after the plan, and closes by the next plan and by level A", async () => {
  const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
  const { personId, caseId } = await completePerson(write);
  await database.query("DELETE FROM contact WHERE person_id = $1", [personId]);
  await write.contact({ personId, recordedAt: minutesAgo(50) });
  await database.query("UPDATE justice_outreach SET recorded_at = $1 WHERE case_id = $2", [
    minutesAgo(40),
    caseId,
  ]);
  const gate = async () =>
    (await entity(ADVOCATE, "Case", caseId, "{ gate { state noticeRecordedAt } }")).data?.["_entities"];
  const closed = [{ gate: { state: "CLOSED", noticeRecordedAt: null } }];
  expect(await gate()).toEqual([{ gate: { state: "OPEN", noticeRecordedAt: minutesAgo(40).toISOString() } }]);
  const again = await write.contact({ personId, recordedAt: minutesAgo(30) });
  expect(await gate()).toEqual(closed);
  await database.query("DELETE FROM contact WHERE id = $1", [again.id]);
  const { id: proposalId } = await write.proposal({ personId, level: "A", supersededAt: NOW });
  await write.confirmation({ personId, proposalId, level: "A", confirmedAt: NOW });
  await write.outreach({ caseId, recordedAt: NOW });
  expect(await gate()).toEqual(closed);
});

test("L16: an advocate reads the promises to her agency's victim, not those to another victim of his", async () => {
  const { personId } = await completePerson(write);
  const { id: victimId } = await write.victim();
  const assigned = { assignedAgency: "safe-passage", assignedAt: NOW };
  const other = await write.caseFile({ personId, victimId, ...assigned });
  await write.promise({ personId, promisedTo: "victim", caseId: other.id, text: "To another" });
  const texts = async (who: Who) =>
    (await person(who, "{ promisesForVictim { text } }", personId)).data?.["person"];
  expect(await texts(ADVOCATE)).toEqual({ promisesForVictim: [{ text: "Promise" }] });
  expect(await texts({ ...ADVOCATE, agency: "safe-passage" })).toEqual({
    promisesForVictim: [{ text: "To another" }],
  });
  await expect(write.promise({ personId, promisedTo: "victim" })).rejects.toThrow(/check constraint/);
});

test("custody is what happened last, not what was recorded last", async () => {
  const { id: personId } = await write.person();
  const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
  const booked = { status: "booked", occurredAt: hoursAgo(9), recordedAt: hoursAgo(1) } as const;
  await write.custodyEvent({
    personId,
    status: "released",
    occurredAt: hoursAgo(3),
    recordedAt: hoursAgo(2),
  });
  await write.custodyEvent({ personId, ...booked });
  expect((await person(DETECTIVE, "{ custody { status since } }", personId)).data).toEqual({
    person: { custody: { status: "RELEASED", since: hoursAgo(3).toISOString() } },
  });
});

test("a custody record of three days ago reads unknown, with its old as-of", async () => {
  const { id: personId } = await write.person();
  const recordedAt = new Date(NOW.getTime() - 73 * 3_600_000);
  await write.custodyEvent({ personId, facility: "County Jail", occurredAt: recordedAt, recordedAt });
  const selection = "{ custody { status facility asOf } }";
  expect((await person(DETECTIVE, selection, personId)).data).toEqual({
    person: { custody: { status: "UNKNOWN", facility: null, asOf: recordedAt.toISOString() } },
  });
});
