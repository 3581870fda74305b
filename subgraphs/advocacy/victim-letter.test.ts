import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { Client } from "pg";
import { printedTexts } from "../../platform/letters/printed-text.fixture";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import type { PoliceAddresses } from "./offender-addresses";
import { migrate } from "./store/database";

const START = new Date("2026-03-05T12:00:00Z").getTime();
let elapsed = 0;
const now = () => new Date(START + elapsed);
const ANN: Who = { agency: "harbor-house", role: "advocate", subject: "ann" };
const BEA: Who = { agency: "harbor-house", role: "advocate", subject: "bea" };
const SAL: Who = { agency: "safe-passage", role: "advocate", subject: "sal" };

/** What law enforcement would say; null: it is silent. */
let police: PoliceAddresses | null;
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
    of: (_agency, ids) => {
      const answer = police;
      return Promise.resolve(answer === null ? null : new Map(ids.map((id) => [id, answer])));
    },
  });
});
afterAll(async () => {
  await door?.close();
  await Promise.all([harbor?.drop(), passage?.drop()]);
});

const says = (mayWrite: boolean, language = "en", toldAt = "2026-02-20T10:00:00Z") =>
  sql(
    `INSERT INTO safe_contact (case_id, may_call, may_write, may_leave_message, may_visit, language, told_at, recorded_at,
       recorded_by) VALUES ($1, true, $2, false, true, $3, $4, $5, 'ann')`,
    [caseId, mayWrite, language, toldAt, now().toISOString()],
  );
beforeEach(async () => {
  elapsed = 0;
  police = { his: ["12 Main St, Kingston"], hers: [] };
  caseId = randomUUID();
  await sql("INSERT INTO case_assignment VALUES ($1, '2026-01-01Z')", [caseId]);
  await sql(
    "INSERT INTO client (id, case_id, preferred_name, address) VALUES ($1, $2, 'Mary', '7 Elm St, Kingston')",
    [randomUUID(), caseId],
  );
});

const SHOWN = "id state text language templateId templateVersion pdf pdfHash draftedBy approvedBy closedBy";
interface Letter extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly text: string;
  readonly pdf: string;
}
type Result = { letter: Letter | null; problem: string | null };
type Name = "draftVictimLetter" | "approveVictimLetter" | "mailVictimLetter" | "withdrawVictimLetter";
const nothing = (problem: string) => ({ letter: null, problem });

async function tell(who: Who, name: Name, input: object): Promise<Result> {
  const type = name === "draftVictimLetter" ? "DraftVictimLetterInput" : "ChangeVictimLetterInput";
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { letter { ${SHOWN} } problem } }`;
  const { data, text } = await door.ask(who, query, { input: { key: randomUUID(), caseId, ...input } });
  if (!data) throw new Error(text);
  return data[name] as Result;
}
const draft = (more: object = {}, who = ANN) =>
  tell(who, "draftVictimLetter", { name: "Mary", advocate: "Ann", ...more });
const approve = (letterId: string, who = BEA, more: object = {}) =>
  tell(who, "approveVictimLetter", { letterId, expects: "DRAFTED", ...more });
const mail = (letterId: string, expects = "APPROVED", more: object = {}) =>
  tell(ANN, "mailVictimLetter", { letterId, expects, ...more });
const withdraw = (letterId: string, expects: string) =>
  tell(ANN, "withdrawVictimLetter", { letterId, expects });
const idOf = async (drafted: Promise<Result>) => (await drafted).letter!.id;
const statesOf = async () =>
  (await sql<{ state: string }>("SELECT state FROM victim_letter WHERE case_id = $1", [caseId])).map(
    ({ state }) => state,
  );

test("AV41: a letter from the draft to the post, each by her name; it is an outreach of the agency", async () => {
  await says(true, "es-MX");
  const drafted = await draft();
  expect(drafted).toMatchObject({
    letter: {
      ...{ state: "DRAFTED", language: "es", templateId: "victim-letter.es", templateVersion: 1 },
      ...{ draftedBy: "ann", approvedBy: null },
    },
    problem: null,
  });
  const { id } = drafted.letter!;
  expect(await approve(id, ANN)).toEqual(nothing("OWN_DRAFT"));
  expect(await mail(id, "DRAFTED")).toEqual(nothing("NOT_APPROVED"));
  expect(await approve(id)).toMatchObject({
    letter: { state: "APPROVED", approvedBy: "bea" },
    problem: null,
  });
  expect(await mail(id)).toMatchObject({ letter: { state: "MAILED", closedBy: "ann" }, problem: null });
  const outreach = await sql("SELECT kind, outcome, made_by FROM outreach WHERE case_id = $1", [caseId]);
  expect(outreach).toEqual([{ kind: "letter", outcome: "sent", made_by: "ann" }]);
});

test("AV42: the printed letters of the site, read back, say what they should; the hash is of the file", async () => {
  await says(true);
  const english = await draft();
  elapsed = 1_000;
  await says(true, "es");
  const spanish = await draft();
  const letters = [
    ["victim-letter.en", english],
    ["victim-letter.es", spanish],
  ] as const;
  const files = letters.map(([, { letter }]) => Buffer.from(letter!.pdf, "base64"));
  const read = await printedTexts(files);
  for (const [index, [id, { letter }]] of letters.entries()) {
    const golden = readFileSync(`subgraphs/advocacy/letters.golden/${id}.txt`, "utf8").trim();
    expect(letter!.text).toBe(golden);
    expect(read[index]).toBe(golden.replace(/\s+/g, " "));
    expect(letter!["pdfHash"]).toBe(createHash("sha256").update(files[index]!).digest("hex"));
  }
});

describe("AV40: no letter to her without her word, and none to an address that may be his", () => {
  test.each<[why: string, problem: string, set: () => unknown]>([
    ["nobody asked her", "NEVER_ASKED", () => undefined],
    ["she said no", "SHE_SAID_NO", () => says(false)],
    ["she said so long ago", "ASKED_TOO_LONG_AGO", () => says(true, "en", "2025-01-01T00:00:00Z")],
    ["they share an address", "ADDRESS_SHARED", async () => {
        await says(true);
        police = { his: ["7 Elm Street, Kingston"], hers: [] };
      }],
    ["law enforcement is silent", "ADDRESS_UNKNOWN", async () => {
        await says(true);
        police = null;
      }],
    ["law enforcement does not know where he lives", "ADDRESS_UNKNOWN", async () => {
        await says(true);
        police = { his: [], hers: [] };
      }],
  ])("a draft when %s", async (_why, problem, set) => {
    await set();
    expect(await draft()).toEqual(nothing(problem));
    expect(await statesOf()).toEqual([]);
  }); // prettier-ignore

  test("it is asked afresh at each step; taken back it can be whatever stands in the way", async () => {
    await says(true);
    const [drafted, approved] = [await idOf(draft()), await idOf(draft())];
    await approve(approved);
    police = { his: ["7 Elm St, Kingston"], hers: [] };
    expect(await approve(drafted)).toEqual(nothing("ADDRESS_SHARED"));
    expect(await mail(approved)).toEqual(nothing("ADDRESS_SHARED"));
    police = { his: ["12 Main St, Kingston"], hers: [] };
    elapsed = 1_000;
    await says(false);
    expect(await mail(approved)).toEqual(nothing("SHE_SAID_NO"));
    expect(await withdraw(approved, "APPROVED")).toMatchObject({
      letter: { state: "WITHDRAWN" },
      problem: null,
    });
    expect(await sql("SELECT FROM outreach WHERE case_id = $1", [caseId])).toEqual([]);
  });
});

describe("AV41: the database holds it too", () => {
  test.each([
    [
      "mailed unapproved",
      "state = 'mailed', closed_at = now(), closed_by = 'ann'",
      /as it was drafted and approved/,
    ],
    [
      "approved by its drafter",
      "state = 'approved', approved_at = now(), approved_by = drafted_by",
      /victim_letter_approved/,
    ],
    ["approved by nobody", "state = 'approved'", /victim_letter_approved/],
    [
      "worded anew",
      "state = 'withdrawn', closed_at = now(), closed_by = 'ann', text = 'another'",
      /as it was drafted/,
    ],
    [
      "printed anew",
      "state = 'withdrawn', closed_at = now(), closed_by = 'ann', pdf = 'a'",
      /as it was drafted/,
    ],
    ["left as it is, with another hash", "pdf_hash = repeat('0', 64)", /as it was drafted/],
  ])("a draft is not %s by a statement written by hand", async (_what, set, refusal) => {
    await says(true);
    const id = await idOf(draft());
    await expect(sql(`UPDATE victim_letter SET ${set} WHERE id = $1`, [id])).rejects.toThrow(refusal);
  });
});

test("AV41: what somebody saw and is not so any more is STALE; what is over stays so", async () => {
  await says(true);
  const id = await idOf(draft());
  expect(await mail(id)).toEqual(nothing("STALE"));
  await approve(id);
  expect(await approve(id)).toEqual(nothing("STALE"));
  expect(await approve(id, BEA, { expects: "APPROVED" })).toEqual(nothing("ALREADY_APPROVED"));
  await mail(id);
  expect(await withdraw(id, "MAILED")).toEqual(nothing("OVER"));
});

test("AV43: told again under its key it is done once, and another telling under it is refused", async () => {
  await says(true);
  const key = randomUUID();
  const first = await draft({ key });
  expect(await draft({ key })).toEqual(first);
  expect(await draft({ key, name: "Maria" })).toEqual(nothing("KEY_USED_OTHERWISE"));
  expect(await approve(first.letter!.id, ANN, { key })).toEqual(nothing("KEY_USED_OTHERWISE"));
  expect(await statesOf()).toEqual(["drafted"]);
});

test.each<[what: string, input: object, problem: string]>([
  ["a case that is not there", { caseId: randomUUID() }, "NOT_FOUND"],
  ["an id that is none", { caseId: "17" }, "NOT_FOUND"],
  ["a key that is none", { key: "once" }, "KEY_IS_NO_UUID"],
  ["no name", { name: " " }, "TEXT_MISSING"],
  ["a name that is too long", { name: "x".repeat(101) }, "TEXT_TOO_LONG"],
  ["a name that is no text", { name: "a\u0000" }, "TEXT_HAS_CONTROL_CHARACTERS"],
  ["nobody to ask for", { advocate: "" }, "TEXT_MISSING"],
  ["a name that the font has not", { name: "Мария" }, "NOT_PRINTABLE"],
])("AV43: a draft with %s is a problem, and changes nothing", async (_what, input, problem) => {
  await says(true);
  expect(await draft(input)).toEqual(nothing(problem));
  expect(await statesOf()).toEqual([]);
});

test("AV43: a language that the site has not, and letters that are not there", async () => {
  await says(true, "fr");
  expect(await draft()).toEqual(nothing("LANGUAGE_NOT_OFFERED"));
  for (const letterId of [randomUUID(), "17"]) {
    expect(await approve(letterId)).toEqual(nothing("NOT_FOUND"));
    expect(await mail(letterId)).toEqual(nothing("NOT_FOUND"));
    expect(await withdraw(letterId, "DRAFTED")).toEqual(nothing("NOT_FOUND"));
  }
  expect(await approve(randomUUID(), BEA, { key: "once" })).toEqual(nothing("KEY_IS_NO_UUID"));
});

test("AV43: another agency's letter is not there, to change or to read, nor is one behind a wall", async () => {
  await says(true);
  const id = await idOf(draft());
  expect(await draft({}, SAL)).toEqual(nothing("NOT_FOUND"));
  expect(await approve(id, SAL)).toEqual(nothing("NOT_FOUND"));
  const read = async (who: Who) => {
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { victimLetters { id pdf } } } }`;
    const { data, text } = await door.ask(who, query, {
      r: [{ __typename: "Case", id: caseId, assignedAgency: "harbor-house" }],
    });
    if (!data) throw new Error(text);
    return (data["_entities"] as { victimLetters: { id: string }[] | null }[])[0]!.victimLetters;
  };
  expect((await read(BEA))!.map((letter) => letter.id)).toEqual([id]);
  expect(await read(SAL)).toBeNull();
  await sql(
    `INSERT INTO conflict_of_interest (agency, subject, case_id, why, recorded_by, recorded_at, mutation_key)
     VALUES ('harbor-house', 'bea', $1, 'related', 'ann', now(), 'k')`,
    [caseId],
  );
  expect(await read(BEA)).toBeNull();
  expect(await approve(id)).toEqual(nothing("NOT_FOUND"));
});
