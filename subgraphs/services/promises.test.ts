import { randomUUID } from "node:crypto";
import { createTestDatabase } from "../../test/setup/databases";
import {
  COORDINATOR,
  MESSENGER,
  NEW_START,
  NOBODY,
  OPEN_DOOR,
  openActing,
  type Acting,
} from "./acts.fixture";
import type { Who } from "./door.fixture";
import { refer, sql } from "./records.fixture";

/** Promises of help: who makes them, what becomes of them, and whom the ledger tells. */
const NOW = new Date("2026-03-10T12:00:00Z");
const PROMISE = "promise { id text promisedTo dueOn ownerAgency state settledAt person { id } }";

let acting: Acting;
let person: string;

beforeAll(async () => {
  acting = await openActing(createTestDatabase, NOW);
});
afterAll(() => acting.close());
beforeEach(async () => {
  person = randomUUID();
  await refer(acting.url, person, { agency: "new-start" });
});

interface Promised {
  readonly id: string;
  readonly state: string;
}

const make = async (who: Who, input: object = {}) =>
  acting.tell<Promised>(
    who,
    "makeHelpPromise",
    {
      person: (await acting.handle(who, person)) ?? NOBODY,
      text: "Bus tickets.",
      dueOn: "2026-03-20",
      promisedTo: "OFFENDER",
      ...input,
    },
    PROMISE,
  );
const rows = () =>
  sql(acting.url, "SELECT state, made_by, settled_by FROM help_promise WHERE person_id = $1", [person]);

test.each<[string, Who]>([
  ["a provider to whom he was referred", NEW_START],
  ["a coordinator", COORDINATOR],
  ["a messenger who is shown him", MESSENGER],
])("SV23: %s promises help that his agency has to keep", async (_who, who) => {
  const { row, problem } = await make(who, { promisedTo: "COMMUNITY" });
  expect(problem).toBeNull();
  expect(row).toEqual({
    id: expect.any(String) as string,
    text: "Bus tickets.",
    promisedTo: "COMMUNITY",
    dueOn: "2026-03-20",
    ownerAgency: who.agency,
    state: "OPEN",
    settledAt: null,
    person: { id: person },
  });
  expect(await rows()).toEqual([{ state: "open", made_by: `${who.role}-1@${who.agency}`, settled_by: null }]);
});

test.each<[string, object, string]>([
  ["a key that is none", { key: "k" }, "KEY_IS_NO_UUID"],
  ["no text", { text: "  " }, "TEXT_MISSING"],
  ["a page for a line", { text: "x".repeat(201) }, "TEXT_TOO_LONG"],
  ["a text that hides another", { text: "help\u0007" }, "TEXT_HAS_CONTROL_CHARACTERS"],
  ["a text that turns round", { text: "help\u202e" }, "TEXT_HAS_CONTROL_CHARACTERS"],
  ["a day that is over everywhere", { dueOn: "2026-03-09" }, "DAY_IN_THE_PAST"],
  ["a day years ahead", { dueOn: "2028-03-09" }, "DAY_TOO_FAR_AHEAD"],
  ["a person's id instead of a handle", { person: NOBODY }, "NOT_FOUND"],
])("SV23: %s is a problem, and nothing is recorded", async (_what, input, problem) => {
  expect(await make(COORDINATOR, input)).toEqual({ row: null, problem });
  expect(await rows()).toEqual([]);
});

test("SV24: a handle names him to nobody else, not in another's words, and not for ever", async () => {
  const his = await acting.handle(COORDINATOR, person);
  expect(his).not.toBeNull();
  const [id, until, mac] = his!.split(".") as [string, string, string];
  const forged = [
    `${randomUUID()}.${until}.${mac}`,
    `${id}.${until}z.${mac}`,
    `${id}.${until}`,
    `${id}.1.${mac}`,
    "",
  ];
  for (const handle of forged) {
    expect(await make(COORDINATOR, { person: handle })).toEqual({ row: null, problem: "NOT_FOUND" });
  }
  for (const who of [NEW_START, { ...COORDINATOR, subject: "another" }]) {
    expect(await make(who, { person: his })).toEqual({ row: null, problem: "NOT_FOUND" });
  }
  expect((await make(COORDINATOR, { person: his })).problem).toBeNull();
});

test("SV24: of whom law enforcement does not show there is no handle, nor for a provider of who was not sent to him", async () => {
  expect(await acting.handle(COORDINATOR, person, false)).toBeNull();
  expect(await acting.handle(MESSENGER, person, false)).toBeNull();
  expect(await acting.handle(OPEN_DOOR, person)).toBeNull();
  await sql(acting.url, "UPDATE referral SET state = 'closed' WHERE person_id = $1", [person]);
  expect(await acting.handle(NEW_START, person)).toBeNull();
});

test.each([
  ["keep", "KEPT"],
  ["break", "BROKEN"],
  ["withdraw", "WITHDRAWN"],
])("SV22: its owner says %s, once", async (event, state) => {
  const { row } = await make(NEW_START);
  const told = { key: randomUUID(), promiseId: row!.id, expects: "OPEN" };
  const settle = (who: Who, input: object) =>
    acting.tell<Promised>(who, `${event}HelpPromise`, input, PROMISE);
  for (const who of [OPEN_DOOR, COORDINATOR, MESSENGER]) {
    expect(await settle(who, { ...told, key: randomUUID() })).toEqual({ row: null, problem: "NOT_FOUND" });
  }
  for (const promiseId of [NOBODY, "x"]) {
    expect((await settle(NEW_START, { ...told, promiseId, key: randomUUID() })).problem).toBe("NOT_FOUND");
  }
  const first = await settle(NEW_START, told);
  expect(first).toMatchObject({ row: { state, settledAt: NOW.toISOString() }, problem: null });
  expect(await settle(NEW_START, told)).toEqual(first);
  expect((await settle(NEW_START, { ...told, expects: state })).problem).toBe("KEY_USED_OTHERWISE");
  expect((await settle(NEW_START, { ...told, key: randomUUID() })).problem).toBe("STALE");
  expect((await settle(NEW_START, { ...told, key: randomUUID(), expects: state })).problem).toBe("OVER");
  expect(await rows()).toEqual([
    { state: state.toLowerCase(), made_by: "provider-1@new-start", settled_by: "provider-1@new-start" },
  ]);
});

test("SV23: a promise and what becomes of it are told of in their transactions", async () => {
  const { row } = await make(NEW_START);
  await acting.tell(NEW_START, "breakHelpPromise", { promiseId: row!.id, expects: "OPEN" }, PROMISE);
  await make(NEW_START, { text: "" });
  const told = await sql(acting.url, "SELECT topic, facts FROM outbox.event WHERE key = $1 AND topic = 'help-promise' ORDER BY xid, position", [person]); // prettier-ignore
  expect(told).toEqual(
    ["open", "broken"].map((change) => ({ topic: "help-promise", facts: { change, promiseId: row!.id } })),
  );
});

describe("overdue", () => {
  const overdue = async (who: Who, after: string | null = null) => {
    const query = `query ($after: String) { overdueHelpPromises(first: 2, after: $after) {
      promises { text } endCursor hasNextPage } }`;
    const { data } = await acting.door.ask(who, query, { after });
    return data!["overdueHelpPromises"] as {
      promises: { text: string }[];
      endCursor: string | null;
      hasNextPage: boolean;
    };
  };
  const texts = async (who: Who) => (await overdue(who)).promises.map(({ text }) => text);

  beforeEach(() =>
    sql(
      acting.url,
      `WITH gone AS (DELETE FROM help_promise)
       INSERT INTO help_promise (person_id, text, due_on, owner_agency, state)
       VALUES ($1, 'third', '2026-03-09', 'new-start', 'open'), ($1, 'first', '2026-02-01', 'new-start', 'open'),
         ($1, 'second', '2026-02-01', 'new-start', 'open'), ($1, 'not yet', '2026-03-10', 'new-start', 'open'),
         ($1, 'kept', '2026-02-01', 'new-start', 'kept'), ($1, 'of the police', '2026-02-01', 'metro-police', 'open')`,
      [person],
    ),
  );

  test("SV23: an agency is shown its own that are open and overdue everywhere, the longest first, page by page", async () => {
    const one = await overdue(NEW_START);
    expect(one.promises.map(({ text }) => text).sort()).toEqual(["first", "second"]);
    const two = await overdue(NEW_START, one.endCursor);
    expect(two).toMatchObject({ promises: [{ text: "third" }], hasNextPage: false });
    expect(await texts(COORDINATOR)).toEqual(["of the police"]);
    expect(await texts(OPEN_DOOR)).toEqual([]);
  });

  test("SV17: whom a conflict cuts off is shown none of the person", async () => {
    await sql(
      acting.url,
      `INSERT INTO conflict_of_interest (agency, subject, person_id, why, recorded_by, recorded_at)
       VALUES ('new-start', 'cut-off', $1, 'party', 'x', now())`,
      [person],
    );
    expect(await texts({ ...NEW_START, subject: "cut-off" })).toEqual([]);
    expect(await texts(NEW_START)).toHaveLength(2);
  });
});
