import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { askLawEnforcement, type PoliceAddresses } from "./offender-addresses";
import { migrate } from "./store/database";

const START = new Date("2026-03-01T12:00:00Z").getTime();
const DAY = 86_400_000;
let elapsed = 0;
const now = () => new Date(START + elapsed);
const ANN: Who = { agency: "harbor-house", role: "advocate", subject: "ann" };
const SAL: Who = { agency: "safe-passage", role: "advocate", subject: "sal" };

/** What law enforcement would say; null: it is silent. */
let police: ((caseId: string) => PoliceAddresses | undefined) | null;
const asked: { agency: string; caseIds: readonly string[] }[] = [];

let harbor: TestDatabase;
let passage: TestDatabase;
let door: TestDoor;
let caseId: string;
let clientId: string;

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
  door = await openTestDoor({ "harbor-house": harbor.url, "safe-passage": passage.url }, now, {
    of: (agency, caseIds) => {
      asked.push({ agency, caseIds });
      const answer = police;
      if (answer === null) return Promise.resolve(null);
      return Promise.resolve(new Map(caseIds.flatMap((id) => (answer(id) ? [[id, answer(id)!]] : []))));
    },
  });
});
afterAll(async () => {
  await door?.close();
  await Promise.all([harbor?.drop(), passage?.drop()]);
});
beforeEach(async () => {
  elapsed = 0;
  police = () => ({ his: ["12 Main St, Kingston"], hers: [] });
  asked.length = 0;
  caseId = randomUUID();
  clientId = randomUUID();
  await sql("INSERT INTO case_assignment VALUES ($1, '2026-01-01Z')", [caseId]);
  await sql(
    "INSERT INTO client (id, case_id, preferred_name, address) VALUES ($1, $2, 'Mary', '7 Elm St, Kingston')",
    [clientId, caseId],
  );
});

const SAFE = `toldAt recordedAt language hoursFrom hoursUntil means { means safe reason }`;
const YES = {
  mayCall: true,
  mayWrite: true,
  mayLeaveMessage: true,
  mayVisit: true,
  language: "es",
  toldAt: "2026-02-20T10:00:00Z",
};
interface Safe {
  readonly means: { means: string; safe: boolean; reason: string | null }[];
  readonly language: string | null;
}
type Result = { safeOutreach: Safe | null; problem: string | null };

async function record(more: object = {}, who = ANN): Promise<Result> {
  const input = { key: randomUUID(), caseId, ...YES, ...more };
  const { data, text } = await door.ask(
    who,
    `mutation ($input: RecordSafeContactInput!) { recordSafeContact(input: $input) { safeOutreach { ${SAFE} } problem } }`,
    { input },
  );
  if (!data) throw new Error(text);
  return data["recordSafeContact"] as Result;
}
async function move(address: string, more: object = {}, who = ANN) {
  const { data } = await door.ask(
    who,
    `mutation ($input: RecordClientAddressInput!) { recordClientAddress(input: $input) { clientContact { address } problem } }`,
    { input: { key: randomUUID(), caseId, address, ...more } },
  );
  return data!["recordClientAddress"] as {
    clientContact: { address: string } | null;
    problem: string | null;
  };
}
async function read(ids: readonly string[] = [caseId], who = ANN): Promise<(Safe | null)[]> {
  const { data, text } = await door.ask(
    who,
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { safeOutreach { ${SAFE} } } } }`,
    { r: ids.map((id) => ({ __typename: "Case", id, assignedAgency: "harbor-house" })) },
  );
  if (!data) throw new Error(text);
  return (data["_entities"] as { safeOutreach: Safe | null }[]).map(({ safeOutreach }) => safeOutreach);
}
const reasonsOf = (safe: Safe | null | undefined) =>
  Object.fromEntries((safe?.means ?? []).map(({ means, reason, safe: is }) => [means, is ? null : reason]));
const letter = async () => reasonsOf((await read())[0])["LETTER"];

test("AV24: without what she said nothing is safe; what she said is, and the newest counts", async () => {
  const every = (answer: string | null) => ({ LETTER: answer, CALL: answer, MESSAGE: answer, VISIT: answer });
  expect(reasonsOf((await read())[0])).toEqual(every("NEVER_ASKED"));
  const first = await record();
  expect([first.problem, first.safeOutreach!.language]).toEqual([null, "es"]);
  expect(reasonsOf(first.safeOutreach)).toEqual(every(null));
  elapsed = 1_000;
  const second = await record({ mayCall: false, hoursFrom: "14:00", hoursUntil: "16:00" });
  expect(reasonsOf(second.safeOutreach)).toEqual({
    LETTER: null,
    CALL: "SHE_SAID_NO",
    MESSAGE: "SHE_SAID_NO",
    VISIT: "OUTSIDE_HER_HOURS",
  });
  elapsed = 2.5 * 3_600_000;
  expect(reasonsOf((await read())[0])["VISIT"]).toBeNull();
  elapsed = 180 * DAY;
  expect(reasonsOf((await read())[0])).toEqual(every("ASKED_TOO_LONG_AGO"));
});

test("AV24: told again under its key it is one record, told otherwise it is refused", async () => {
  const key = randomUUID();
  const first = await record({ key });
  elapsed = 1_000;
  expect(await record({ key })).toEqual(first);
  expect(await record({ key, mayCall: false })).toEqual({
    safeOutreach: null,
    problem: "KEY_USED_OTHERWISE",
  });
  const rows = await sql("SELECT may_call, recorded_by FROM safe_contact WHERE case_id = $1", [caseId]);
  expect(rows).toEqual([{ may_call: true, recorded_by: "ann" }]);
});

test.each([
  ["a key that is none", { key: "17" }, "KEY_IS_NO_UUID"],
  ["tomorrow", { toldAt: "2026-03-01T12:01:01Z" }, "IN_THE_FUTURE"],
  ["half of the hours", { hoursFrom: "09:00" }, "HOURS_NOT_VALID"],
  ["an hour that is none", { hoursFrom: "09:00", hoursUntil: "24:00" }, "HOURS_NOT_VALID"],
  ["no hours at all", { hoursFrom: "09:00", hoursUntil: "09:00" }, "HOURS_NOT_VALID"],
  ["hours with control characters", { hoursFrom: "09:00\u0000", hoursUntil: "10:00" }, "HOURS_NOT_VALID"],
  ["no language", { language: "" }, "LANGUAGE_NOT_VALID"],
  ["a language too long", { language: "e".repeat(36) }, "LANGUAGE_NOT_VALID"],
  ["a case that is nobody's", { caseId: randomUUID() }, "NOT_FOUND"],
  ["an id that is none", { caseId: "17" }, "NOT_FOUND"],
])("AV24: %s: nothing is recorded", async (_what, more, problem) => {
  expect(await record(more)).toEqual({ safeOutreach: null, problem });
  expect(await sql("SELECT FROM safe_contact WHERE case_id = $1", [caseId])).toEqual([]);
});

test.each([
  ["a key that is none", { key: "17" }, "KEY_IS_NO_UUID"],
  ["nothing", { address: " \n" }, "TEXT_MISSING"],
  ["a page", { address: "x".repeat(301) }, "TEXT_TOO_LONG"],
  ["control characters", { address: "12 Main\u0007 St" }, "TEXT_HAS_CONTROL_CHARACTERS"],
  ["a case that is nobody's", { caseId: randomUUID() }, "NOT_FOUND"],
])("AV24: an address of %s: nothing is recorded", async (_what, more, problem) => {
  expect(await move("9 Oak St", more)).toEqual({ clientContact: null, problem });
  expect(await sql("SELECT FROM client_address WHERE client_id = $1", [clientId])).toEqual([]);
});

test("AV24: another agency's case is answered as one that is not there, and only a client has an address", async () => {
  expect(await record({}, SAL)).toEqual({ safeOutreach: null, problem: "NOT_FOUND" });
  expect(await move("9 Oak St", {}, SAL)).toEqual({ clientContact: null, problem: "NOT_FOUND" });
  expect(await read([caseId], SAL)).toEqual([null]);
  const other = randomUUID();
  await sql("INSERT INTO case_assignment VALUES ($1, '2026-01-01Z')", [other]);
  expect(await move("9 Oak St", { caseId: other })).toEqual({ clientContact: null, problem: "NO_CLIENT" });
  expect((await record({ caseId: other })).problem).toBeNull();
});

test("AV24: who is cut off from the case by a conflict sees and records nothing of it", async () => {
  await sql(
    `INSERT INTO conflict_of_interest (agency, subject, case_id, why, recorded_by, recorded_at, mutation_key)
     VALUES ('harbor-house', 'ann', $1, 'related', 'bea', now(), $2)`,
    [caseId, randomUUID()],
  );
  expect([await read(), (await record()).problem, (await move("9 Oak St")).problem]).toEqual([
    [null],
    "NOT_FOUND",
    "NOT_FOUND",
  ]);
});

test("AV25: no letter is safe to an address that is his, was his, or of which nobody knows", async () => {
  await record();
  expect(await letter()).toBeNull();
  police = () => ({ his: ["14 Main St, Kingston", "7 elm street apt 2, Kingston"], hers: [] });
  expect(await letter()).toBe("ADDRESS_SHARED");
  police = () => ({ his: ["14 Main St, Kingston"], hers: ["14 Main Street #2, Kingston"] });
  expect(await letter()).toBe("ADDRESS_SHARED");
  police = () => ({ his: [], hers: [] });
  expect(await letter()).toBe("ADDRESS_UNKNOWN");
  police = () => undefined;
  expect(await letter()).toBe("ADDRESS_UNKNOWN");
  police = null;
  expect(await letter()).toBe("ADDRESS_UNKNOWN");
});

test("AV25: a move does not make mail safe", async () => {
  await record();
  police = () => ({ his: ["7 Elm St, Kingston"], hers: [] });
  expect(await letter()).toBe("ADDRESS_SHARED");
  expect(await move("99 Oak St, Albany")).toEqual({
    clientContact: { address: "99 Oak St, Albany" },
    problem: null,
  });
  // As the migration keeps the address that she had before.
  await sql("INSERT INTO client_address (client_id, address, recorded_at, recorded_by) VALUES ($1, '7 Elm St, Kingston', now(), 'x')", [clientId]); // prettier-ignore
  expect(await letter()).toBe("ADDRESS_SHARED");
});

test("AV25: an address that a client leaves stays known", async () => {
  await record();
  await move("12 Main Street, Kingston");
  await move("99 Oak St, Albany");
  expect(await letter()).toBe("ADDRESS_SHARED");
});

test("AV26: law enforcement is asked once a request, for clients and others alike, by agency and case alone", async () => {
  const others = Array.from({ length: 30 }, () => randomUUID());
  await sql("INSERT INTO case_assignment SELECT id, '2026-01-01Z' FROM unnest($1::uuid[]) id", [others]);
  await read([caseId]);
  door.statements();
  await read([caseId]);
  const one = door.statements().length;
  asked.length = 0;
  await read([caseId, ...others]);
  expect(door.statements().length).toBe(one);
  expect(asked).toEqual([{ agency: "harbor-house", caseIds: [caseId, ...others] }]);
  asked.length = 0;
  await read([randomUUID()]);
  expect(asked).toEqual([]);
});

test.each([
  ['{"cases":[{"id":"%s","his":["12 Main St"],"hers":[]}]}', { his: ["12 Main St"], hers: [] }],
  ['{"cases":[]}', undefined],
  [null, "none"],
  ["", "none"],
  ["{}", "none"],
  ['{"cases":[{"id":"%s","his":null,"hers":[]}]}', "none"],
  ['{"cases":[{"id":"%s","his":[],"hers":[],"more":1}]}', "none"],
])("AV26: law enforcement's answer %j reads %j", async (text, read) => {
  const id = randomUUID();
  const bodies: string[] = [];
  const addresses = askLawEnforcement((body) => {
    bodies.push(body);
    return Promise.resolve(text && text.replace("%s", id));
  });
  const answer = await addresses.of("harbor-house", [id]);
  expect(answer === null ? "none" : answer.get(id)).toEqual(read);
  expect(bodies).toEqual([JSON.stringify({ agency: "harbor-house", caseIds: [id] })]);
});
