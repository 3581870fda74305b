import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type Answer, type TestDoor, type Who } from "./door.fixture";
import { migrate } from "./store/database";

/** A client's leave to tell, from the paper to what is read under it. */
const START = new Date("2026-03-01T12:00:00Z");
const HARBOR: Who = { agency: "harbor-house", role: "advocate" };
const PASSAGE: Who = { agency: "safe-passage", role: "advocate" };
const PROSECUTOR: Who = { agency: "county-prosecutor", role: "prosecutor" };
const COLLEAGUE: Who = { ...PROSECUTOR, subject: "prosecutor-2" };
const DETECTIVE: Who = { agency: "metro-police", role: "detective" };
const PROVIDER: Who = { agency: "new-start", role: "provider" };

let harbor: TestDatabase;
let passage: TestDatabase;
let door: TestDoor;
let now: Date;
/** A client of Harbor House, and a woman on its caseload who is none. */
let client: string;
let noClient: string;

async function sql<Row = unknown>(
  database: TestDatabase,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const connection = new Client({ connectionString: database.url });
  await connection.connect();
  try {
    return (await connection.query(text, values)).rows as Row[];
  } finally {
    await connection.end();
  }
}

async function addCase(database: TestDatabase, marker: string | null): Promise<string> {
  const id = randomUUID();
  await sql(database, "INSERT INTO case_assignment VALUES ($1, '2026-01-01Z', 'advocate-1')", [id]);
  if (marker === null) return id;
  await sql(
    database,
    `WITH c AS (INSERT INTO client (case_id, preferred_name, phone) VALUES ($1, $2, $2) RETURNING id),
          r AS (INSERT INTO risk_assessment (case_id, client_id, instrument, instrument_version, answers, band, assessed_at, assessed_by)
                SELECT $1, id, 'lap', '1', '{}', $2, '2026-01-02Z', 'a' FROM c)
     INSERT INTO outreach (case_id, kind, outcome, made_at, made_by, note)
     VALUES ($1, 'visit', 'reached', '2026-01-02Z', 'a', $2)`,
    [id, marker],
  );
  return id;
}

beforeAll(async () => {
  [harbor, passage] = await Promise.all([
    createTestDatabase({ key: "advocacy", migrate }),
    createTestDatabase({ key: "advocacy", migrate }),
  ]);
  door = await openTestDoor({ "harbor-house": harbor.url, "safe-passage": passage.url }, () => now);
});
afterAll(async () => {
  await door.close();
  await Promise.all([harbor.drop(), passage.drop()]);
});
beforeEach(async () => {
  now = START;
  client = await addCase(harbor, "HARBOR-MARKER");
  noClient = await addCase(harbor, null);
});

const later = (days: number) => new Date(START.getTime() + days * 86_400_000);

interface Payload {
  readonly release: Record<string, unknown> | null;
  readonly problem: string | null;
  readonly field: string | null;
}

const paper = (more: object = {}) => ({
  key: randomUUID(),
  caseId: client,
  recipientAgency: "county-prosecutor",
  recipientName: "Pat Prosecutor, County Prosecutor",
  elements: ["OUTREACH_ADVOCACY"],
  purpose: "Hearing of an order of protection.",
  language: "es",
  explainedBy: "Ann Advocate",
  signedCopy: "Cabinet 2, folder 17",
  ...more,
});

async function record(input: object, who: Who = HARBOR): Promise<Payload> {
  const answer = await door.ask(
    who,
    `mutation ($input: RecordReleaseInput!) { recordRelease(input: $input) { problem field
       release { id recipientAgency recipientSubject recipientName elements purpose startsAt expiresAt revokedAt
                 revokedBy language explainedBy signedCopy recordedAt recordedBy } } }`,
    { input },
  );
  return (answer.data as { recordRelease: Payload }).recordRelease;
}

async function revoke(releaseId: unknown, who: Who = HARBOR, key: string = randomUUID()) {
  const answer = await door.ask(
    who,
    `mutation ($input: RevokeReleaseInput!) { revokeRelease(input: $input) { problem field
       release { id revokedAt revokedBy } } }`,
    { input: { releaseId, key } },
  );
  return (answer.data as { revokeRelease: Payload }).revokeRelease;
}

const ALL = {
  client: "client { id }",
  clientContact: "clientContact { phone }",
  outreach: "outreach { note }",
  riskAssessments: "riskAssessments { band }",
};

/** Which fields of a case are open to a reader; the rest is RELEASE_REQUIRED. */
async function open(who: Who, caseId: string = client, fields: readonly (keyof typeof ALL)[] = ["outreach"]) {
  const answer: Answer = await door.ask(
    who,
    `query ($r: [_Any!]!) { _entities(representations: $r) {
       ... on Case { ${fields.map((f) => ALL[f]).join(" ")} } } }`,
    { r: [{ __typename: "Case", id: caseId, assignedAgency: "harbor-house" }] },
  );
  const [entity] = (answer.data as { _entities: Record<string, unknown>[] })._entities;
  const refused = (answer.errors ?? []).map(({ path, extensions }) => {
    expect(extensions.code).toBe("RELEASE_REQUIRED");
    return (path as string[]).at(-1);
  });
  const shown = fields.filter((field) => entity![field] !== null);
  expect([...shown, ...refused].sort()).toEqual([...fields].sort());
  return shown;
}

interface NamingRelease {
  readonly case: { readonly id: string };
  readonly discloser: string;
  readonly elements: readonly string[];
  readonly expiresAt: string;
}

async function namingMe(who: Who, page: { first?: number; after?: string | null } = {}) {
  const answer = await door.ask(
    who,
    `query ($first: Int! = 50, $after: String) { releasesNamingMe(first: $first, after: $after) { endCursor hasNextPage
       releases { case { id } discloser elements startsAt expiresAt } } }`,
    page,
  );
  return (
    answer.data as {
      releasesNamingMe: { releases: NamingRelease[]; endCursor: string | null; hasNextPage: boolean };
    }
  ).releasesNamingMe;
}

describe("recordRelease", () => {
  test("AV14: records what was signed, by the person of the token, from now on for the usual term", async () => {
    const { release, problem } = await record(paper({ elements: ["OUTREACH_ADVOCACY", "CLIENT"] }));
    expect(problem).toBeNull();
    expect(release).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
      recipientAgency: "county-prosecutor",
      recipientSubject: null,
      recipientName: "Pat Prosecutor, County Prosecutor",
      elements: ["CLIENT", "OUTREACH_ADVOCACY"],
      purpose: "Hearing of an order of protection.",
      startsAt: START.toISOString(),
      expiresAt: later(30).toISOString(),
      revokedAt: null,
      revokedBy: null,
      language: "es",
      explainedBy: "Ann Advocate",
      signedCopy: "Cabinet 2, folder 17",
      recordedAt: START.toISOString(),
      recordedBy: "advocate-1",
    });
  });

  test("AV14: under its key it is one release, also a day later and told by two at once", async () => {
    const input = paper({ startsAt: START.toISOString() });
    const told = await Promise.all([record(input), record(input)]);
    now = later(1);
    const again = await record({ ...input, caseId: client.toUpperCase() });
    expect(told[0].problem).toBeNull();
    expect(told[1]).toEqual(told[0]);
    expect(again).toEqual(told[0]);
    expect(await sql(harbor, "SELECT FROM release WHERE case_id = $1", [client])).toHaveLength(1);
  });

  test.each([
    ["other elements", { elements: ["CLIENT"] }],
    ["another term", { expiresAt: later(7).toISOString() }],
    ["another recipient", { recipientSubject: "prosecutor-1" }],
    ["another purpose", { purpose: "Something else." }],
  ])("AV14: with %s under the same key it is refused, and nothing changes", async (_what, difference) => {
    const input = paper();
    await record(input);
    const other = await record({ ...input, ...difference });
    expect(other).toEqual({
      release: null,
      problem: "KEY_USED_OTHERWISE",
      field: "key",
    });
    expect(await sql(harbor, "SELECT elements FROM release WHERE case_id = $1", [client])).toEqual([
      { elements: ["outreach-advocacy"] },
    ]);
  });

  test("AV4: another agency's client, a stranger and an id that is none are answered alike", async () => {
    const answers = [];
    for (const caseId of [client, randomUUID(), "no-uuid"]) {
      door.statements();
      const answer = await record(paper({ caseId }), PASSAGE);
      answers.push(answer);
    }
    for (const answer of answers) {
      expect(answer).toEqual({ release: null, problem: "NOT_FOUND", field: "caseId" });
    }
    expect(await sql(passage, "SELECT FROM release")).toEqual([]);
  });

  test("AV15: only a client can give leave", async () => {
    expect(await record(paper({ caseId: noClient }))).toEqual({
      release: null,
      problem: "NO_CLIENT",
      field: "caseId",
    });
  });

  test.each([
    ["KEY_IS_NO_UUID", { key: "short" }],
    ["RECIPIENT_UNKNOWN", { recipientAgency: "safe-passage" }],
    ["ELEMENTS_MISSING", { elements: [] }],
    ["ELEMENT_TWICE", { elements: ["CLIENT", "CLIENT"] }],
    ["TEXT_MISSING", { signedCopy: "" }],
    ["TEXT_TOO_LONG", { purpose: "x".repeat(1_001) }],
    ["TEXT_HAS_CONTROL_CHARACTERS", { recipientName: "a\u0000b" }],
    ["LANGUAGE_NOT_VALID", { language: "Klingon!" }],
    ["STARTS_IN_THE_PAST", { startsAt: later(-1).toISOString() }],
    ["ENDS_BEFORE_IT_STARTS", { expiresAt: START.toISOString() }],
    ["LASTS_TOO_LONG", { expiresAt: later(91).toISOString() }],
  ])("AV15: %s is a problem, and nothing is recorded", async (code, difference) => {
    const { release, problem } = await record(paper(difference));
    expect([release, problem]).toEqual([null, code]);
    expect(await sql(harbor, "SELECT FROM release WHERE case_id = $1", [client])).toEqual([]);
  });
});

describe("what a release opens", () => {
  test.each([
    ["CLIENT", "client"],
    ["CLIENT_CONTACT", "clientContact"],
    ["OUTREACH_ADVOCACY", "outreach"],
    ["ADVOCATE_RISK", "riskAssessments"],
  ] as const)("AV5: %s opens %s and nothing else", async (element, field) => {
    const fields = Object.keys(ALL) as (keyof typeof ALL)[];
    expect(await open(PROSECUTOR, client, fields)).toEqual([]);
    await record(paper({ elements: [element] }));
    expect(await open(PROSECUTOR, client, fields)).toEqual([field]);
  });

  test("AV5: what is opened is what the agency has", async () => {
    await record(paper({ elements: ["CLIENT_CONTACT"] }));
    const { data } = await door.ask(
      PROSECUTOR,
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { clientContact { phone } } } }",
      { r: [{ __typename: "Case", id: client.toUpperCase(), assignedAgency: "harbor-house" }] },
    );
    expect(data).toEqual({ _entities: [{ clientContact: { phone: "HARBOR-MARKER" } }] });
  });

  test("AV5: for the agency it names, all its people; for a person, nobody else", async () => {
    await record(paper({ recipientSubject: "prosecutor-1" }));
    expect(await open(PROSECUTOR)).toEqual(["outreach"]);
    expect(await open(COLLEAGUE)).toEqual([]);
    await record(paper());
    expect(await open(COLLEAGUE)).toEqual(["outreach"]);
    expect(await open(DETECTIVE)).toEqual([]);
    expect(await open({ ...DETECTIVE, subject: "prosecutor-1" })).toEqual([]);
  });

  test("AV5: of its case only, and of the agency that gave it", async () => {
    await record(paper());
    const other = await addCase(harbor, "OTHER");
    expect(await open(PROSECUTOR, other)).toEqual([]);
    const { data } = await door.ask(
      PROSECUTOR,
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { outreach { id } } } }",
      { r: [{ __typename: "Case", id: client, assignedAgency: "safe-passage" }] },
    );
    expect(data).toEqual({ _entities: [{ outreach: null }] });
  });

  test("AV5: from its start to its expiry", async () => {
    await record(paper({ startsAt: later(1).toISOString(), expiresAt: later(2).toISOString() }));
    const seen = [];
    for (const at of [
      START,
      new Date(later(1).getTime() - 1),
      later(1),
      new Date(later(2).getTime() - 1),
      later(2),
    ]) {
      now = at;
      seen.push((await open(PROSECUTOR)).length);
    }
    expect(seen).toEqual([0, 0, 1, 1, 0]);
  });

  test("AV16: until it is revoked: the next request is refused", async () => {
    const { release } = await record(paper());
    expect(await open(PROSECUTOR)).toEqual(["outreach"]);
    await revoke(release!["id"]);
    expect(await open(PROSECUTOR)).toEqual([]);
    expect((await namingMe(PROSECUTOR)).releases.map((one) => one.case.id)).not.toContain(client);
  });

  test("AV5: a database opened under another agency's name opens nothing", async () => {
    await record(paper());
    await sql(harbor, "ALTER TABLE release DISABLE TRIGGER USER");
    await sql(harbor, "UPDATE release SET discloser = 'safe-passage' WHERE case_id = $1", [client]);
    await sql(harbor, "ALTER TABLE release ENABLE TRIGGER USER");
    expect(await open(PROSECUTOR)).toEqual([]);
    expect((await namingMe(PROSECUTOR)).releases.map((one) => one.case.id)).not.toContain(client);
  });

  test("AV9: forty cases under releases take as many statements as two", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 40; n += 1) {
      ids.push(await addCase(harbor, "m"));
      await record(paper({ caseId: ids[n], elements: ["CLIENT", "OUTREACH_ADVOCACY"] }));
    }
    const statements = async (count: number) => {
      door.statements();
      const { errors } = await door.ask(
        PROSECUTOR,
        `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { client { id } outreach { id } } } }`,
        {
          r: ids.slice(0, count).map((id) => ({ __typename: "Case", id, assignedAgency: "harbor-house" })),
        },
      );
      expect(errors).toBeUndefined();
      return door.statements().map(({ text }) => text);
    };
    const two = await statements(2);
    expect(await statements(40)).toEqual(two);
    // The releases, the caseload, clients, outreach.
    expect(two).toHaveLength(4);
  });
});

describe("revokeRelease", () => {
  test("AV16: is for good, and the same key twice is one revocation", async () => {
    const { release } = await record(paper());
    now = later(1);
    const key = randomUUID();
    const first = await revoke(release!["id"], HARBOR, key);
    expect(first).toEqual({
      release: { id: release!["id"], revokedAt: later(1).toISOString(), revokedBy: "advocate-1" },
      problem: null,
      field: null,
    });
    now = later(2);
    expect(await revoke(release!["id"], HARBOR, key)).toEqual(first);
    expect(await revoke(release!["id"])).toMatchObject({ problem: "ALREADY_REVOKED", field: "releaseId" });
    const other = await record(paper());
    expect(await revoke(other.release!["id"], HARBOR, key)).toMatchObject({
      problem: "KEY_USED_OTHERWISE",
      field: "key",
    });
  });

  test("AV16: of two at once one revokes", async () => {
    const { release } = await record(paper());
    const colleague = { ...HARBOR, subject: "advocate-2" };
    const answers = await Promise.all([revoke(release!["id"]), revoke(release!["id"], colleague)]);
    expect(answers.map(({ problem }) => problem ?? "DONE").sort()).toEqual(["ALREADY_REVOKED", "DONE"]);
  });

  test("AV16: any advocate of the agency can take it down", async () => {
    const { release } = await record(paper());
    const { problem } = await revoke(release!["id"], { ...HARBOR, subject: "advocate-9" });
    expect(problem).toBeNull();
  });

  test("AV4: another agency's release, one that is not there and an id that is none are answered alike", async () => {
    const { release } = await record(paper());
    for (const id of [release!["id"], randomUUID(), "no-uuid"]) {
      expect(await revoke(id, PASSAGE)).toEqual({
        release: null,
        problem: "NOT_FOUND",
        field: "releaseId",
      });
    }
    expect(await open(PROSECUTOR)).toEqual(["outreach"]);
  });

  test("AV16: what was signed and what was revoked is never altered or deleted", async () => {
    const { release } = await record(paper());
    await revoke(release!["id"]);
    for (const statement of [
      "UPDATE release SET expires_at = expires_at + interval '1 day' WHERE id = $1",
      "DELETE FROM release_revocation WHERE release_id = $1",
      "UPDATE release_revocation SET revoked_at = now() WHERE release_id = $1",
      "DELETE FROM release WHERE id = $1",
    ]) {
      await expect(sql(harbor, statement, [release!["id"]])).rejects.toThrow("append-only");
    }
  });
});

describe("Case.releases", () => {
  test("AV3: the agency's advocates read all of a case, newest first, ended ones too; another agency's none", async () => {
    const old = await record(paper({ purpose: "first" }));
    await revoke(old.release!["id"]);
    now = later(1);
    await record(paper({ purpose: "second" }));
    const ask = async (who: Who, id: string) => {
      const { data } = await door.ask(
        who,
        `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { releases { purpose revokedAt } } } }`,
        { r: [{ __typename: "Case", id, assignedAgency: "harbor-house" }] },
      );
      return (data as { _entities: { releases: unknown }[] })._entities[0]!.releases;
    };
    expect(await ask(HARBOR, client)).toEqual([
      { purpose: "second", revokedAt: null },
      { purpose: "first", revokedAt: START.toISOString() },
    ]);
    expect(await ask(HARBOR, noClient)).toEqual([]);
    expect(await ask(PASSAGE, client)).toBeNull();
  });
});

describe("releasesNamingMe", () => {
  test("AV17: tells what is open to me now and until when, and nothing else", async () => {
    await record(paper({ elements: ["CLIENT_CONTACT", "CLIENT"], recipientAgency: "new-start" }));
    await record(paper({ recipientAgency: "new-start", recipientSubject: "provider-2" }));
    await record(paper({ recipientAgency: "new-start", startsAt: later(1).toISOString() }));
    const mine = {
      case: { id: client },
      discloser: "harbor-house",
      elements: ["CLIENT", "CLIENT_CONTACT"],
      startsAt: START.toISOString(),
      expiresAt: later(30).toISOString(),
    };
    expect((await namingMe(PROVIDER)).releases).toEqual([mine]);
    expect((await namingMe({ ...PROVIDER, subject: "provider-2" })).releases).toHaveLength(2);
    now = later(1);
    expect((await namingMe(PROVIDER)).releases).toHaveLength(2);
    now = later(30);
    expect((await namingMe(PROVIDER)).releases).toHaveLength(1);
    now = later(31);
    expect((await namingMe(PROVIDER)).releases).toEqual([]);
  });

  test("AV13, AV17: over all agencies page by page, each release once", async () => {
    const theirs = await addCase(passage, "PASSAGE");
    const who: Who = { agency: "county-probation", role: "probation" };
    for (let n = 0; n < 5; n += 1) {
      now = new Date(START.getTime() + n);
      await record(paper({ recipientAgency: who.agency }));
      await record(paper({ recipientAgency: who.agency, caseId: theirs }), PASSAGE);
    }
    now = later(1);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await namingMe(who, { first: 3, after });
      seen.push(...page.releases.map(({ discloser }) => discloser));
      after = page.hasNextPage ? page.endCursor : null;
    } while (after !== null);
    expect(seen).toHaveLength(10);
    expect(seen.filter((discloser) => discloser === "safe-passage")).toHaveLength(5);
  });

  test("AV17: asks each agency's database once, whatever is found", async () => {
    door.statements();
    await namingMe({ ...DETECTIVE, subject: "nobody" });
    const none = door.statements();
    await record(paper({ recipientAgency: "metro-police", recipientSubject: "nobody" }));
    door.statements();
    expect((await namingMe({ ...DETECTIVE, subject: "nobody" })).releases).toHaveLength(1);
    expect(door.statements()).toEqual(none);
    expect(none).toHaveLength(2);
  });
});
