import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { migrate } from "./store/database";

/** What an agency's advocates do with their own records, and what evaluators learn of them. */
const NOW = new Date("2026-03-01T12:00:00Z");
const HARBOR: Who = { agency: "harbor-house", role: "advocate" };
const EVALUATOR: Who = { agency: "state-university", role: "evaluator" };

let harbor: TestDatabase;
let passage: TestDatabase;
let door: TestDoor;

async function sql(database: TestDatabase, text: string, values: unknown[] = []): Promise<unknown[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Puts new cases on a caseload, the last one newest. */
async function assign(database: TestDatabase, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await sql(
    database,
    `INSERT INTO case_assignment
     SELECT id, '2026-01-01Z'::timestamptz + n * interval '1 minute' FROM unnest($1::uuid[]) WITH ORDINALITY t(id, n)`,
    [ids],
  );
  return ids;
}

beforeAll(async () => {
  [harbor, passage] = await Promise.all([
    createTestDatabase({ key: "advocacy", migrate }),
    createTestDatabase({ key: "advocacy", migrate }),
  ]);
  door = await openTestDoor({ "harbor-house": harbor.url, "safe-passage": passage.url }, () => NOW);
});
afterAll(async () => {
  await door.close();
  await Promise.all([harbor.drop(), passage.drop()]);
});

beforeEach(async () => {
  for (const database of [harbor, passage]) await sql(database, "TRUNCATE case_assignment CASCADE");
});

describe("recordOutreach", () => {
  const mutation = `mutation ($input: RecordOutreachInput!) { recordOutreach(input: $input) {
    outreach { id kind outcome madeAt madeBy note } problem } }`;
  const input = (caseId: string, more: object = {}) => ({
    input: {
      key: randomUUID(),
      caseId,
      kind: "VISIT",
      outcome: "REACHED",
      madeAt: "2026-02-01T10:00:00+01:00",
      ...more,
    },
  });

  test("AV7: an outreach is recorded by the person of the token; told again it is the same entry", async () => {
    const [id] = await assign(harbor, 1);
    const first = await door.ask(HARBOR, mutation, input(id!, { note: "At her sister's." }));
    expect(first.data).toMatchObject({
      recordOutreach: {
        outreach: {
          kind: "VISIT",
          outcome: "REACHED",
          madeAt: "2026-02-01T09:00:00.000Z",
          madeBy: "advocate-1",
          note: "At her sister's.",
        },
        problem: null,
      },
    });
    const again = await door.ask(HARBOR, mutation, input(id!.toUpperCase(), { note: "At her sister's." }));
    expect(again.text).toBe(first.text);
    expect(await sql(harbor, "SELECT note FROM outreach")).toEqual([{ note: "At her sister's." }]);
  });

  test("AV7: told otherwise it is refused and the entry stays", async () => {
    const [id] = await assign(harbor, 1);
    await door.ask(HARBOR, mutation, input(id!, { note: "first" }));
    const other = await door.ask(HARBOR, mutation, input(id!, { note: "second" }));
    expect(other.data).toMatchObject({
      recordOutreach: { outreach: null, problem: "ALREADY_RECORDED" },
    });
    expect(await sql(harbor, "SELECT note FROM outreach")).toEqual([{ note: "first" }]);
  });

  test("AV4: another agency's case, a stranger's and an id that is none are answered alike", async () => {
    const [theirs] = await assign(passage, 1);
    const answers = [];
    for (const id of [theirs!, randomUUID(), "no-uuid", ""]) {
      answers.push((await door.ask(HARBOR, mutation, input(id))).text);
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('"problem":"NOT_FOUND"');
    for (const database of [harbor, passage]) {
      expect(await sql(database, "SELECT count(*)::int AS n FROM outreach")).toEqual([{ n: 0 }]);
    }
  });

  test.each([
    ["IN_THE_FUTURE", { madeAt: "2026-03-01T12:01:01Z" }],
    ["OUTCOME_DOES_NOT_FIT", { kind: "LETTER" }],
    ["TEXT_HAS_CONTROL_CHARACTERS", { note: "a\u0000b" }],
    ["TEXT_TOO_LONG", { note: "x".repeat(4_001) }],
  ])("AV8: %s is a problem, and nothing is recorded", async (code, more) => {
    const [id] = await assign(harbor, 1);
    const answer = await door.ask(HARBOR, mutation, input(id!, more));
    expect(answer.data).toMatchObject({ recordOutreach: { outreach: null, problem: code } });
    expect(await sql(harbor, "SELECT 1 FROM outreach")).toEqual([]);
  });

  test("AV8: the table itself refuses what is no outcome or kind", async () => {
    const [id] = await assign(harbor, 1);
    const insert =
      "INSERT INTO outreach (case_id, kind, outcome, made_at, made_by) VALUES ($1, $2, $3, now(), 'a')";
    await expect(sql(harbor, insert, [id, "vist", "reached"])).rejects.toThrow(/outreach_kind_check/);
    await expect(sql(harbor, insert, [id, "visit", "met"])).rejects.toThrow(/outreach_outcome_check/);
  });
});

describe("myCaseload", () => {
  const page = async (first: number, after: string | null = null) => {
    const query = `query ($first: Int!, $after: String) {
      myCaseload(first: $first, after: $after) { cases { id } endCursor hasNextPage } }`;
    const { data, errors } = await door.ask(HARBOR, query, { first, after });
    interface Caseload {
      readonly cases: { id: string }[];
      readonly endCursor: string | null;
      readonly hasNextPage: boolean;
    }
    const { cases, ...rest } = (data as { myCaseload: Caseload | null }).myCaseload ?? { cases: [] };
    return { ids: cases.map(({ id }) => id), endCursor: null, ...rest, errors };
  };

  test("AV13: comes newest first, page by page, though the case it stopped at has left", async () => {
    const ids = (await assign(harbor, 5)).reverse();
    const first = await page(2);
    expect(first).toMatchObject({ ids: ids.slice(0, 2), hasNextPage: true });
    await sql(harbor, "DELETE FROM case_assignment WHERE case_id = $1", [ids[1]]);
    const second = await page(2, first.endCursor);
    expect(second).toMatchObject({ ids: ids.slice(2, 4), hasNextPage: true });
    // At its end too: it neither starts over nor ends early.
    await sql(harbor, "DELETE FROM case_assignment WHERE case_id = $1", [ids[3]]);
    const third = await page(2, second.endCursor);
    expect(third).toMatchObject({ ids: ids.slice(4), hasNextPage: false });
    expect(await page(2, third.endCursor)).toMatchObject({ ids: [], endCursor: null, hasNextPage: false });
    expect((await page(200)).ids).toHaveLength(3);
  });

  test.each([
    [0, null],
    [-1, null],
    [201, null],
    [2, ""],
    [2, randomUUID()],
  ])("AV13: a page of %j after %j is refused", async (first, after) => {
    const { errors } = await page(first, after);
    expect(errors).toEqual([expect.objectContaining({ extensions: { code: "BAD_USER_INPUT" } })]);
  });

  test("AV13: cases assigned in one instant come each once", async () => {
    const ids = await assign(harbor, 7);
    await sql(harbor, "UPDATE case_assignment SET assigned_at = '2026-01-01T00:00:00.123456Z'");
    const seen: string[] = [];
    for (let at = await page(2); at.ids.length > 0; at = await page(2, at.endCursor)) seen.push(...at.ids);
    expect(seen).toEqual([...ids].sort());
  });

  test("AV9: the records of forty cases take as many statements as those of two", async () => {
    const ids = await assign(harbor, 40);
    await sql(
      harbor,
      `WITH c AS (INSERT INTO client (case_id, preferred_name) SELECT unnest($1::uuid[]), 'n' RETURNING id, case_id),
            r AS (INSERT INTO risk_assessment (case_id, client_id, instrument, instrument_version, answers, assessed_at, assessed_by)
                  SELECT case_id, id, 'lap', '1', '{}', now(), 'a' FROM c),
            s AS (INSERT INTO safety_plan SELECT id, 'plan' FROM c)
       INSERT INTO outreach (case_id, kind, outcome, made_at, made_by)
       SELECT case_id, kind, 'reached', now(), 'a' FROM c, unnest('{visit,call}'::text[]) kind`,
      [ids],
    );
    const everything = `query ($first: Int!) { myCaseload(first: $first) { cases { id outreach { id } client { id }
      clientContact { preferredName } riskAssessments { id answers { item } } safetyPlan { text } } } }`;
    const statements = async (first: number) => {
      door.statements();
      const { data, errors } = await door.ask(HARBOR, everything, { first });
      expect(errors).toBeUndefined();
      expect((data as { myCaseload: { cases: unknown[] } }).myCaseload.cases).toHaveLength(first);
      return door.statements().map(({ text }) => text);
    };
    const two = await statements(2);
    const forty = await statements(40);
    expect(forty).toHaveLength(two.length);
    // The caseload, then one for each kind of record.
    expect(two).toHaveLength(6);
  });
});

describe("outreachCounts", () => {
  const query = "{ outreachCounts { byKind { kind cases } total suppressedBelow } }";
  const record = async (database: TestDatabase, kind: string, cases: number, times = 1) => {
    await sql(
      database,
      `INSERT INTO outreach (case_id, kind, outcome, made_at, made_by)
       SELECT id, $2, 'reached', now() + n * interval '1 second', 'a'
       FROM unnest($1::uuid[]) id, generate_series(1, $3) n`,
      [await assign(database, cases), kind, times],
    );
  };
  const shown = async () => {
    const { data } = await door.ask(EVALUATOR, query);
    const { byKind, ...rest } = (
      data as { outreachCounts: { byKind: { kind: string; cases: number | null }[] } }
    ).outreachCounts;
    return { ...rest, ...Object.fromEntries(byKind.map(({ kind, cases }) => [kind, cases])) };
  };

  test("AV6: cases are counted once each over all agencies, and small counts are withheld", async () => {
    await record(harbor, "visit", 8, 3);
    await record(passage, "visit", 4, 2);
    await record(harbor, "call", 30);
    await record(passage, "safety-planning", 3);
    await record(passage, "case-management", 11);
    expect(await shown()).toEqual({
      VISIT: 12,
      CALL: 30,
      SAFETY_PLANNING: null,
      // Withheld with it: together the small ones would still be a group of 3.
      CASE_MANAGEMENT: null,
      LETTER: null,
      RISK_ASSESSMENT: null,
      EMERGENCY_ASSESSMENT: null,
      total: null,
      suppressedBelow: 10,
    });
  });

  test("AV6: many entries about few cases are few", async () => {
    await record(harbor, "visit", 3, 20);
    expect(await shown()).toMatchObject({ VISIT: null, total: null });
  });
});

test("AV6: clients and bands of risk are counted over all agencies; a band that few have is not even named", async () => {
  const client = (database: TestDatabase, count: number, bands: readonly string[]) =>
    sql(
      database,
      `WITH c AS (INSERT INTO client (preferred_name) SELECT 'n' FROM generate_series(1, $1) RETURNING id)
       INSERT INTO risk_assessment (client_id, instrument, instrument_version, answers, band, assessed_at, assessed_by)
       SELECT id, 'i', '1', '{}', band, now() + nth * interval '1 day', 'a'
       FROM c, unnest($2::text[]) WITH ORDINALITY of (band, nth)`,
      [count, bands],
    );
  for (const database of [harbor, passage]) {
    await sql(database, "TRUNCATE risk_assessment");
    await client(database, 8, ["raised", "high"]);
    await client(database, 6, ["raised"]);
    await client(database, 2, ["extreme"]);
    await client(database, 9, ["not raised"]);
  }
  const { data } = await door.ask(
    EVALUATOR,
    "{ advocacyFigures { clients { rows { labels count } } riskBands { rows { labels count } suppressedBelow } } }",
  );
  expect(data).toEqual({
    advocacyFigures: {
      clients: {
        rows: [
          { labels: ["of an assigned case"], count: null },
          { labels: ["came by herself"], count: null },
        ],
      },
      riskBands: {
        rows: [
          { labels: ["high"], count: 16 },
          { labels: ["not raised"], count: 18 },
          // Withheld with the 4 who are "extreme".
          { labels: ["raised"], count: null },
          { labels: ["any other"], count: null },
        ],
        suppressedBelow: 10,
      },
    },
  });
});
