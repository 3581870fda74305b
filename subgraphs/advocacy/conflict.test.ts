import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { buildSubgraph, type SubgraphSchema } from "../../platform/subgraph/subgraph-schema";
import { grantedTo } from "../../policy/granted";
import type { Role } from "../../policy/matrix";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { everyRequest, type OneRequest } from "../../test/setup/every-request";
import { openTestDoor, type Answer, type TestDoor, type Who } from "./door.fixture";
import { advocacyDefinition } from "./graphql/definition";
import { ADVOCACY_POLICY } from "./policy/coordinates";
import { personalCallers } from "./policy/personal-callers";
import { AgencyDatabases } from "./store/agency-databases";
import { migrate, openAdvocacyDatabase } from "./store/database";

const NOW = new Date("2026-03-01T12:00:00Z");
const CASE = "11111111-1111-4111-8111-111111111111";
const CONFERENCE = randomUUID();
const ACTION = randomUUID();
const LETTER = randomUUID();
const RELEASE = "33333333-3333-4333-8333-333333333333";
const CONFLICT = "55555555-5555-4555-8555-555555555555";
/** An advocate of the agency, and everyone whom the release of its client names by his agency. */
const NAMED: readonly Who[] = [
  { agency: "harbor-house", role: "advocate", subject: "employee" },
  { agency: "metro-police", role: "detective", subject: "employee" },
  { agency: "metro-police", role: "coordinator", subject: "employee" },
  { agency: "county-prosecutor", role: "prosecutor", subject: "employee" },
  { agency: "county-probation", role: "probation", subject: "employee" },
  { agency: "new-start", role: "provider", subject: "employee" },
];

/** About readers and what they read, and what is the site's, alike for every case: tested where it is told of. */
const ABOUT_READERS = ["Query.advocacyAccessLog", "Query.riskInstruments"];

const TASK = "00000000-0000-4000-8000-0000000000f1";

interface World {
  readonly place: TestDatabase;
  readonly door: TestDoor;
}
let full: World;
let empty: World;
let subgraph: SubgraphSchema;

async function sql<Row = unknown>(text: string, values: unknown[] = []): Promise<Row[]> {
  const connection = new Client({ connectionString: full.place.url });
  await connection.connect();
  try {
    return (await connection.query(text, values)).rows as Row[];
  } finally {
    await connection.end();
  }
}

async function openWorld(): Promise<World> {
  const place = await createTestDatabase({ key: "advocacy", migrate });
  return { place, door: await openTestDoor({ "harbor-house": place.url }, () => NOW) };
}

/** Records a conflict as a colleague would; answers its id. */
async function conflict({ agency, subject }: Who, ended = false): Promise<string> {
  const [row] = await sql<{ id: string }>(
    `INSERT INTO conflict_of_interest
       (agency, subject, case_id, why, recorded_by, recorded_at, ended_by, ended_at, mutation_key)
     VALUES ($1, $2, $3, 'related', 'a', $4, $5, $6, gen_random_uuid()) RETURNING id`,
    [agency, subject, CASE, NOW, ended ? "a" : null, ended ? NOW : null],
  );
  return row!.id;
}
const forget = (id: string) => sql("DELETE FROM conflict_of_interest WHERE id = $1", [id]);

beforeAll(async () => {
  subgraph = await buildSubgraph(advocacyDefinition());
  [full, empty] = [await openWorld(), await openWorld()];
  await sql(
    `WITH assigned AS (INSERT INTO case_assignment VALUES ('${CASE}', '2026-01-01Z', 'advocate-1')),
          c AS (INSERT INTO client (case_id, preferred_name, phone) VALUES ('${CASE}', 'n', 'p') RETURNING id),
          r AS (INSERT INTO risk_assessment (case_id, client_id, instrument, instrument_version, answers, assessed_at, assessed_by)
                SELECT '${CASE}', id, 'lap', '1', '{"1": "yes"}', '2026-01-02Z', 'a' FROM c),
          s AS (INSERT INTO safety_plan SELECT id, 'plan' FROM c)
     INSERT INTO outreach (case_id, kind, outcome, made_at, made_by)
     VALUES ('${CASE}', 'visit', 'reached', '2026-01-02Z', 'a')`,
  );
  await sql(
    `INSERT INTO release (id, case_id, discloser, recipient_agency, recipient_name, elements, purpose, starts_at, expires_at,
                          language, explained_by, signed_copy, recorded_at, recorded_by, mutation_key, input_digest)
     SELECT CASE agency WHEN 'metro-police' THEN '${RELEASE}'::uuid ELSE gen_random_uuid() END, '${CASE}', 'harbor-house',
            agency, 'n', '{client,client-contact,advocate-risk,outreach-advocacy}', 'p', '2026-02-20Z', '2026-03-20Z', 'en',
            'a', 's', '2026-02-20Z', 'a', agency, ''
     FROM unnest('{metro-police,county-prosecutor,county-probation,new-start}'::text[]) agency`,
  );
  await sql(
    `INSERT INTO victim_letter (id, case_id, state, text, language, template_id, template_version, pdf, pdf_hash, drafted_at,
       drafted_by) VALUES ($1, $2, 'drafted', 't', 'en', 't', 1, 'pdf', encode(sha256('pdf'), 'hex'), $3, 'b')`,
    [LETTER, CASE, NOW],
  );
  await sql(
    `INSERT INTO conference_action (id, conference_id, about_id, text, owner_agency, owner, due_on, state, recorded_by, recorded_at)
     VALUES ($1, $2, $3, 'Go with her', 'harbor-house', 'a', '2026-03-20', 'open', 'a', now())`,
    [ACTION, CONFERENCE, CASE],
  );
  await sql(
    `INSERT INTO outreach_task (id, case_id, kind, event_id, opened_on, opened_at, due_at)
     VALUES ('${TASK}', '${CASE}', 'visit', gen_random_uuid(), 'arrest', now(), now())`,
  );
  await sql(
    `INSERT INTO conflict_of_interest (id, agency, subject, case_id, why, recorded_by, recorded_at, mutation_key)
     VALUES ('${CONFLICT}', 'harbor-house', 'somebody', '${CASE}', 'party', 'a', $1, 'somebody')`,
    [NOW],
  );
}, 60_000);
afterAll(async () => {
  for (const world of [full, empty]) {
    await world?.door.close();
    await world?.place.drop();
  }
});

/** A hold is on a contact of law enforcement's; the agency does not know whose it is. */
const ABOUT_NO_CASE = ["Mutation.placeHold", "Mutation.withdrawHold", "Contact"];

function requestsOf(role: Role): OneRequest[] {
  const values = {
    of: {
      contactId: CASE,
      hours: 1,
      caseId: CASE,
      releaseId: RELEASE,
      conflictId: CONFLICT,
      key: randomUUID(),
      taskId: TASK,
      outreachId: randomUUID(),
      expects: "OPEN",
      ...{
        mayCall: true,
        mayWrite: true,
        mayLeaveMessage: true,
        mayVisit: true,
        toldAt: "2026-02-01T00:00:00Z",
      },
      conferenceId: CONFERENCE,
      actionId: ACTION,
      text: "t",
      owner: "o",
      dueOn: "2026-03-20",
      done: true,
      name: "n",
      advocate: "a",
      letterId: LETTER,
      "approveVictimLetter(expects)": "DRAFTED",
      "mailVictimLetter(expects)": "APPROVED",
      "withdrawVictimLetter(expects)": "DRAFTED",
      address: "12 Main St",
      instrument: "example-checklist",
      version: "1",
      answers: Array.from({ length: 12 }, (_, index) => ({ item: String(index + 1), answer: "NO" })),
      assessedAt: "2026-02-01T00:00:00Z",
      "recordRiskAssessment(task)": null,
      madeAt: "2026-02-01T00:00:00Z",
      outcome: "REACHED",
      "recordOutreach(kind)": "VISIT",
      subject: "somebody else",
      recipientAgency: "county-prosecutor",
      recipientName: "n",
      elements: ["CLIENT"],
      purpose: "p",
      language: "en",
      explainedBy: "a",
      signedCopy: "s",
    },
    entities: {
      Case: { id: CASE, assignedAgency: "harbor-house" },
      Conference: { id: CONFERENCE },
      Contact: { id: CONFERENCE },
    },
  };
  const requests = everyRequest(subgraph.schema, ADVOCACY_POLICY, grantedTo([role]), values);
  return requests.filter(({ name }) => !ABOUT_NO_CASE.includes(name));
}

/** The requests that are answered otherwise than where nothing is recorded at all. */
async function tellSomething(who: Who): Promise<string[]> {
  const telling: string[] = [];
  for (const request of requestsOf(who.role as Role)) {
    const ask = ({ door }: World): Promise<Answer> => door.ask(who, request.query, request.variables);
    const [here, nowhere] = [await ask(full), await ask(empty)];
    expect([request.name, nowhere.status]).toEqual([request.name, 200]);
    if (here.text !== nowhere.text) telling.push(request.name);
  }
  return telling;
}

test.each(NAMED.map((who) => [who.role, who] as const))(
  "AV18: to a %s whom a conflict cuts off, every root field and entity answers as if there were nothing",
  async (_role, who) => {
    const id = await conflict(who);
    expect(await tellSomething(who)).toEqual([]);
    await forget(id);
  },
);

test("AV18: the question is a sharp one: without a conflict, or with an ended one, all of them tell something", async () => {
  const told = new Set<string>(ABOUT_READERS);
  const asked = new Set<string>();
  for (const who of NAMED) {
    const id = await conflict(who, true);
    for (const { name } of requestsOf(who.role as Role)) asked.add(name);
    for (const name of await tellSomething(who)) told.add(name);
    await forget(id);
  }
  expect([...asked].filter((name) => !told.has(name))).toEqual([]);
  expect(asked.size).toBeGreaterThan(8);
});

describe("AV19: conflicts that an agency's advocates record", () => {
  const PAT: Who = { agency: "harbor-house", role: "advocate", subject: "pat" };
  const CASS: Who = { agency: "harbor-house", role: "advocate", subject: "cass" };
  interface Payload {
    readonly conflict: { readonly id: string; readonly endedAt: string | null } | null;
    readonly problem: string | null;
  }
  const record = async (who: Who, input: object) => {
    const answer = await full.door.ask(
      who,
      `mutation ($input: RecordAgencyConflictInput!) { recordAgencyConflict(input: $input) {
        conflict { id agency subject recordedBy endedAt } problem } }`,
      { input: { key: randomUUID(), subject: "cass", caseId: CASE, why: "PARTY", ...input } },
    );
    return answer.data!["recordAgencyConflict"] as Payload;
  };
  const end = async (who: Who, id: string) => {
    const answer = await full.door.ask(
      who,
      `mutation { endAgencyConflict(input: { key: "${randomUUID()}", conflictId: "${id}" }) { conflict { id endedAt } problem } }`,
    );
    return answer.data!["endAgencyConflict"] as Payload;
  };
  const list = (who: Who) => full.door.ask(who, "{ agencyConflicts { conflicts { id } } }");
  const planOf = async (who: Who) =>
    (
      await full.door.ask(
        who,
        "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { safetyPlan { text } } } }",
        { r: [{ __typename: "Case", id: CASE }] },
      )
    ).data;
  const OPEN = { _entities: [{ safetyPlan: { text: "plan" } }] };
  const SHUT = { _entities: [{ safetyPlan: null }] };

  test("AV19: told twice it is recorded once, holds at once, is hidden from her, and ends at once", async () => {
    const told = { key: randomUUID() };
    expect(await planOf(CASS)).toEqual(OPEN);
    const first = await record(PAT, told);
    const { id } = first.conflict!;
    expect(first).toMatchObject({
      conflict: { agency: "harbor-house", subject: "cass", recordedBy: "pat", endedAt: null },
      problem: null,
    });
    expect(await record(PAT, told)).toEqual(first);
    expect((await record(PAT, { ...told, why: "RELATED" })).problem).toBe("KEY_USED_OTHERWISE");
    expect([await planOf(CASS), await planOf(PAT)]).toEqual([SHUT, OPEN]);
    expect((await list(PAT)).text).toContain(id);
    expect((await list(CASS)).text).not.toContain(id);
    const hidden = { conflict: null, problem: "NOT_FOUND" };
    expect(await end(CASS, id)).toEqual(hidden);
    const ended = await end(PAT, id);
    expect(ended).toEqual({ conflict: { id, endedAt: NOW.toISOString() }, problem: null });
    expect(await end(PAT, id)).toEqual(ended);
    expect(await planOf(CASS)).toEqual(OPEN);
    expect((await list(CASS)).text).not.toContain(id);
    expect(await end(CASS, id)).toEqual(hidden);
  });

  test.each<[string, object, string]>([
    ["of a case of another agency or of nobody", { caseId: randomUUID() }, "NOT_FOUND"],
    ["of an id that is none", { caseId: "17" }, "NOT_FOUND"],
    ["of nobody", { subject: "" }, "TEXT_MISSING"],
    ["of an agency without a name", { agency: "" }, "TEXT_MISSING"],
    ["of what is no text", { subject: "a\u0000" }, "TEXT_HAS_CONTROL_CHARACTERS"],
    ["with a key that is none", { key: "once" }, "KEY_IS_NO_UUID"],
  ])("AV19: a conflict %s is not recorded", async (_what, input, code) => {
    expect(await record(PAT, input)).toEqual({ conflict: null, problem: code });
  });
});

test("callers with facts of their own: live conflicts, and releases that name a person and may still open something", async () => {
  const database = await openAdvocacyDatabase(full.place.url, { poolSize: 1 });
  await sql("DELETE FROM conflict_of_interest");
  await conflict({ agency: "harbor-house", role: "advocate", subject: "ended" }, true);
  await conflict({ agency: "harbor-house", role: "advocate", subject: "cut off" });
  await sql(
    `WITH paper (who, starts_at, expires_at) AS (VALUES
       ('live', timestamptz '2026-02-20Z', timestamptz '2026-03-20Z'), ('to come', '2026-03-10Z', '2026-03-20Z'),
       ('expired', '2026-02-01Z', '2026-03-01T12:00Z'), ('revoked', '2026-02-20Z', '2026-03-20Z')),
     written AS (
       INSERT INTO release (case_id, discloser, recipient_agency, recipient_subject, recipient_name, elements, purpose,
                            starts_at, expires_at, language, explained_by, signed_copy, recorded_at, recorded_by,
                            mutation_key, input_digest)
       SELECT '${CASE}', 'harbor-house', 'metro-police', who, 'n', '{client}', 'p', starts_at, expires_at, 'en', 'a', 's',
              '2026-02-01Z', 'a', who, '' FROM paper
       RETURNING id, recipient_subject)
     INSERT INTO release_revocation
     SELECT id, '2026-02-22Z', 'a', id::text FROM written WHERE recipient_subject = 'revoked'`,
  );
  try {
    const found = await personalCallers(new AgencyDatabases(new Map([["harbor-house", database]])), NOW);
    expect([...found].sort()).toEqual(["harbor-house/cut off", "metro-police/live", "metro-police/to come"]);
  } finally {
    await database.destroy();
  }
});
