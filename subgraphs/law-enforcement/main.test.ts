import { randomUUID } from "node:crypto";
import { type Answer, type Who } from "./door.fixture";
import { completePerson } from "./store/miniature.fixture";
import {
  NOW,
  DETECTIVE,
  PROBATION,
  ADVOCATE,
  PROVIDER,
  MESSENGER,
  EVALUATOR,
  AUDITOR,
  database,
  write,
  door,
  complete,
  person,
  entity,
  codes,
  openCounty,
} from "./main.fixture";

openCounty();

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
