import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { printedTexts } from "../../platform/letters/printed-text.fixture";
import {
  now,
  database,
  write,
  door,
  CORA,
  DAN,
  PAT,
  ANN,
  EXPOSURE,
  nothing,
  tell,
  manAt,
  draft,
  draftD,
  approve,
  withdraw,
  serve,
  idOf,
  lettersOf,
  contactOf,
  approvedLetter,
  openCounty,
} from "./change-letter.fixture";

openCounty();

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
