import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { createAgencyCall } from "../../platform/agency-call/call";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, TEST_HOLDS_SECRET, type TestDoor, type Who } from "./door.fixture";
import { migrate } from "./store/database";

const START = new Date("2026-03-01T12:00:00Z").getTime();
const HOUR = 3_600_000;
let elapsed = 0;
const now = () => new Date(START + elapsed);
const at = (hours: number) => new Date(START + hours * HOUR).toISOString();
const ANN: Who = { agency: "harbor-house", role: "advocate", subject: "ann" };
const BEA: Who = { agency: "harbor-house", role: "advocate", subject: "bea" };
const SAL: Who = { agency: "safe-passage", role: "advocate", subject: "sal" };

let harbor: TestDatabase;
let passage: TestDatabase;
let door: TestDoor;
let caseId: string;

async function sql<Row>(text: string, values: unknown[] = [], database = harbor): Promise<Row[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}
beforeAll(async () => {
  harbor = await createTestDatabase({ key: "advocacy", migrate });
  passage = await createTestDatabase({ key: "advocacy", migrate });
  door = await openTestDoor({ "harbor-house": harbor.url, "safe-passage": passage.url }, now);
});
afterAll(async () => {
  await door?.close();
  await Promise.all([harbor?.drop(), passage?.drop()]);
});
beforeEach(async () => {
  elapsed = 0;
  await sql("TRUNCATE case_assignment CASCADE");
  caseId = randomUUID();
  await hear("case-assigned");
});

async function hear(kind: string, more: object = {}): Promise<void> {
  const rests = kind.startsWith("contact") ? { contactId: randomUUID(), plannedFor: at(96) } : {};
  const one = {
    ...{ id: randomUUID(), caseId, assignedAt: at(-24), kind, contactId: null, level: "B", at: at(0) },
    ...{ plannedFor: null, historic: false, ...rests, ...more },
  };
  const url = new URL("/case-news", door.url).href;
  const call = createAgencyCall({ url, secret: TEST_HOLDS_SECRET });
  expect(await call(JSON.stringify({ agency: "harbor-house", news: [one] }), 10_000)).toBe('{"taken":true}');
}

const ITEMS = [...Array.from({ length: 11 }, (_, index) => String(index + 1)), "belief"];
const answers = (named: Record<string, string> = {}, other = "NO") =>
  ITEMS.map((item) => ({ item, answer: named[item] ?? other }));
const HIGH = { answers: answers({ "2": "YES" }) };

interface Assessment {
  readonly id: string;
  readonly outcome: string;
  readonly outreachId: string | null;
  readonly corrects: string | null;
  readonly correctedBy: string | null;
}
const ASSESSMENT = `id instrument instrumentVersion answers { item answer } outcome score band note assessedAt assessedBy
  recordedAt outreachId corrects correctedBy`;
type Result = { assessment: Assessment | null; problem: string | null };
const input = (more: object = {}) => ({
  ...{ key: randomUUID(), caseId, instrument: "lethality-screen", version: "1", answers: answers() },
  ...{ assessedAt: now().toISOString(), ...more },
});
async function record(more: object = {}, who = ANN): Promise<Result> {
  const { data, text } = await door.ask(
    who,
    `mutation ($input: RecordRiskAssessmentInput!) { recordRiskAssessment(input: $input) {
       assessment { ${ASSESSMENT} } problem } }`,
    { input: input(more) },
  );
  if (!data) throw new Error(text);
  return data["recordRiskAssessment"] as Result;
}
interface Risk {
  readonly riskAssessments: Assessment[] | null;
  readonly highDangerFound: Assessment | null;
  readonly riskAssessmentHistory: {
    assessments: Assessment[];
    endCursor: string | null;
    hasNextPage: boolean;
  } | null;
}
async function riskOf(who = ANN, id = caseId, page = ""): Promise<Risk> {
  const { data, text } = await door.ask(
    who,
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case {
       riskAssessments { ${ASSESSMENT} } highDangerFound { ${ASSESSMENT} }
       riskAssessmentHistory${page} { assessments { ${ASSESSMENT} } endCursor hasNextPage } } } }`,
    { r: [{ __typename: "Case", id, assignedAgency: "harbor-house" }] },
  );
  if (!data) throw new Error(text);
  return (data["_entities"] as Risk[])[0]!;
}
interface Task {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly opened_on: string;
  readonly due_at: Date;
  readonly outreach_id: string | null;
}
const tasks = () => sql<Task>("SELECT * FROM outreach_task WHERE case_id = $1 ORDER BY due_at, kind", [caseId]); // prettier-ignore

test("AV63: an assessment is recorded with what it found, who asked and when, of a client or not, and entered in the log", async () => {
  const { assessment, problem } = await record({ ...HIGH, note: "By telephone.", assessedAt: at(-1) });
  expect(problem).toBeNull();
  expect(assessment).toMatchObject({
    ...{ instrument: "lethality-screen", instrumentVersion: "1", outcome: "HIGH_DANGER", score: null },
    ...{ note: "By telephone.", assessedAt: at(-1), recordedAt: at(0), assessedBy: "ann" },
    ...{ corrects: null, correctedBy: null },
  });
  expect((await riskOf(BEA)).riskAssessments).toEqual([assessment]);
  expect(await sql("SELECT id, kind, outcome, made_by FROM outreach")).toEqual([
    { id: assessment!.outreachId, kind: "risk-assessment", outcome: "reached", made_by: "ann" },
  ]);
});

test("AV63: told twice alike it is recorded once; told otherwise under its key it is refused", async () => {
  const key = randomUUID();
  const first = await record({ key, ...HIGH });
  expect(await record({ key, ...HIGH })).toEqual(first);
  expect((await record({ key })).problem).toBe("KEY_USED_OTHERWISE");
  expect(await sql("SELECT id FROM risk_assessment")).toHaveLength(1);
});

const everything = async () =>
  (
    await Promise.all(
      ["risk_assessment", "outreach", "outreach_task", "told_request"].map((table) =>
        sql<{ n: string }>(`SELECT count(*) AS n FROM ${table}`),
      ),
    )
  ).map(([row]) => row!.n);

test.each<[string, string, () => object]>([
  ["a key that is no UUID", "KEY_IS_NO_UUID", () => ({ key: "17" })],
  ["an unknown instrument", "INSTRUMENT_NOT_FOUND", () => ({ instrument: "constructor" })],
  ["an unknown version", "INSTRUMENT_NOT_FOUND", () => ({ version: "2" })],
  ["tomorrow", "IN_THE_FUTURE", () => ({ assessedAt: at(24) })],
  ["an unknown item", "UNKNOWN_ITEM", () => ({ answers: [...answers(), { item: "12", answer: "NO" }] })],
  ["an item twice", "ITEM_TWICE", () => ({ answers: [...answers(), { item: "1", answer: "NO" }] })],
  ["an answer missing", "ANSWER_MISSING", () => ({ answers: answers().slice(1) })],
  ["nothing asked", "NOTHING_ASKED", () => ({ answers: answers({}, "NOT_ASKED") })],
  ["an empty note", "TEXT_MISSING", () => ({ note: "  " })],
  ["a note too long", "TEXT_TOO_LONG", () => ({ note: "n".repeat(4_001) })],
  ["a note of no text", "TEXT_HAS_CONTROL_CHARACTERS", () => ({ note: "bell \u0007" })],
  ["no such case", "NOT_FOUND", () => ({ caseId: randomUUID() })],
  ["an id that is none", "NOT_FOUND", () => ({ caseId: "'; --" })],
  ["correcting what is not there", "ASSESSMENT_NOT_FOUND", () => ({ corrects: randomUUID() })],
  ["correcting what is no id", "ASSESSMENT_NOT_FOUND", () => ({ corrects: "17" })],
  ["doing a task that is not there", "TASK_NOT_FOUND", () => ({ task: { taskId: randomUUID(), expects: "OPEN" } })], // prettier-ignore
])("AV63: %s: %s", async (_what, problem, more) => {
  const before = await everything();
  expect(await record({ ...HIGH, ...more() })).toEqual({ assessment: null, problem });
  expect(await everything()).toEqual(before);
});

test("AV63: another agency's case, one that is walled off and one that is not there are answered alike", async () => {
  const nothing = { assessment: null, problem: "NOT_FOUND" };
  expect(await record(HIGH, SAL)).toEqual(nothing);
  await sql(
    `INSERT INTO conflict_of_interest (agency, subject, case_id, why, recorded_by, recorded_at, mutation_key)
     VALUES ('harbor-house', 'ann', $1, 'related', 'bea', now(), $2)`,
    [caseId, randomUUID()],
  );
  expect(await record(HIGH)).toEqual(nothing);
  expect((await record(HIGH, BEA)).problem).toBeNull();
  const none = { riskAssessments: null, highDangerFound: null, riskAssessmentHistory: null };
  expect([await riskOf(ANN), await riskOf(SAL), await riskOf(BEA, randomUUID())]).toEqual([none, none, none]);
  await sql("DELETE FROM conflict_of_interest");
});

test("AV61: what is found later takes nothing from high danger, nor does a correction, and nothing else changes", async () => {
  await hear("contact-planned");
  const { assessment: high } = await record(HIGH);
  const open = await tasks();
  // What counts accesses, requests and ids is no record of hers.
  const others = await sql<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
       AND table_name NOT IN ('risk_assessment', 'outreach', 'told_request')`,
  );
  const content = () =>
    Promise.all(others.map(({ name }) => sql(`SELECT * FROM ${name} AS row ORDER BY row::text`)));
  const before = await content();
  elapsed = HOUR;
  const { assessment: later } = await record();
  expect(later!.outcome).toBe("NOT_SCREENED_IN");
  const { assessment: corrected } = await record({ corrects: high!.id, assessedAt: at(0) });
  expect([corrected!.outcome, corrected!.corrects, corrected!.outreachId]).toEqual(["NOT_SCREENED_IN", high!.id, null]); // prettier-ignore
  expect(await content()).toEqual(before);
  expect(open.map(({ opened_on }) => opened_on)).toContain("high-danger");
  const risk = await riskOf();
  expect(risk.riskAssessments!.map(({ id }) => id)).toEqual([later!.id]);
  expect(risk.highDangerFound).toEqual({ ...high, correctedBy: corrected!.id });
});

test("AV61: a correction is by the same instrument, of what no other corrected, and of this case", async () => {
  const { assessment: wrong } = await record();
  const list = Array.from({ length: 12 }, (_, index) => ({ item: String(index + 1), answer: "NO" }));
  const other = { instrument: "example-checklist", answers: list };
  expect((await record({ ...other, corrects: wrong!.id })).problem).toBe("ANOTHER_INSTRUMENT");
  const { assessment: right } = await record({ ...HIGH, corrects: wrong!.id });
  expect(right!.corrects).toBe(wrong!.id);
  expect((await record({ corrects: wrong!.id })).problem).toBe("ALREADY_CORRECTED");
  expect((await record({ corrects: right!.id })).problem).toBeNull();
  const here = caseId;
  caseId = randomUUID();
  await hear("case-assigned");
  expect((await record({ corrects: right!.id })).problem).toBe("ASSESSMENT_NOT_FOUND");
  caseId = here;
});

test("AV61: two that correct the same at once: one does", async () => {
  const { assessment: wrong } = await record();
  const both = await Promise.all([record({ corrects: wrong!.id }), record({ corrects: wrong!.id }, BEA)]);
  expect(both.map(({ problem }) => problem).sort()).toEqual(["ALREADY_CORRECTED", null]);
});

test("AV64: what was recorded is never altered or deleted", async () => {
  await record();
  await expect(sql("UPDATE risk_assessment SET outcome = 'not-screened-in'")).rejects.toThrow("append-only");
  await expect(sql("DELETE FROM risk_assessment")).rejects.toThrow("append-only");
});

test("AV65: a recorded assessment does the task it was made for, of its kind, when it was made since", async () => {
  await hear("contact-planned");
  await hear("arrest", { level: "A" });
  const [emergency, risk, planning] = ["emergency-assessment", "risk-assessment", "safety-planning"].map((kind) => tasks().then((all) => all.find((task) => task.kind === kind)!)); // prettier-ignore
  const task = async (one: typeof risk, expects = "OPEN") => ({ task: { taskId: (await one!).id, expects } });
  expect((await record({ ...(await task(planning)) })).problem).toBe("TASK_DOES_NOT_FIT");
  expect((await record({ ...(await task(risk)), assessedAt: at(-1) })).problem).toBe("TASK_DOES_NOT_FIT");
  expect((await record({ ...(await task(risk, "TAKEN")) })).problem).toBe("STALE");
  expect((await everything()).slice(0, 3)).toEqual(["0", "0", "4"]);
  const done = await record(await task(risk));
  expect(done.problem).toBeNull();
  const scene = await record({ ...(await task(emergency)), assessedAt: at(0) }, BEA);
  expect(scene.problem).toBeNull();
  const after = Object.fromEntries((await tasks()).map((one) => [one.kind, [one.state, one.outreach_id]]));
  expect(after).toMatchObject({
    "risk-assessment": ["done", done.assessment!.outreachId],
    "emergency-assessment": ["done", scene.assessment!.outreachId],
    "safety-planning": ["open", null],
  });
  elapsed = HOUR;
  expect((await record({ ...(await task(risk, "DONE")) })).problem).toBe("OVER");
  const { assessment: wrong } = await record();
  expect((await record({ corrects: wrong!.id, ...(await task(planning)) })).problem).toBe(
    "TASK_DOES_NOT_FIT",
  );
});

test("AV65: a task of another case is not there", async () => {
  await hear("contact-planned");
  const taskId = (await tasks()).find(({ kind }) => kind === "risk-assessment")!.id;
  caseId = randomUUID();
  await hear("case-assigned");
  expect((await record({ task: { taskId, expects: "OPEN" } })).problem).toBe("TASK_NOT_FOUND");
});

test.each([
  ["high danger", ["safety-planning 3", "case-management 71"], HIGH],
  ["an incomplete screen", [], { answers: answers({ "1": "UNKNOWN" }) }],
  ["a screen that found nothing", [], {}],
])("AV65: %s opens what the site has for it: %j", async (_what, opened, more) => {
  const key = randomUUID();
  const told = { key, ...more, assessedAt: at(-1) };
  expect(await record(told)).toEqual(await record(told));
  const found = (await tasks()).map(({ kind, due_at }) => `${kind} ${(due_at.getTime() - START) / HOUR}`);
  expect(found).toEqual(opened);
});

test("AV65: a correction opens the tasks when it is what found high danger, and not when they were opened before", async () => {
  const { assessment: wrong } = await record();
  const { assessment: high } = await record({ ...HIGH, corrects: wrong!.id });
  expect(await tasks()).toHaveLength(2);
  await record({ answers: answers({ "3": "YES" }), corrects: high!.id });
  expect(await tasks()).toHaveLength(2);
});

test("AV66: instruments in the language that is asked for, else in their first", async () => {
  const { data } = await door.ask(ANN, '{ riskInstruments(language: "es") { id version language title items { id askedOf text } } }'); // prettier-ignore
  const shown = data!["riskInstruments"] as { id: string; language: string; items: { askedOf: string; text: string }[] }[]; // prettier-ignore
  expect(shown.map(({ id, language }) => [id, language])).toEqual([
    ["example-checklist", "en"],
    ["lethality-screen", "es"],
  ]);
  expect(shown[1]!.items[0]!.text).toMatch(/arma/);
  expect(shown[1]!.items.at(-1)!.askedOf).toBe("ASSESSOR");
});

test("AV66: pages of the history go on where they ended, within the same instant too", async () => {
  for (const hours of [-3, -2, -2, -2, -1]) await record({ assessedAt: at(hours) });
  const all = (await riskOf()).riskAssessmentHistory!.assessments.map(({ id }) => id);
  expect(all).toHaveLength(5);
  const seen: string[] = [];
  for (let after = ""; ;) {
    const { assessments, endCursor, hasNextPage } = (await riskOf(ANN, caseId, `(first: 2${after})`)).riskAssessmentHistory!; // prettier-ignore
    seen.push(...assessments.map(({ id }) => id));
    if (!hasNextPage) break;
    after = `, after: "${endCursor}"`;
  }
  expect(seen).toEqual(all);
});
