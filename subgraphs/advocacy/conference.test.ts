import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { migrate } from "./store/database";

const NOW = new Date("2026-03-01T12:00:00Z");
const [CASE, CONFERENCE] = [randomUUID(), randomUUID()];

let places: TestDatabase[];
let door: TestDoor;
beforeAll(async () => {
  places = [
    await createTestDatabase({ key: "advocacy", migrate }),
    await createTestDatabase({ key: "advocacy", migrate }),
  ];
  await sql(0, "INSERT INTO case_assignment VALUES ($1, '2026-01-01Z', 'ann')", [CASE]);
  door = await openTestDoor({ "harbor-house": places[0]!.url, "safe-passage": places[1]!.url }, () => NOW);
});
afterAll(async () => {
  await door?.close();
  await Promise.all((places ?? []).map((place) => place.drop()));
});

async function sql(place: number, statement: string, values: unknown[] = []): Promise<void> {
  const client = new Client({ connectionString: places[place]!.url });
  await client.connect();
  await client.query(statement, values);
  await client.end();
}

const ANN: Who = { agency: "harbor-house", role: "advocate", subject: "ann" };
const BEA: Who = { agency: "harbor-house", role: "advocate", subject: "bea" };
const SAL: Who = { agency: "safe-passage", role: "advocate", subject: "sal" };
const DAN: Who = { agency: "metro-police", role: "detective", subject: "dan" };

interface Action {
  readonly id: string;
  readonly state: string;
}
async function tell(who: Who, name: "add" | "end", input: object) {
  const type = name === "add" ? "AddAdvocacyActionInput" : "EndAdvocacyActionInput";
  const { data, errors } = await door.ask(
    who,
    `mutation ($input: ${type}!) { told: ${name}AdvocacyAction(input: $input) {
       action { id text owner state case { id } } problem } }`,
    { input: { key: randomUUID(), ...input } },
  );
  if (!data) throw new Error(JSON.stringify(errors));
  return data["told"] as { readonly action: Action | null; readonly problem: string | null };
}
const GOOD = {
  conferenceId: CONFERENCE,
  caseId: CASE,
  text: "Go with her to court",
  owner: "bea",
  dueOn: "2026-03-09",
};
const add = (who: Who, more: object = {}) => tell(who, "add", { ...GOOD, ...more });

async function entity(who: Who, type: "Conference" | "Contact", id: string, selection: string) {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${selection} } } }`;
  const { data, errors, status } = await door.ask(who, query, { of: [{ __typename: type, id }] });
  return { status, errors, found: (data?.["_entities"] as Record<string, unknown>[] | undefined)?.[0] };
}
const idsOf = async (who: Who) =>
  (
    (await entity(who, "Conference", CONFERENCE, "advocacyActions { id }")).found![
      "advocacyActions"
    ] as Action[]
  ).map(({ id }) => id);

describe("AV50: what an agency took on at a conference", () => {
  test("is seen by its advocates, told once for a key, and ended once", async () => {
    const key = randomUUID();
    const { action, problem } = await add(ANN, { key });
    expect([action, problem]).toEqual([
      expect.objectContaining({ text: GOOD.text, owner: "bea", state: "OPEN", case: { id: CASE } }),
      null,
    ]);
    expect((await add(ANN, { key })).action!.id).toBe(action!.id);
    expect((await add(ANN, { key, text: "Something else" })).problem).toBe("KEY_USED_OTHERWISE");
    expect(await idsOf(BEA)).toEqual([action!.id]);
    expect(await idsOf(SAL)).toEqual([]);
    expect(await tell(SAL, "end", { actionId: action!.id, done: true })).toEqual({
      action: null,
      problem: "NOT_FOUND",
    });
    expect((await tell(BEA, "end", { actionId: action!.id, done: true })).action!.state).toBe("DONE");
    expect((await tell(BEA, "end", { actionId: action!.id, done: false })).problem).toBe("OVER");
  });

  test("is not there for one whom a conflict cuts off from the case", async () => {
    const { action } = await add(ANN);
    await sql(
      0,
      `INSERT INTO conflict_of_interest (agency, subject, case_id, why, recorded_by, recorded_at, mutation_key)
       VALUES ('harbor-house', 'bea', $1, 'related', 'ann', $2, gen_random_uuid())`,
      [CASE, NOW],
    );
    expect(await idsOf(BEA)).toEqual([]);
    expect((await tell(BEA, "end", { actionId: action!.id, done: true })).problem).toBe("NOT_FOUND");
    expect((await add(BEA)).problem).toBe("NOT_FOUND");
    await sql(0, "DELETE FROM conflict_of_interest");
  });

  test("is nobody's outside to ask for", async () => {
    const { status, errors } = await entity(DAN, "Conference", CONFERENCE, "advocacyActions { id }");
    expect([status, errors![0]!.extensions.code]).toEqual([403, "UNAUTHORIZED_FIELD_OR_TYPE"]);
  });

  test.each([
    [{ caseId: randomUUID() }, "NOT_FOUND"],
    [{ caseId: "x" }, "NOT_FOUND"],
    [{ conferenceId: "x" }, "NOT_FOUND"],
    [{ key: "mine" }, "KEY_IS_NO_UUID"],
    [{ text: " " }, "TEXT_MISSING"],
    [{ text: "x".repeat(201) }, "TEXT_TOO_LONG"],
    [{ owner: "b\u0000" }, "TEXT_HAS_CONTROL_CHARACTERS"],
    [{ dueOn: "2026-02-01" }, "IN_THE_PAST"],
    [{ dueOn: "2028-02-01" }, "TOO_FAR_AHEAD"],
  ])("is not recorded from bad input, case %#", async (more, problem) => {
    const before = await idsOf(ANN);
    expect(await add(ANN, more)).toEqual({ action: null, problem });
    expect(await idsOf(ANN)).toEqual(before);
  });
});

describe("AV51: whether a hold stands on a contact", () => {
  const hold = (place: number, contactId: string) =>
    sql(
      place,
      `INSERT INTO contact_hold (contact_id, hours, placed_by, placed_at, expires_at, mutation_key)
       VALUES ($1, 2, 'sal', $2::timestamptz, $2::timestamptz + interval '2 hours', gen_random_uuid())`,
      [contactId, NOW],
    );

  test("is told in one word, whichever agency's; whose it is, to that agency alone", async () => {
    const [held, free] = [randomUUID(), randomUUID()];
    await hold(1, held);
    expect((await entity(DAN, "Contact", held, "holdStands")).found).toEqual({ holdStands: true });
    expect((await entity(DAN, "Contact", free, "holdStands")).found).toEqual({ holdStands: false });
    const own = "ownHolds { placedBy }";
    expect((await entity(SAL, "Contact", held, own)).found).toEqual({ ownHolds: [{ placedBy: "sal" }] });
    expect((await entity(ANN, "Contact", held, own)).found).toEqual({ ownHolds: [] });
    expect((await entity(DAN, "Contact", held, own)).errors![0]!.extensions.code).toBe(
      "UNAUTHORIZED_FIELD_OR_TYPE",
    );
  });

  test("is an error, and never a no, while an agency cannot say", async () => {
    const [held, free] = [randomUUID(), randomUUID()];
    await hold(0, held);
    await sql(1, "ALTER TABLE contact_hold RENAME TO gone");
    expect((await entity(DAN, "Contact", held, "holdStands")).found).toEqual({ holdStands: true });
    const unknown = await entity(DAN, "Contact", free, "holdStands");
    expect([unknown.found, unknown.errors!.length]).toEqual([{ holdStands: null }, 1]);
    await sql(1, "ALTER TABLE gone RENAME TO contact_hold");
  });
});
