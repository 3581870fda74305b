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

async function sql<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: harbor.url });
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
  door = await openTestDoor({ "harbor-house": harbor.url, "safe-passage": passage.url }, now, {
    of: (_agency, ids) =>
      Promise.resolve(new Map(ids.map((id) => [id, { his: ["1 A St"], hers: ["2 B St"] }]))),
  });
});
afterAll(async () => {
  await door?.close();
  await Promise.all([harbor?.drop(), passage?.drop()]);
});
beforeEach(async () => {
  elapsed = 0;
  await sql("TRUNCATE case_assignment CASCADE");
  caseId = randomUUID();
});

const CONTACT = randomUUID();
async function hear(kind: string, more: object = {}): Promise<void> {
  const rests = kind.startsWith("contact") ? { contactId: CONTACT, plannedFor: at(96) } : {};
  const one = {
    ...{ id: randomUUID(), caseId, assignedAt: at(-24), kind, contactId: null, level: "B", at: at(0) },
    ...{ plannedFor: null, historic: false, ...rests, ...more },
  };
  const url = new URL("/case-news", door.url).href;
  const call = createAgencyCall({ url, secret: TEST_HOLDS_SECRET });
  expect(await call(JSON.stringify({ agency: "harbor-house", news: [one] }), 10_000)).toBe('{"taken":true}');
}

interface Task {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly dueAt: string;
  readonly overdue: boolean;
  readonly reason: string | null;
  readonly takenBy: string | null;
  readonly outreachId: string | null;
}
const TASK =
  "id kind state openedOn dueAt overdue contactId takenBy takenAt closedBy closedAt outreachId reason case { id }";
async function mine(who = ANN, page = ""): Promise<Task[]> {
  const { data, text } = await door.ask(who, `{ myOutreachTasks${page} { tasks { ${TASK} } endCursor hasNextPage } }`); // prettier-ignore
  if (!data) throw new Error(text);
  return (data["myOutreachTasks"] as { tasks: Task[] }).tasks;
}
async function ofCase(who = ANN, id = caseId): Promise<Task[] | null> {
  const { data } = await door.ask(
    who,
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { outreachTasks { ${TASK} } } } }`,
    { r: [{ __typename: "Case", id, assignedAgency: "harbor-house" }] },
  );
  return (data!["_entities"] as { outreachTasks: Task[] | null }[])[0]!.outreachTasks;
}
type Result = { task: Task | null; problem: string | null };
async function change(what: "take" | "complete" | "cancel", input: object, who = ANN): Promise<Result> {
  const name = `${what}OutreachTask`;
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const { data, text } = await door.ask(
    who,
    `mutation ($input: ${type}!) { ${name}(input: $input) { task { ${TASK} } problem } }`,
    { input: { key: randomUUID(), expects: "OPEN", ...input } },
  );
  if (!data) throw new Error(text);
  return data[name] as Result;
}
async function record(
  more: object = {},
): Promise<{ id: string | null; codes: string[]; against: boolean | null }> {
  const { data, text } = await door.ask(
    ANN,
    `mutation ($input: RecordOutreachInput!) { recordOutreach(input: $input) {
       outreach { id againstSafeContact } problem } }`,
    {
      input: {
        key: randomUUID(),
        caseId,
        kind: "VISIT",
        outcome: "REACHED",
        madeAt: now().toISOString(),
        ...more,
      },
    },
  );
  if (!data) throw new Error(text);
  const { outreach, problem } = data["recordOutreach"] as {
    outreach: { id: string; againstSafeContact: boolean } | null;
    problem: string | null;
  };
  return {
    id: outreach?.id ?? null,
    codes: problem === null ? [] : [problem],
    against: outreach?.againstSafeContact ?? null,
  };
}
const told = (more: object = {}) => ({
  ...{ mayCall: true, mayWrite: true, mayLeaveMessage: true, mayVisit: true, hours: null, ...more },
});
const say = (rule: { mayCall: boolean; mayWrite: boolean }) =>
  sql(
    `INSERT INTO safe_contact (case_id, may_call, may_write, may_leave_message, may_visit, language, told_at, recorded_at,
       recorded_by) VALUES ($1, $2, $3, true, true, 'en', $4, $4, 'ann')`,
    [caseId, rule.mayCall, rule.mayWrite, at(-48)],
  );
const of = (tasks: readonly Task[] | null, kind: string) => tasks!.find((task) => task.kind === kind)!;

test("AV29: news opens tasks by the site's protocol, once; the one due first comes first, overdue ones before all", async () => {
  const id = randomUUID();
  await hear("contact-planned", { id });
  await hear("contact-planned", { id });
  await hear("custody-released");
  elapsed = 3 * HOUR;
  expect((await mine()).map(({ kind, dueAt, overdue }) => [kind, dueAt, overdue])).toEqual([
    ["CALL", at(2), true],
    ...[...(await mine()).slice(1, 3)].map(({ kind }) => [kind, at(72), false]),
    ["SAFETY_PLANNING", at(92), false],
  ]);
  expect([await mine(SAL), await ofCase(SAL)]).toEqual([[], null]);
});

test("AV29: pages go on where they ended", async () => {
  for (let one = 0; one < 5; one += 1) await hear("custody-released", { at: at(-one) });
  const all = await mine();
  const seen: string[] = [];
  for (let after = ""; ;) {
    const { data } = await door.ask(ANN, `{ myOutreachTasks(first: 2${after}) { tasks { id } endCursor hasNextPage } }`); // prettier-ignore
    const page = data!["myOutreachTasks"] as { tasks: Task[]; endCursor: string; hasNextPage: boolean };
    seen.push(...page.tasks.map(({ id }) => id));
    if (!page.hasNextPage) break;
    after = `, after: "${page.endCursor}"`;
  }
  expect(seen).toEqual(all.map(({ id }) => id));
  expect(seen).toHaveLength(5);
});

test("AV30: a breach opens a task that is due within the hour, whatever was done for the contact before", async () => {
  await hear("contact-planned");
  await hear("contact-cancelled");
  expect(await mine()).toEqual([]);
  await hear("contact-breached", { level: null, plannedFor: null });
  expect((await mine()).map(({ kind, dueAt }) => [kind, dueAt])).toEqual([
    ["CALL", at(1)],
    ["SAFETY_PLANNING", at(24)],
  ]);
});

test("AV32: a contact called off closes what rests on it, a moved one moves it; what was done stays done", async () => {
  await hear("contact-planned");
  await hear("arrest");
  await hear("contact-moved", { plannedFor: at(200) });
  const moved = await ofCase();
  expect([of(moved, "RISK_ASSESSMENT").dueAt, of(moved, "CASE_MANAGEMENT").dueAt]).toEqual([at(176), at(72)]);
  const { id } = await record({ kind: "SAFETY_PLANNING" });
  await change("complete", { taskId: of(moved, "SAFETY_PLANNING").id, outreachId: id });
  await hear("contact-recalled");
  const after = await ofCase();
  expect(Object.fromEntries(after!.map(({ kind, state, reason }) => [kind, [state, reason]]))).toEqual({
    CALL: ["OPEN", null],
    SAFETY_PLANNING: ["DONE", null],
    RISK_ASSESSMENT: ["CANCELLED", "CONTACT_CALLED_OFF"],
    CASE_MANAGEMENT: ["CANCELLED", "CONTACT_CALLED_OFF"],
  });
});

test("AV32: a case that leaves takes its tasks with it", async () => {
  await hear("arrest");
  await hear("case-left");
  expect([await mine(), await ofCase()]).toEqual([[], null]);
  expect(await sql("SELECT state, reason, closed_by FROM outreach_task")).toEqual([
    { state: "cancelled", reason: "case-left", closed_by: null },
  ]);
});

test("AV31: taken by one, done by another with an outreach of its kind; what is over stays over", async () => {
  await hear("arrest");
  const taskId = (await mine())[0]!.id;
  const key = randomUUID();
  const first = await change("take", { taskId, key });
  expect([first.problem, first.task!.state, first.task!.takenBy]).toEqual([null, "TAKEN", "ann"]);
  expect(await change("take", { taskId, key })).toEqual(first);
  expect((await change("take", { taskId }, BEA)).problem).toBe("STALE");
  expect((await change("take", { taskId, expects: "TAKEN" }, BEA)).problem).toBe("ALREADY_TAKEN");
  const visit = await record();
  const early = await record({ kind: "CALL", madeAt: at(-1), againstSafeContact: true });
  const call = await record({ kind: "CALL", againstSafeContact: true });
  const complete = (outreachId: unknown) => change("complete", { taskId, outreachId, expects: "TAKEN" }, BEA);
  expect((await complete(visit.id)).problem).toBe("OUTREACH_DOES_NOT_FIT");
  expect((await complete(early.id)).problem).toBe("OUTREACH_DOES_NOT_FIT");
  expect((await complete(randomUUID())).problem).toBe("OUTREACH_NOT_FOUND");
  expect((await complete("17")).problem).toBe("OUTREACH_NOT_FOUND");
  const done = await complete(call.id);
  expect([done.problem, done.task!.state, done.task!.outreachId]).toEqual([null, "DONE", call.id]);
  expect((await change("cancel", { taskId, expects: "DONE", reason: "NOT_NEEDED" })).problem).toBe("OVER");
  expect(await mine()).toEqual([]);
});

test("AV31: an outreach of another case completes nothing", async () => {
  await hear("arrest");
  const taskId = (await mine())[0]!.id;
  const here = caseId;
  caseId = randomUUID();
  await hear("arrest");
  const elsewhere = await record({ kind: "CALL", againstSafeContact: true });
  caseId = here;
  expect((await change("complete", { taskId, outreachId: elsewhere.id })).problem).toBe("OUTREACH_NOT_FOUND");
});

test("AV31: given up with a reason of her own, not the hub's", async () => {
  await hear("arrest");
  const taskId = (await mine())[0]!.id;
  const given = await change("cancel", { taskId, reason: "NOT_SAFE" });
  expect([given.problem, given.task!.state, given.task!.reason]).toEqual([null, "CANCELLED", "NOT_SAFE"]);
  await expect(change("cancel", { taskId, reason: "CASE_LEFT" })).rejects.toThrow("CASE_LEFT");
});

test.each(["take", "complete", "cancel"] as const)(
  "AV31: %s: what is not there, not hers or walled off is answered alike, and changes nothing",
  async (what) => {
    await hear("arrest");
    const taskId = (await mine())[0]!.id;
    const more = { complete: { outreachId: randomUUID() }, cancel: { reason: "NOT_NEEDED" }, take: {} }[what];
    const nothing = { task: null, problem: "NOT_FOUND" };
    expect(await change(what, { taskId: randomUUID(), ...more })).toEqual(nothing);
    expect(await change(what, { taskId: "17", ...more })).toEqual(nothing);
    expect(await change(what, { taskId, ...more }, SAL)).toEqual(nothing);
    expect(await change(what, { taskId, key: "17", ...more })).toEqual({
      task: null,
      problem: "KEY_IS_NO_UUID",
    });
    expect((await change(what, { taskId, expects: "TAKEN", ...more })).problem).toBe("STALE");
    await sql(
      `INSERT INTO conflict_of_interest (agency, subject, case_id, why, recorded_by, recorded_at, mutation_key)
       VALUES ('harbor-house', 'ann', $1, 'related', 'bea', now(), $2)`,
      [caseId, randomUUID()],
    );
    expect([await change(what, { taskId, ...more }), await mine(), await ofCase()]).toEqual([
      nothing,
      [],
      null,
    ]);
    expect((await mine(BEA)).map(({ state }) => state)).toEqual(["OPEN"]);
    await sql("DELETE FROM conflict_of_interest");
  },
);

test("AV31: told under one key otherwise, it is refused", async () => {
  await hear("arrest");
  await hear("custody-released");
  const [one, other] = await mine();
  const key = randomUUID();
  await change("take", { taskId: one!.id, key });
  expect((await change("take", { taskId: other!.id, key })).problem).toBe("KEY_USED_OTHERWISE");
});

test.each([
  ["nobody asked her", null, "CALL", ["NOT_SAFE_CONTACT"]],
  ["she said no to calls", { mayCall: false, mayWrite: true }, "CALL", ["NOT_SAFE_CONTACT"]],
  ["she said no to letters", { mayCall: true, mayWrite: false }, "LETTER", ["NOT_SAFE_CONTACT"]],
  ["she said yes to calls", { mayCall: true, mayWrite: false }, "CALL", []],
  ["she said yes to letters, and lives apart", { mayCall: false, mayWrite: true }, "LETTER", []],
  ["nobody asked her, and she is visited", null, "VISIT", []],
] as const)("AV33: %s: a %s", async (_what, rule, kind, codes) => {
  await hear("arrest");
  if (rule !== null) await say({ ...told(), ...rule });
  const outreach = { kind, outcome: kind === "LETTER" ? "SENT" : "REACHED" };
  const first = await record(outreach);
  expect([first.codes, first.against]).toEqual([codes, codes.length > 0 ? null : false]);
  // What was done is a fact: it is recorded, as what it was.
  const second = await record({ ...outreach, againstSafeContact: true });
  expect([second.codes, second.against]).toEqual([[], codes.length > 0]);
});

test("AV33: what she said later does not make safe what was done before", async () => {
  await hear("arrest");
  await say({ mayCall: true, mayWrite: true });
  expect((await record({ kind: "CALL", madeAt: at(-49) })).codes).toEqual(["NOT_SAFE_CONTACT"]);
  expect((await record({ kind: "CALL", madeAt: at(-47) })).codes).toEqual([]);
});

test("AV9: the number of statements does not depend on the number of tasks or cases", async () => {
  await hear("arrest");
  door.statements();
  await mine();
  const one = door.statements().length;
  for (let more = 0; more < 4; more += 1) {
    caseId = randomUUID();
    await hear("contact-planned", { contactId: randomUUID() });
  }
  door.statements();
  expect((await mine()).length).toBeGreaterThan(8);
  expect(door.statements().length).toBe(one);
});
