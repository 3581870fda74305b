import { randomUUID } from "node:crypto";
import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { migrate, openLawEnforcementDatabase } from "./store/database";
import { miniatureOf, type Miniature } from "./store/miniature.fixture";

const START = Date.now();
let elapsed = 0;
/** The site's clock, as far as this test moved it; each look at it is a moment later, as it is. */
let looks = 0;
const now = () => new Date(START + elapsed + looks++);
const HOUR = 3_600_000;
const at = (hours: number) => new Date(START + elapsed + hours * HOUR).toISOString();

let holds: "clear" | "held" | null = "clear";
let asked = 0;
let place: TestDatabase;
let database: DataSource;
let write: Miniature;
let door: TestDoor;

beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
  write = miniatureOf(database);
  door = await openTestDoor(place.url, now, {
    ask: () => {
      asked += 1;
      return Promise.resolve(holds);
    },
  });
});
afterAll(async () => {
  await door?.close();
  await database?.destroy();
  await place?.drop();
});
beforeEach(() => {
  holds = "clear";
  asked = 0;
});

const CORA: Who = { agency: "metro-police", roles: ["coordinator"], subject: "cora" };
const DAN: Who = { agency: "metro-police", roles: ["detective"], subject: "dan" };

interface Outcome {
  readonly contact?: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly case?: Readonly<Record<string, unknown>>;
  readonly problem: string | null;
}
type Name =
  | "planContact"
  | "releaseContact"
  | "recordContact"
  | "recordBreach"
  | "cancelContact"
  | "recordVictimNotice"
  | "recordVictimAttempt"
  | "signOffAttempts";
const OF_CASE: readonly Name[] = ["recordVictimNotice", "recordVictimAttempt", "signOffAttempts"];

async function tell(who: Who, name: Name, input: object): Promise<Outcome> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const shown = OF_CASE.includes(name)
    ? "case { gate { state } justiceOutreach { kind outcome madeBy } }"
    : "contact { id level state dueBy gated plannedBy releasedBy madeBy message closedBy }";
  const answer = await door.ask(
    who,
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${shown} problem } }`,
    { input: { key: randomUUID(), ...input } },
  );
  if (answer.status !== 200 || answer.errors) throw new Error(answer.text);
  return answer.data![name] as Outcome;
}

interface Man {
  readonly personId: string;
  readonly cases: readonly string[];
}
/** A man at a level, of whom so many victims are known. */
async function manAt(level: "A" | "B" | "C", victims = 1): Promise<Man> {
  const { id: personId } = await write.person();
  const cases: string[] = [];
  for (let count = 0; count < victims; count++) {
    const { id: victimId } = await write.victim();
    cases.push((await write.caseFile({ personId, victimId })).id);
  }
  const { id: proposalId } = await write.proposal({ personId, level, supersededAt: now() });
  await write.confirmation({ personId, proposalId, level, confirmedAt: new Date(START - HOUR) });
  return { personId, cases };
}
const MEANS = { A: "LETTER", B: "CALL_IN", C: "NOTIFICATION" } as const;
const plan = (man: Man, level: "A" | "B" | "C", more: object = {}, who = DAN) =>
  tell(who, "planContact", {
    personId: man.personId,
    level,
    means: MEANS[level],
    plannedFor: at(5),
    ...more,
  });
const idOf = async (planned: Promise<Outcome>) => (await planned).contact!.id;
const release = (contactId: string, more: object = {}) =>
  tell(CORA, "releaseContact", { contactId, expects: "PLANNED", ...more });
const notice = (caseId: string, more: object = {}) =>
  tell(DAN, "recordVictimNotice", { caseId, madeAt: now().toISOString(), ...more });
const attempt = (caseId: string) =>
  tell(DAN, "recordVictimAttempt", { caseId, madeAt: now().toISOString(), outcome: "NOT_REACHED" });
const record = (contactId: string, more: object = {}) =>
  tell(DAN, "recordContact", {
    ...{ contactId, expects: "RELEASED", outcome: "MADE", madeAt: now().toISOString(), madeBy: "Dan" },
    ...more,
  });
const stateOf = async (id: string) =>
  (await database.query<{ state: string }[]>("SELECT state FROM contact WHERE id = $1", [id]))[0]!.state;
const told = async (id: string) =>
  (
    await database.query<{ change: string }[]>(
      "SELECT facts->>'change' AS change FROM outbox.event WHERE facts->>'contactId' = $1 ORDER BY position",
      [id],
    )
  ).map(({ change }) => change);

test("L121: what was recorded before the plan opens nothing, though who planned it had come first or has a slow clock", async () => {
  const man = await manAt("B", 2);
  elapsed += 60_000;
  await notice(man.cases[0]!);
  for (let count = 0; count < 3; count++) await attempt(man.cases[1]!);
  elapsed -= 60_000;
  const contact = await idOf(plan(man, "B"));
  elapsed += 120_000;
  expect((await tell(CORA, "signOffAttempts", { contactId: contact, caseId: man.cases[1]! })).problem).toBe("NOT_ENOUGH_ATTEMPTS"); // prettier-ignore
  expect(await release(contact)).toEqual({ contact: null, problem: "VICTIM_NOT_TOLD" });
});

test("L24: at level B: planned, notice, released, made; each by its name, and told of", async () => {
  const man = await manAt("B", 2);
  const planned = await plan(man, "B");
  expect(planned).toMatchObject({
    contact: { state: "PLANNED", gated: true, dueBy: null, plannedBy: "dan@metro-police" },
    problem: null,
  });
  const { id } = planned.contact!;
  expect(await release(id)).toEqual({ contact: null, problem: "VICTIM_NOT_TOLD" });
  expect(await notice(man.cases[0]!)).toMatchObject({ case: { gate: { state: "OPEN" } }, problem: null });
  expect(await release(id)).toEqual({ contact: null, problem: "VICTIM_NOT_TOLD" });
  await notice(man.cases[1]!);
  expect(await release(id)).toMatchObject({
    contact: { state: "RELEASED", releasedBy: "cora@metro-police" },
    problem: null,
  });
  expect(await record(id, { message: "What follows, and the help there is." })).toMatchObject({
    contact: { state: "MADE", madeBy: "Dan", closedBy: "dan@metro-police" },
    problem: null,
  });
  expect(await told(id)).toEqual(["planned", "released", "made"]);
});

test("L24: attempts failed, and a coordinator who made none of them signs", async () => {
  const man = await manAt("B");
  const id = await idOf(plan(man, "B"));
  const sign = (who = CORA) => tell(who, "signOffAttempts", { contactId: id, caseId: man.cases[0] });
  await attempt(man.cases[0]!);
  expect((await sign()).problem).toBe("NOT_ENOUGH_ATTEMPTS");
  await attempt(man.cases[0]!);
  expect((await release(id)).problem).toBe("VICTIM_NOT_TOLD");
  expect((await sign({ ...CORA, subject: "dan" })).problem).toBe("SIGNER_MADE_AN_ATTEMPT");
  expect(await sign()).toMatchObject({ case: { gate: { state: "OPEN" } }, problem: null });
  expect((await release(id)).problem).toBeNull();
});

test.each([
  ["held", "HOLD_STANDS"],
  [null, "ADVOCACY_SILENT"],
] as const)(
  "L24: while the advocacy side answers %j, nothing of any level is released",
  async (answer, problem) => {
    for (const level of ["B", "C"] as const) {
      const man = await manAt(level);
      const id = await idOf(plan(man, level));
      await notice(man.cases[0]!);
      holds = answer;
      const key = randomUUID();
      expect(await release(id, { key })).toEqual({ contact: null, problem });
      expect([await stateOf(id), await told(id)]).toEqual(["planned", ["planned"]]);
      holds = "clear";
      expect((await release(id, { key })).problem).toBeNull();
    }
  },
);

test("L24: who moved up to level A since is not contacted", async () => {
  const man = await manAt("C");
  const id = await idOf(plan(man, "C"));
  const { id: proposalId } = await write.proposal({ personId: man.personId, level: "A" });
  await write.confirmation({ personId: man.personId, proposalId, level: "A", confirmedAt: now() });
  expect((await release(id)).problem).toBe("LEVEL_NOT_IN_FORCE");
});

test("L28: what was made without a release that held is a breach, and nothing else", async () => {
  const man = await manAt("C");
  const made = { madeAt: now().toISOString(), madeBy: "Dan" };
  const planned = await idOf(plan(man, "C"));
  expect((await record(planned, { expects: "PLANNED" })).problem).toBe("NOT_RELEASED");
  const breach = await tell(DAN, "recordBreach", { contactId: planned, expects: "PLANNED", ...made });
  expect(breach).toMatchObject({ contact: { state: "BREACHED" }, problem: null });
  expect((await release(planned, { expects: "BREACHED" })).problem).toBe("OVER");

  const before = now().toISOString();
  const lapsed = await idOf(plan(man, "C"));
  await release(lapsed);
  expect((await record(lapsed, { madeAt: before })).problem).toBe("OUTSIDE_RELEASE");
  elapsed += 25 * HOUR;
  expect((await record(lapsed)).problem).toBe("OUTSIDE_RELEASE");
  expect((await record(lapsed, { outcome: "NOT_FOUND" })).problem).toBe("OUTSIDE_RELEASE");
});

test("L30: told again under its key it is done once, and another telling under it is refused", async () => {
  const man = await manAt("C");
  const key = randomUUID();
  const input = { key, plannedFor: at(5) };
  const first = await plan(man, "C", input);
  expect(await plan(man, "C", input)).toEqual(first);
  expect((await plan(man, "C", { ...input, place: "Elsewhere" })).problem).toBe("KEY_USED_OTHERWISE");
  const otherwise = { key, contactId: first.contact!.id, expects: "PLANNED" };
  expect((await tell(DAN, "cancelContact", otherwise)).problem).toBe("KEY_USED_OTHERWISE");
  expect(await database.query("SELECT FROM contact WHERE person_id = $1", [man.personId])).toHaveLength(1);

  const again = { key: randomUUID() };
  const [one, other] = await Promise.all([
    release(first.contact!.id, again),
    release(first.contact!.id, again),
  ]);
  expect([one, other]).toEqual([one, one]);
  expect(one.problem).toBeNull();
  const before = asked;
  holds = null;
  expect(await release(first.contact!.id, again)).toEqual(one);
  expect(asked).toBe(before);
});

test("L30: the key of one caller is not another's", async () => {
  const man = await manAt("C");
  const input = { key: randomUUID(), plannedFor: at(5) };
  const first = await plan(man, "C", input);
  const second = await plan(man, "C", input, { ...DAN, subject: "another" });
  expect(second.problem).toBeNull();
  expect(second.contact!.id).not.toBe(first.contact!.id);
});

test("L30: what somebody saw of a contact and is not so any more is STALE", async () => {
  const id = await idOf(plan(await manAt("C"), "C"));
  await tell(DAN, "cancelContact", { contactId: id, expects: "PLANNED" });
  for (const problem of [
    await release(id),
    await record(id),
    await tell(DAN, "cancelContact", { contactId: id, expects: "PLANNED" }),
    await tell(DAN, "recordBreach", { contactId: id, expects: "RELEASED", madeAt: at(0), madeBy: "Dan" }),
  ].map((one) => one.problem)) {
    expect(problem).toBe("STALE");
  }
  expect(await stateOf(id)).toBe("cancelled");
});

describe("L27: bad input is a problem, and changes nothing", () => {
  const NOWHERE = randomUUID();
  const page = "x".repeat(4_001);
  test.each<[what: string, input: object, problem: string]>([
    ["a person who is not there", { personId: NOWHERE }, "NOT_FOUND"],
    ["an id that is none", { personId: "17" }, "NOT_FOUND"],
    ["a key that is none", { key: "once" }, "KEY_IS_NO_UUID"],
    ["a level that is not in force", { level: "B", means: "CALL_IN" }, "LEVEL_NOT_IN_FORCE"],
    ["a means of another level", { means: "LETTER" }, "MEANS_NOT_IN_PROTOCOL"],
    ["a day that is past", { plannedFor: "2020-01-01T00:00:00Z" }, "IN_THE_PAST"],
    ["a day too far ahead", { plannedFor: "2199-01-01T00:00:00Z" }, "TOO_FAR_AHEAD"],
    ["an empty place", { place: " " }, "TEXT_MISSING"],
    ["a place that is too long", { place: "x".repeat(201) }, "TEXT_TOO_LONG"],
    ["a place that is no text", { place: "a\u0000" }, "TEXT_HAS_CONTROL_CHARACTERS"],
    ["a messenger of nowhere", { messenger: "mo" }, "MESSENGER_WITHOUT_AGENCY"],
  ])("a plan with %s", async (_what, input, problem) => {
    const man = await manAt("C");
    expect(await plan(man, "C", input)).toEqual({ contact: null, problem });
    expect(await database.query("SELECT FROM contact WHERE person_id = $1", [man.personId])).toEqual([]);
  });

  test("a plan at level A: no message", async () => {
    expect((await plan(await manAt("A"), "A")).problem).toBe("NO_MESSAGE");
  });

  test.each<[what: string, input: object, problem: string]>([
    ["a day ahead", { madeAt: "2199-01-01T00:00:00Z" }, "IN_THE_FUTURE"],
    ["nobody", { madeBy: "" }, "TEXT_MISSING"],
    ["a name that is too long", { madeBy: "x".repeat(201) }, "TEXT_TOO_LONG"],
    ["a message that is too long", { message: page }, "TEXT_TOO_LONG"],
    ["a message that is no text", { message: "\u001b[2J" }, "TEXT_HAS_CONTROL_CHARACTERS"],
    ["a contact that is not there", { contactId: NOWHERE }, "NOT_FOUND"],
    ["a contact by an id that is none", { contactId: "17" }, "NOT_FOUND"],
  ])("an outcome with %s", async (_what, input, problem) => {
    const id = await idOf(plan(await manAt("C"), "C"));
    await release(id);
    expect(await record(id, input)).toEqual({ contact: null, problem });
    expect(await stateOf(id)).toBe("released");
  });

  test("a notice of a case that is not there, ahead of the clock, or from before the plan", async () => {
    const man = await manAt("B");
    const before = now().toISOString();
    await plan(man, "B");
    const file = man.cases[0]!;
    expect((await notice(NOWHERE)).problem).toBe("NOT_FOUND");
    expect((await notice("17")).problem).toBe("NOT_FOUND");
    expect((await notice(file, { madeAt: at(1) })).problem).toBe("IN_THE_FUTURE");
    expect((await notice(file, { madeAt: before })).problem).toBe("BEFORE_THE_PLAN");
    expect(await database.query("SELECT FROM justice_outreach WHERE case_id = $1", [file])).toEqual([]);
  });

  test("a signature for a case of another man, or a contact of another", async () => {
    const [man, other] = [await manAt("B"), await manAt("B")];
    const id = await idOf(plan(man, "B"));
    for (const input of [
      { contactId: id, caseId: other.cases[0] },
      { contactId: NOWHERE, caseId: man.cases[0] },
      { contactId: id, caseId: NOWHERE },
    ]) {
      expect(await tell(CORA, "signOffAttempts", input)).toEqual({ case: null, problem: "NOT_FOUND" });
    }
  });
});

test("L24: a detective neither releases nor signs; nobody else does any of it", async () => {
  const input = `{ key: "${randomUUID()}", contactId: "${randomUUID()}" `;
  const release = `mutation { releaseContact(input: ${input} expects: PLANNED }) { problem } }`;
  const sign = `mutation { signOffAttempts(input: ${input} caseId: "${randomUUID()}" }) { problem } }`;
  const cancel = `mutation { cancelContact(input: ${input} expects: PLANNED }) { problem } }`;
  const PAT: Who = { agency: "county-prosecutor", roles: ["prosecutor"] };
  const ANN: Who = { agency: "harbor-house", roles: ["advocate"] };
  for (const [who, query] of [
    [DAN, release],
    [DAN, sign],
    [PAT, cancel],
    [ANN, cancel],
    [ANN, release],
  ] as const) {
    // prettier-ignore
    expect((await door.ask(who, query)).status).toBe(403);
  }
});

test("L20: who is cut off from a man gets the answer of a man who is not there", async () => {
  const man = await manAt("C");
  const id = await idOf(plan(man, "C"));
  await write.conflict({ agency: "metro-police", subject: "cut", personId: man.personId, why: "related" });
  const cut = { ...DAN, subject: "cut" };
  expect(await plan(man, "C", {}, cut)).toEqual({ contact: null, problem: "NOT_FOUND" });
  const called = await tell(cut, "cancelContact", { contactId: id, expects: "PLANNED" });
  expect(called).toEqual({ contact: null, problem: "NOT_FOUND" });
  expect(await stateOf(id)).toBe("planned");
});
