import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { createAgencyCall } from "../../platform/agency-call/call";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, TEST_HOLDS_SECRET, type TestDoor, type Who } from "./door.fixture";
import { migrate } from "./store/database";

const START = new Date("2026-03-01T12:00:00Z").getTime();
const HOUR = 3_600_000;
const DAY = 24;
let elapsed = 0;
const now = () => new Date(START + elapsed * HOUR);
const at = (hours: number) => new Date(START + hours * HOUR).toISOString();
const ANN: Who = { agency: "harbor-house", role: "advocate", subject: "ann" };
const BEA: Who = { agency: "harbor-house", role: "advocate", subject: "bea" };

let harbor: TestDatabase;
let door: TestDoor;
let client: Client;
let caseId: string;
beforeAll(async () => {
  harbor = await createTestDatabase({ key: "advocacy", migrate });
  door = await openTestDoor({ "harbor-house": harbor.url }, now);
  client = new Client({ connectionString: harbor.url });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await door?.close();
  await harbor?.drop();
});
beforeEach(() => {
  elapsed = 0;
  caseId = randomUUID();
});

const sql = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await client.query(text, values)).rows as Row[];

const piece = (kind: string, more: object = {}) => ({
  ...{ id: randomUUID(), caseId, assignedAt: at(-DAY), kind, contactId: null, level: "B", at: at(elapsed) },
  ...{ plannedFor: null, historic: false, ...more },
});
type Piece = ReturnType<typeof piece>;
const call = (news: readonly object[]) =>
  createAgencyCall({ url: new URL("/case-news", door.url).href, secret: TEST_HOLDS_SECRET })(
    JSON.stringify({ agency: "harbor-house", news }),
    10_000,
  );
async function hear(...news: readonly object[]): Promise<void> {
  expect(await call(news)).toBe('{"taken":true}');
}
const recallOf = ({ id: recalls, caseId }: Piece, more: object = {}) =>
  piece("arrest-recalled", { caseId, recalls, ...more });
/** An arrest at an hour of its own, as it is heard of: at B its task is a call. */
async function arrested(more: object = {}): Promise<Piece> {
  const arrest = piece("arrest", { at: at(-3), ...more });
  await hear(piece("case-assigned"), arrest);
  return arrest;
}

interface Task {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly openedOn: string;
  readonly openedAt: string;
  readonly dueAt: string;
  readonly overdue: boolean;
  readonly reason: string | null;
  readonly recalledAt: string | null;
  readonly takenBy: string | null;
  readonly closedBy: string | null;
}
const TASK =
  "id kind state openedOn openedAt dueAt overdue reason recalledAt takenBy takenAt closedBy closedAt";
async function tasks(id = caseId): Promise<Task[]> {
  const { data } = await door.ask(
    ANN,
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { outreachTasks { ${TASK} } } } }`,
    { r: [{ __typename: "Case", id, assignedAgency: "harbor-house" }] },
  );
  return (data!["_entities"] as { outreachTasks: Task[] }[])[0]!.outreachTasks;
}
async function mine(): Promise<string[]> {
  const { data } = await door.ask(ANN, "{ myOutreachTasks(first: 200) { tasks { id case { id } } } }");
  const page = data!["myOutreachTasks"] as { tasks: { id: string; case: { id: string } }[] };
  return page.tasks.filter((one) => one.case.id === caseId).map(({ id }) => id);
}
async function tell<Result>(mutation: string, input: object, shown: string, who = ANN): Promise<Result> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const { data, text } = await door.ask(
    who,
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${shown} problem } }`,
    { input: { key: randomUUID(), ...input } },
  );
  if (!data) throw new Error(text);
  return data[mutation] as Result;
}
const change = (what: "take" | "complete" | "cancel", input: object, who = ANN) =>
  tell<{ task: Task | null; problem: string | null }>(
    `${what}OutreachTask`,
    { expects: "OPEN", ...input },
    `task { ${TASK} }`,
    who,
  );
/** Turns to her. */
async function turnTo(more: object = {}): Promise<string> {
  const visit = { caseId, kind: "CALL", outcome: "REACHED", madeAt: now().toISOString() };
  const { outreach } = await tell<{ outreach: { id: string } }>(
    "recordOutreach",
    { ...visit, againstSafeContact: true, ...more },
    "outreach { id }",
  );
  return outreach.id;
}

test("AV80: what nobody has begun ends as recalled, seen as such and when, and is no more to be done", async () => {
  const arrest = await arrested();
  expect(await mine()).toHaveLength(1);
  elapsed = 1;
  await hear(recallOf(arrest));
  const [task, ...more] = await tasks();
  expect(more).toEqual([]);
  expect(task).toMatchObject({
    ...{ kind: "CALL", state: "CANCELLED", reason: "ARREST_RECALLED", recalledAt: at(1), closedAt: at(1) },
    ...{ closedBy: null, overdue: false },
  });
  expect(await mine()).toEqual([]);
  expect((await change("take", { taskId: task!.id })).problem).toBe("STALE");
  expect((await change("take", { taskId: task!.id, expects: "CANCELLED" })).problem).toBe("OVER");
  await expect(change("cancel", { taskId: task!.id, reason: "ARREST_RECALLED" })).rejects.toThrow(
    "ARREST_RECALLED",
  );
});

test("AV80: what somebody has in hand stays hers, waits at once, and says that it was recalled", async () => {
  const arrest = await arrested();
  const [{ id }] = (await tasks()) as [Task];
  await change("take", { taskId: id });
  elapsed = 1;
  const outreachId = await turnTo({ madeAt: at(0.5) });
  elapsed = 2;
  await hear(recallOf(arrest));
  const task = (await tasks()).find((one) => one.id === id)!;
  expect(task).toMatchObject({ state: "TAKEN", takenBy: "ann", recalledAt: at(2), reason: null });
  expect((await mine())[0]).toBe(id);
  // She had done it before it was taken back, and after she took it.
  const early = await turnTo({ madeAt: at(-1) });
  const done = (outreach: string) =>
    change("complete", { taskId: id, expects: "TAKEN", outreachId: outreach }, BEA);
  expect((await done(early)).problem).toBe("OUTREACH_DOES_NOT_FIT");
  expect((await done(outreachId)).task).toMatchObject({ state: "DONE", recalledAt: at(2), closedBy: "bea" });
});

test("AV80: what was done or given up stays so, and says that it was recalled", async () => {
  const [first, second] = [await arrested(), await arrested()];
  const [one, other] = (await tasks()) as [Task, Task];
  const outreachId = await turnTo();
  await change("complete", { taskId: one.id, outreachId });
  await change("cancel", { taskId: other.id, reason: "NOT_SAFE" });
  await hear(recallOf(first), recallOf(second));
  const after = (await tasks()).filter(({ id }) => [one.id, other.id].includes(id));
  expect(
    Object.fromEntries(after.map(({ id, state, reason, recalledAt }) => [id, [state, reason, recalledAt]])),
  ).toEqual({
    [one.id]: ["DONE", null, at(0)],
    [other.id]: ["CANCELLED", "NOT_SAFE", at(0)],
  });
});

test("AV80: of two arrests only what the one had opened is recalled, and what other news opened stays", async () => {
  const first = await arrested();
  const before = (await tasks()).map(({ id }) => id);
  const second = piece("arrest");
  await hear(second, piece("custody-released"));
  await hear(recallOf(first));
  const after = await tasks();
  expect(after.filter(({ recalledAt }) => recalledAt !== null).map(({ id }) => id)).toEqual(before);
  expect(
    after
      .filter(({ state }) => state === "OPEN")
      .map(({ openedOn }) => openedOn)
      .sort(),
  ).toEqual(["arrest", "custody-released"]);
});

test.each<[what: string, opened: boolean, before: () => Promise<unknown>]>([
  ["she was called since", true, () => turnTo()],
  ["she was written to since", true, () => turnTo({ kind: "LETTER", outcome: "SENT" })],
  ["she declined since, and may have been told", true, () => turnTo({ outcome: "DECLINED" })],
  ["nobody turned to her", false, () => Promise.resolve()],
  ["she was not reached", false, () => turnTo({ outcome: "NOT_REACHED" })],
  ["she was turned to before he was arrested", false, () => turnTo({ madeAt: at(-4) })],
  [
    "the case is another agency's since",
    false,
    async () => {
      await turnTo();
      await hear(piece("case-left"));
    },
  ],
  [
    "it is long ago, and nothing that she goes by",
    false,
    async () => {
      await turnTo();
      elapsed = 31 * DAY;
    },
  ],
  [
    "it is not so long ago",
    true,
    async () => {
      await turnTo();
      elapsed = 29 * DAY;
    },
  ],
])("AV81: %s: that somebody tells her it does not hold is opened: %s", async (_what, opened, before) => {
  const arrest = await arrested();
  await before();
  await hear(recallOf(arrest));
  const found = await sql<{ opened_on: string; state: string; kind: string; hours: number }>(
    `SELECT opened_on, state, kind, extract(epoch FROM due_at - opened_at)::integer / 3600 AS hours
     FROM outreach_task WHERE case_id = $1 AND recalled_at IS NULL`,
    [caseId],
  );
  expect(found).toEqual(
    opened ? [{ opened_on: "arrest-recalled", state: "open", kind: "call", hours: 4 }] : [],
  );
});

test("AV81: of an arrest long before it was told she may have heard only since it was told", async () => {
  const arrest = await arrested({ at: at(-60 * DAY), historic: true });
  await turnTo({ madeAt: at(-30 * DAY) });
  await hear(recallOf(arrest));
  expect(await tasks()).toEqual([]);
  const later = await arrested({ at: at(-60 * DAY), historic: true });
  elapsed = 1;
  await turnTo();
  await hear(recallOf(later));
  expect((await tasks()).map(({ openedOn }) => openedOn)).toEqual(["arrest-recalled"]);
});

test("AV82: of the arrest nothing is left in the database: not the event's id, not its instant, in no table", async () => {
  const arrest = await arrested({ at: "2026-02-28T21:17:43.000Z", level: "A" });
  const taken = await arrested({ at: "2026-02-28T21:18:43.000Z" });
  const due = (await tasks()).map(({ dueAt }) => dueAt);
  expect(due).toHaveLength(2);
  await change("take", { taskId: (await tasks()).find(({ kind }) => kind === "CALL")!.id });
  const everything = async () => {
    const tables = await sql<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
    );
    const rows: unknown[] = [];
    for (const { name } of tables) rows.push(...(await sql(`SELECT to_jsonb(one) FROM ${name} one`)));
    return JSON.stringify(rows);
  };
  // Times that are the arrest's, or lead to it: it is at a minute of its own.
  const marks = [arrest.id, taken.id, "21:17:43", "21:18:43", ":17:43", ":18:43"];
  const before = await everything();
  for (const mark of marks) expect([mark, before.includes(mark)]).toEqual([mark, true]);
  const recalls = [recallOf(arrest), recallOf(taken)];
  await hear(...recalls);
  const after = await everything();
  for (const mark of marks) expect([mark, after.includes(mark)]).toEqual([mark, false]);
});

test("AV83: told twice, it is done once; told of what was never heard, it is taken, and what comes after it is not", async () => {
  const arrest = await arrested();
  await turnTo();
  const recall = recallOf(arrest);
  await hear(recall);
  const first = await tasks();
  expect(first).toHaveLength(2);
  elapsed = 1;
  // As a telling that was taken, and whose answer was lost.
  await hear(arrest, recall);
  await hear(recallOf(arrest));
  expect(await tasks()).toEqual(first);
  const unheard = piece("arrest");
  await hear(recallOf(unheard));
  await hear(unheard);
  expect(await tasks()).toEqual(first);
  expect(await sql("SELECT kind FROM case_news WHERE case_id = $1 ORDER BY kind", [caseId])).toEqual([
    { kind: "arrest-recalled" },
    { kind: "case-assigned" },
  ]);
});

test("AV83: a recall in a case that never was the agency's leaves it so; the same news of another case is not meant", async () => {
  const elsewhere = piece("arrest");
  await hear(recallOf(elsewhere));
  expect(await sql("SELECT FROM case_assignment WHERE case_id = $1", [caseId])).toEqual([]);
  const arrest = await arrested();
  const other = { ...arrest, caseId: randomUUID() };
  await hear(other, recallOf(arrest));
  expect((await tasks(other.caseId)).map(({ state }) => state)).toEqual(["OPEN"]);
  expect(await sql("SELECT case_id FROM case_news WHERE event_id = $1", [arrest.id])).toEqual([
    { case_id: other.caseId },
  ]);
});

test("AV83: of two tellings at once that overlap nothing stays that was taken back", async () => {
  const arrest = piece("arrest");
  await hear(piece("case-assigned"));
  await Promise.all([hear(arrest), hear(recallOf(arrest)), hear(arrest), hear(arrest)]);
  expect(await sql("SELECT FROM case_news WHERE event_id = $1", [arrest.id])).toEqual([]);
  expect((await tasks()).filter(({ state }) => state === "OPEN")).toEqual([]);
});

test.each<[string, (arrest: Piece) => object]>([
  ["that names nothing", (arrest) => recallOf(arrest, { recalls: null })],
  ["that names what is no id", (arrest) => recallOf(arrest, { recalls: "17" })],
  ["of another kind of news", (arrest) => recallOf(arrest, { kind: "custody-released" })],
])("AV83: a recall %s is not taken", async (_what, recall) => {
  const arrest = await arrested();
  expect(await call([recall(arrest)])).toBeNull();
  expect((await tasks()).map(({ recalledAt }) => recalledAt)).toEqual([null]);
});

test("AV80: the database: what was taken back is not open, and nothing is given up as recalled that was not", async () => {
  await arrested();
  for (const text of [
    "UPDATE outreach_task SET recalled_at = now() WHERE case_id = $1",
    "UPDATE outreach_task SET state = 'cancelled', reason = 'arrest-recalled', closed_at = now() WHERE case_id = $1",
  ]) {
    await expect(sql(text, [caseId])).rejects.toThrow("outreach_task_recalled");
  }
});
