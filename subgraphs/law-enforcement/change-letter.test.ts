import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { DataSource } from "typeorm";
import { printedTexts } from "../../platform/letters/printed-text.fixture";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { migrate, openLawEnforcementDatabase } from "./store/database";
import { miniatureOf, type Miniature } from "./store/miniature.fixture";

const START = new Date("2026-03-05T10:00:00Z").getTime();
const HOUR = 3_600_000;
/** Each look at the clock is a moment later, as it is. */
let looks = 0;
const now = () => new Date(START + looks++);

let place: TestDatabase;
let database: DataSource;
let write: Miniature;
let door: TestDoor;

beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
  write = miniatureOf(database);
  door = await openTestDoor(place.url, now);
});
afterAll(async () => {
  await door?.close();
  await database?.destroy();
  await place?.drop();
});

const CORA: Who = { agency: "metro-police", roles: ["coordinator"], subject: "cora" };
const DAN: Who = { agency: "metro-police", roles: ["detective"], subject: "dan" };
const PAT: Who = { agency: "county-prosecutor", roles: ["prosecutor"], subject: "pat" };
const ANN: Who = { agency: "harbor-house", roles: ["advocate"], subject: "ann" };

const EXPOSURE = "A further arrest is prosecuted as a felony: up to 5 years in prison.";
const SHOWN = `letter { id kind state text language templateId templateVersion pdf pdfHash draftedBy approvedBy approvedAt
  servedOn servedAt servedHow servedBy contactId closedBy } problem leaks { kind line column }`;

interface Letter extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly text: string;
  readonly pdf: string;
}
interface Outcome {
  readonly letter: Letter | null;
  readonly problem: string | null;
  readonly leaks: readonly { readonly kind: string; readonly line: number; readonly column: number }[] | null;
}
type Name = "draftLetter" | "approveLetter" | "recordLetterServed" | "withdrawLetter";
const nothing = (problem: string) => ({ letter: null, problem, leaks: null });

async function tell(who: Who, name: Name, input: object): Promise<Outcome> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${SHOWN} } }`;
  const answer = await door.ask(who, query, { input: { key: randomUUID(), ...input } });
  if (answer.status !== 200 || answer.errors) throw new Error(answer.text);
  return answer.data![name] as Outcome;
}

interface Man {
  readonly personId: string;
  readonly victimId: string;
  readonly caseId: string;
}
async function manAt(
  level: "A" | "B" | "C" | "D",
  name = { givenName: "Carlos", familyName: "Sample" },
): Promise<Man> {
  const { id: personId } = await write.person({ ...name, sex: "M", address: "9 Elm Street" });
  const { id: victimId } = await write.victim({
    ...{ givenName: "Maria", familyName: "Lopez", dateOfBirth: "1990-03-12" },
    ...{ address: "123 N Main St Apt 4", phone: "(595) 555-0102" },
  });
  const { id: caseId } = await write.caseFile({ personId, victimId });
  const { id: proposalId } = await write.proposal({ personId, level, supersededAt: new Date(START - HOUR) });
  await write.confirmation({ personId, proposalId, level, confirmedAt: new Date(START - HOUR) });
  return { personId, victimId, caseId };
}
const draft = ({ personId }: Man, more: object = {}, who = DAN) =>
  tell(who, "draftLetter", {
    personId,
    kind: "CUSTOM_NOTIFICATION",
    language: "en",
    exposure: EXPOSURE,
    ...more,
  });
const draftD = (man: Man, more: object = {}, who = DAN) =>
  draft(man, { kind: "LETTER", exposure: null, ...more }, who);
const approve = (letterId: string, who = PAT, more: object = {}) =>
  tell(who, "approveLetter", { letterId, expects: "DRAFTED", ...more });
const withdraw = (letterId: string, expects: string, who = DAN) =>
  tell(who, "withdrawLetter", { letterId, expects });
const serve = (letterId: string, contactId: string, more: object = {}) =>
  tell(DAN, "recordLetterServed", {
    ...{
      letterId,
      contactId,
      expects: "REVIEWED",
      servedAt: now().toISOString(),
      how: "HANDED_OVER",
      servedBy: "Dan",
    },
    ...more,
  });
const idOf = async (drafted: Promise<Outcome>) => (await drafted).letter!.id;
const lettersOf = ({ personId }: Man) =>
  database.query<{ state: string }[]>("SELECT state FROM exposure_letter WHERE person_id = $1", [personId]);

/** A contact of a man at B, whose victim was told. */
async function contactOf(man: Man, state: "planned" | "released" | "made", level: "B" | "D" = "B") {
  const recordedAt = new Date(START - HOUR);
  await write.outreach({ caseId: man.caseId, recordedAt: new Date(recordedAt.getTime() + 500) });
  const means = level === "B" ? ("custom-notification" as const) : ("letter" as const);
  return (await write.contact({ personId: man.personId, level, means, state, recordedAt })).id;
}
async function approvedLetter(man: Man): Promise<string> {
  const id = await idOf(draft(man));
  await approve(id);
  return id;
}

test("L52: a custom notification from the draft to the contact at which he was given it, each by its name", async () => {
  const man = await manAt("B");
  const drafted = await draft(man);
  expect(drafted).toMatchObject({
    letter: {
      ...{ kind: "CUSTOM_NOTIFICATION", state: "DRAFTED", language: "en", draftedBy: "dan@metro-police" },
      ...{ templateId: "custom-notification.en", templateVersion: 1, approvedBy: null, servedOn: null },
    },
    problem: null,
  });
  const { id } = drafted.letter!;
  expect(await approve(id)).toMatchObject({
    letter: { state: "REVIEWED", approvedBy: "pat@county-prosecutor" },
    problem: null,
  });
  const contactId = await contactOf(man, "released");
  const servedAt = now().toISOString();
  expect(await serve(id, contactId, { servedAt })).toMatchObject({
    letter: {
      ...{
        state: "SERVED",
        servedOn: "2026-03-05",
        servedAt,
        servedHow: "HANDED_OVER",
        servedBy: "Dan",
        contactId,
      },
      ...{ closedBy: "dan@metro-police", text: drafted.letter!.text, pdf: drafted.letter!.pdf },
    },
    problem: null,
  });
});

test("L54: a letter at level D is approved by a coordinator", async () => {
  const man = await manAt("D");
  const id = await idOf(draftD(man));
  expect(await approve(id, PAT)).toEqual(nothing("REVIEWER_OF_OTHER_LETTERS"));
  expect(await approve(id, CORA)).toMatchObject({
    letter: { approvedBy: "cora@metro-police" },
    problem: null,
  });
  const contactId = await contactOf(man, "made", "D");
  expect(await serve(id, contactId, { how: "MAILED" })).toMatchObject({
    letter: { state: "SERVED", servedHow: "MAILED" },
    problem: null,
  });
});

test("L54: legal exposure is no coordinator's to approve, and a draft not its drafter's", async () => {
  const man = await manAt("B");
  expect(await approve(await idOf(draft(man)), CORA)).toEqual(nothing("REVIEWER_OF_OTHER_LETTERS"));
  const own = await idOf(draftD(await manAt("D"), {}, CORA));
  expect(await approve(own, CORA)).toEqual(nothing("OWN_DRAFT"));
});

/** What the letters say when they are printed; checked by a person of the site. */
const golden = (id: string) =>
  readFileSync(`subgraphs/law-enforcement/letters.golden/${id}.txt`, "utf8").trim();

test("LT3: the printed letters of the site, read back, say what they should; the hash is of the file", async () => {
  const letters = [
    ["letter.en", await draftD(await manAt("D"))],
    ["letter.es", await draftD(await manAt("D"), { language: "es" })],
    ["custom-notification.en", await draft(await manAt("B"))],
    [
      "custom-notification.es",
      await draft(await manAt("B"), { language: "es", exposure: "Hasta 5 años de prisión." }),
    ],
  ] as const;
  const files = letters.map(([, { letter }]) => Buffer.from(letter!.pdf, "base64"));
  const read = await printedTexts(files);
  for (const [index, [id, { letter }]] of letters.entries()) {
    expect(letter!.text).toBe(golden(id));
    expect(read[index]).toBe(golden(id).replace(/\s+/g, " "));
    expect(letter!["pdfHash"]).toBe(createHash("sha256").update(files[index]!).digest("hex"));
  }
});

describe("L50: nothing of a victim goes to him", () => {
  test.each([
    ["Maria Lopez told us.", "NAME"],
    ["Мария Лопес told us.", "NAME"],
    ["M. Lopez told us.", "INITIALS"],
    ["Stay away from 123 North Main Street #4.", "ADDRESS"],
    ["Do not call +1 595 555 0102.", "PHONE"],
    ["She was born 3/12/1990.", "DATE_OF_BIRTH"],
  ])("%s is refused with its kind and its place, and without itself", async (exposure, kind) => {
    const man = await manAt("B");
    const refused = await draft(man, { exposure: `First this.\n${exposure}` });
    expect(refused).toMatchObject({ letter: null, problem: "LETTER_NAMES_VICTIM" });
    const [leak] = refused.leaks!;
    expect(leak).toMatchObject({ kind, line: 10 });
    expect(JSON.stringify(refused)).not.toMatch(/Maria|Lopez|Main|555|1990|Лопес/);
    expect(await lettersOf(man)).toEqual([]);
  });

  test("also of one known by an incident alone, and of an address that an order protects", async () => {
    const man = await manAt("B");
    const { id: incidentId } = await write.incident();
    const { id: victimId } = await write.victim({ givenName: "Zora", familyName: "Kestadale" });
    await write.subject({ incidentId, personId: man.personId });
    await write.incidentVictim({ incidentId, victimId });
    await write.order({
      personId: man.personId,
      caseId: man.caseId,
      protectedAddresses: ["77 Fifth Avenue"],
    });
    for (const exposure of ["Zora told us.", "Stay away from 77 5th Ave."])
      expect((await draft(man, { exposure })).problem).toBe("LETTER_NAMES_VICTIM");
  });

  test("L123: also of where she lived before", async () => {
    const man = await manAt("B");
    await database.query("UPDATE victim SET address = '5 Quince Court' WHERE id = (SELECT victim_id FROM case_file WHERE id = $1)", [man.caseId]); // prettier-ignore
    for (const exposure of ["Stay away from 123 North Main Street #4.", "Stay away from Quince Court."])
      expect((await draft(man, { exposure })).leaks).toMatchObject([{ kind: "ADDRESS" }]);
  });

  test("and of one who became known since: at the review, and at the service", async () => {
    const man = await manAt("B");
    const exposure = "Up to 5 years, says Quarnambry.";
    const drafted = await idOf(draft(man, { exposure }));
    const reviewed = await idOf(draft(man, { exposure }));
    expect((await approve(reviewed)).problem).toBeNull();
    const contactId = await contactOf(man, "released");
    const { id: victimId } = await write.victim({ givenName: "Ida", familyName: "Quarnambry" });
    const { id: caseId } = await write.caseFile({ personId: man.personId, victimId });
    await write.outreach({ caseId });
    const leaks = [{ kind: "FAMILY_NAME", line: 9, column: 21 }];
    const refused = { letter: null, problem: "LETTER_NAMES_VICTIM", leaks };
    expect(await approve(drafted)).toEqual(refused);
    expect(await serve(reviewed, contactId)).toEqual(refused);
  });

  test("his own name is his, though she has it too", async () => {
    const man = await manAt("B", { givenName: "Carlos", familyName: "Lopez" });
    expect(await draft(man)).toMatchObject({ problem: null });
  });

  test("what the drafter may not read of her he is not told that he has guessed", async () => {
    const man = await manAt("B");
    const other = [{ kind: "OTHER", line: null, column: null }];
    const guess = { exposure: "123 Main Street, 555-0102" };
    expect((await draft(man, guess, CORA)).leaks).toEqual(other);
    await write.compartment({ caseId: man.caseId });
    await write.caseFile({
      personId: man.personId,
      victimId: (await write.victim({ familyName: "Quarnambry" })).id,
    });
    expect((await draft(man, { exposure: "Maria told us." })).leaks).toEqual(other);
  });
});

describe("L55: no letter goes round the gate", () => {
  test("while the contact is planned it is not served", async () => {
    const man = await manAt("B");
    const id = await approvedLetter(man);
    expect(await serve(id, await contactOf(man, "planned"))).toEqual(nothing("CONTACT_NOT_RELEASED"));
    expect(await lettersOf(man)).toEqual([{ state: "reviewed" }]);
  });

  test.each<[what: string, since: (man: Man, at: Date) => Promise<unknown>, problem: string]>([
    [
      "another victim came to light, whom nobody told",
      async ({ personId }, openedAt) =>
        write.caseFile({ personId, victimId: (await write.victim({ familyName: "Zyxwanda" })).id, openedAt }),
      "VICTIM_NOT_TOLD",
    ],
    [
      "he moved up, and is to be given no message",
      async ({ personId }, confirmedAt) => {
        const { id: proposalId } = await write.proposal({ personId, level: "A", supersededAt: confirmedAt });
        await write.confirmation({ personId, proposalId, level: "A", confirmedAt });
      },
      "LEVEL_NOT_IN_FORCE",
    ],
  ])("L124: nor at a contact that was released, once %s", async (_what, since, problem) => {
    const man = await manAt("B");
    const id = await approvedLetter(man);
    const contactId = await contactOf(man, "released");
    await since(man, new Date(now().getTime() - 1_000));
    expect(await serve(id, contactId)).toEqual(nothing(problem));
    const byHand = database.query(
      `UPDATE exposure_letter SET state = 'served', served_on = '2026-03-05', served_at = $1, served_how = 'mailed',
         served_by = 'Dan', contact_id = $2, closed_at = now(), closed_by = 'Dan' WHERE id = $3`,
      [now(), contactId, id],
    );
    await expect(byHand).rejects.toMatchObject({ constraint: "letter_gate" });
    expect(await lettersOf(man)).toEqual([{ state: "reviewed" }]);
  });

  test("nor at a contact of another, one that is not there, or one behind a wall", async () => {
    const [man, other] = [await manAt("B"), await manAt("B")];
    const id = await approvedLetter(man);
    for (const contactId of [await contactOf(other, "released"), randomUUID(), "17"])
      expect(await serve(id, contactId)).toEqual(nothing("NOT_FOUND"));
    expect(await lettersOf(man)).toEqual([{ state: "reviewed" }]);
  });

  test("nor by a statement written by hand", async () => {
    const man = await manAt("B");
    const id = await approvedLetter(man);
    const planned = await contactOf(man, "planned");
    const served = (contact: string, more = "") =>
      database.query(
        `UPDATE exposure_letter SET state = 'served', served_on = '2026-03-05', served_at = '2026-03-05T11:00:00Z',
           served_how = 'mailed', served_by = 'Dan', contact_id = ${contact}, closed_at = now(), closed_by = 'Dan'${more}
         WHERE id = '${id}'`,
      );
    await expect(served(`'${planned}'`)).rejects.toThrow(/contact that was released/);
    const others = await contactOf(await manAt("B"), "released");
    await expect(served(`'${others}'`)).rejects.toThrow(/contact that was released/);
    await expect(served("NULL")).rejects.toThrow(/contact that was released/);
    const released = await contactOf(man, "released");
    await expect(served(`'${released}'`, ", text = 'another'")).rejects.toThrow(/stays as it was drafted/);
    await expect(served(`'${released}'`, ", approved_by = 'me'")).rejects.toThrow(/review is not altered/);
    await served(`'${released}'`);
    for (const [change, refusal] of [
      ["state = 'withdrawn', served_on = NULL", /does not become/],
      ["served_by = 'another'", /not altered/],
      ["pdf_hash = repeat('0', 64)", /not altered/],
    ] as const)
      await expect(database.query(`UPDATE exposure_letter SET ${change} WHERE id = '${id}'`)).rejects.toThrow(
        refusal,
      );
  });

  test.each([
    ["the drafter", "approved_by = drafted_by, approved_as = 'prosecutor'", /letter_reviewer/],
    ["a coordinator", "approved_by = 'cora', approved_as = 'coordinator'", /letter_reviewer/],
    ["nobody in particular", "approved_by = 'cora'", /letter_reviewer/],
    ["nobody", "closed_by = NULL", /letter_reviewed/],
  ])("nor is legal exposure approved by %s by a statement written by hand", async (_who, set, refusal) => {
    const id = await idOf(draft(await manAt("B")));
    const statement = `UPDATE exposure_letter SET state = 'reviewed', approved_at = now(), ${set} WHERE id = '${id}'`;
    await expect(database.query(statement)).rejects.toThrow(refusal);
  });

  test("nor is a file kept that is not the one of its hash", async () => {
    const { personId } = await manAt("B");
    const file = { ...{ templateId: "t", templateVersion: 1, language: "en" }, pdf: Buffer.from("a") };
    await expect(write.letter({ personId, ...file, pdfHash: "0".repeat(64) })).rejects.toThrow(/letter_hash/);
    await expect(write.letter({ personId, ...file })).rejects.toThrow(/letter_printed/);
  });
});

test("L52: what somebody saw of a letter and is not so any more is STALE; what is over stays so", async () => {
  const man = await manAt("B");
  const id = await idOf(draft(man));
  const contactId = await contactOf(man, "released");
  expect(await serve(id, contactId)).toEqual(nothing("STALE"));
  expect(await serve(id, contactId, { expects: "DRAFTED" })).toEqual(nothing("NOT_REVIEWED"));
  await approve(id);
  expect(await approve(id)).toEqual(nothing("STALE"));
  expect(await approve(id, PAT, { expects: "REVIEWED" })).toEqual(nothing("ALREADY_REVIEWED"));
  expect(await withdraw(id, "DRAFTED")).toEqual(nothing("STALE"));
  expect(await withdraw(id, "REVIEWED", PAT)).toMatchObject({
    letter: { state: "WITHDRAWN", closedBy: "pat@county-prosecutor" },
    problem: null,
  });
  expect(await withdraw(id, "WITHDRAWN")).toEqual(nothing("OVER"));
  expect(await serve(id, contactId, { expects: "WITHDRAWN" })).toEqual(nothing("OVER"));
});

test("L30: told again under its key it is done once, and another telling under it is refused", async () => {
  const man = await manAt("B");
  const key = randomUUID();
  const first = await draft(man, { key });
  expect(await draft(man, { key })).toEqual(first);
  expect(await draft(man, { key, exposure: "Otherwise." })).toEqual(nothing("KEY_USED_OTHERWISE"));
  expect(await withdrawUnder(key, first.letter!.id)).toEqual(nothing("KEY_USED_OTHERWISE"));
  expect(await lettersOf(man)).toHaveLength(1);
});
const withdrawUnder = (key: string, letterId: string) =>
  tell(DAN, "withdrawLetter", { key, letterId, expects: "DRAFTED" });

describe("L53: bad input is a problem, and changes nothing", () => {
  test.each<[what: string, input: object, problem: string]>([
    ["a person who is not there", { personId: randomUUID() }, "NOT_FOUND"],
    ["an id that is none", { personId: "17" }, "NOT_FOUND"],
    ["a key that is none", { key: "once" }, "KEY_IS_NO_UUID"],
    ["a letter of another level", { kind: "LETTER", exposure: null }, "MEANS_NOT_IN_PROTOCOL"],
    ["a language that the site has not", { language: "fr" }, "LANGUAGE_NOT_OFFERED"],
    ["a language that is none", { language: "../en" }, "LANGUAGE_NOT_OFFERED"],
    ["no exposure", { exposure: null }, "EXPOSURE_MISSING"],
    ["an empty exposure", { exposure: " " }, "TEXT_MISSING"],
    ["an exposure that is too long", { exposure: "x".repeat(4_001) }, "TEXT_TOO_LONG"],
    ["an exposure that is no text", { exposure: "a\u0000" }, "TEXT_HAS_CONTROL_CHARACTERS"],
    ["an exposure that the font has not", { exposure: "Łódź" }, "NOT_PRINTABLE"],
  ])("a draft with %s", async (_what, input, problem) => {
    const man = await manAt("B");
    expect(await draft(man, input)).toEqual(nothing(problem));
    expect(await lettersOf(man)).toEqual([]);
  });

  test("a draft at level A, at no level, and one with an exposure that is not printed", async () => {
    expect(await draft(await manAt("A"))).toEqual(nothing("NO_MESSAGE"));
    const { id: personId } = await write.person();
    expect(await draft({ personId, victimId: "", caseId: "" })).toEqual(nothing("LEVEL_NOT_IN_FORCE"));
    expect(await draftD(await manAt("D"), { exposure: EXPOSURE })).toEqual(nothing("EXPOSURE_NOT_IN_LETTER"));
  });

  test.each<[what: string, input: object, problem: string]>([
    ["a letter that is not there", { letterId: randomUUID() }, "NOT_FOUND"],
    ["an id that is none", { letterId: "17" }, "NOT_FOUND"],
    ["a key that is none", { key: "once" }, "KEY_IS_NO_UUID"],
    ["an hour ahead", { servedAt: "2199-01-01T00:00:00Z" }, "IN_THE_FUTURE"],
    ["an hour before the review", { servedAt: "2020-01-01T00:00:00Z" }, "BEFORE_REVIEW"],
    ["nobody", { servedBy: " " }, "TEXT_MISSING"],
    ["a name that is too long", { servedBy: "x".repeat(201) }, "TEXT_TOO_LONG"],
    ["a name that is no text", { servedBy: "\u001b[2J" }, "TEXT_HAS_CONTROL_CHARACTERS"],
  ])("a service with %s", async (_what, input, problem) => {
    const man = await manAt("B");
    const id = await approvedLetter(man);
    expect(await serve(id, await contactOf(man, "released"), input)).toEqual(nothing(problem));
    expect(await lettersOf(man)).toEqual([{ state: "reviewed" }]);
  });

  test("a letter that is not there, and an id or a key that is none, to approve or take back", async () => {
    for (const letterId of [randomUUID(), "17"]) {
      expect(await approve(letterId)).toEqual(nothing("NOT_FOUND"));
      expect(await withdraw(letterId, "DRAFTED")).toEqual(nothing("NOT_FOUND"));
    }
    const id = await idOf(draft(await manAt("B")));
    expect(await approve(id, PAT, { key: "once" })).toEqual(nothing("KEY_IS_NO_UUID"));
    expect(await withdrawUnder("once", id)).toEqual(nothing("KEY_IS_NO_UUID"));
  });
});

test("L54: nobody else does any of it", async () => {
  const input = `key: "${randomUUID()}", letterId: "${randomUUID()}", expects: DRAFTED`;
  const draftIt = `mutation { draftLetter(input: { key: "${randomUUID()}", personId: "${randomUUID()}", kind: LETTER,
    language: "en" }) { problem } }`;
  const approveIt = `mutation { approveLetter(input: { ${input} }) { problem } }`;
  const withdrawIt = `mutation { withdrawLetter(input: { ${input} }) { problem } }`;
  for (const [who, query] of [
    [PAT, draftIt],
    [DAN, approveIt],
    [ANN, draftIt],
    [ANN, approveIt],
    [ANN, withdrawIt],
  ] as const)
    expect((await door.ask(who, query)).status).toBe(403);
});

test("L20: who is cut off from a man gets the answer of a letter that is not there", async () => {
  const man = await manAt("B");
  const id = await idOf(draft(man));
  await write.conflict({ agency: "metro-police", subject: "cut", personId: man.personId, why: "related" });
  const cut = { ...DAN, subject: "cut" };
  expect(await draft(man, {}, cut)).toEqual(nothing("NOT_FOUND"));
  expect(await withdraw(id, "DRAFTED", cut)).toEqual(nothing("NOT_FOUND"));
});

test("L52: before it is served, a letter is nobody's but the justice side's; then its final text is", async () => {
  const man = await manAt("B");
  await database.query(
    "UPDATE case_file SET assigned_agency = 'harbor-house', assigned_at = now() WHERE id = $1",
    [man.caseId],
  );
  const shown = async () => {
    const query = `{ person(id: "${man.personId}") { servedExposureLetters { text servedOn } } }`;
    return (await door.ask(ANN, query)).data!["person"];
  };
  const drafted = await draft(man);
  expect(await shown()).toEqual({ servedExposureLetters: [] });
  await approve(drafted.letter!.id);
  await serve(drafted.letter!.id, await contactOf(man, "made"));
  const { text } = drafted.letter!;
  expect(await shown()).toEqual({ servedExposureLetters: [{ text, servedOn: "2026-03-05" }] });
});
