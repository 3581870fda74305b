import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { fontOfFile, STANDARD_FONT } from "./font";
import { LONGEST_LETTER, printLetter } from "./print-letter";
import { printedTexts } from "./printed-text.fixture";

const ABOUT = { font: STANDARD_FONT, language: "en", createdAt: new Date("2026-03-05T10:00:00Z") };
const LETTER = `5 March 2026

José Muñoz-O’Brien:

“Long” lines are broken — at the margin, wherever that falls, without a character lost: ${"word ".repeat(40)}
€ 12.50; Šárka, Žofie and Œuvre.

${"Another paragraph, so that there is a second page.\n\n".repeat(40)}End.`;

function printed(text: string, about: Partial<typeof ABOUT> = {}) {
  const result = printLetter(text, { ...ABOUT, ...about });
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
}

test("LT3: what is printed is the text, the whole text and nothing but the text", async () => {
  const [read] = await printedTexts([printed(LETTER).pdf]);
  expect(read).toBe(LETTER.replace(/\s+/g, " ").trim());
});

test("LT3: the file's own description names nobody", () => {
  const raw = printed("José Muñoz").pdf.toString("latin1");
  expect(/Title|Author|Subject|Keywords/.exec(raw)).toBeNull();
});

test("LT4: the same text at the same instant is the same bytes, and the hash is theirs", () => {
  const [one, other] = [printed(LETTER), printed(LETTER)];
  expect(one.pdf.equals(other.pdf)).toBe(true);
  expect(one.sha256).toBe(createHash("sha256").update(one.pdf).digest("hex"));
  expect(printed(`${LETTER} `).sha256).not.toBe(one.sha256);
  expect(printed(LETTER, { createdAt: new Date("2026-03-06T10:00:00Z") }).sha256).not.toBe(one.sha256);
});

test("LT4: a letter ends, and so does its file", () => {
  const longest = Array.from({ length: LONGEST_LETTER }, (_, at) =>
    String.fromCharCode(33 + ((at * 7919) % 94)),
  );
  expect(printed(longest.join("")).pdf.length).toBeLessThan(30_000);
  expect(printLetter(`${longest.join("")}.`, ABOUT)).toEqual({ ok: false, refusal: { code: "TOO_LONG" } });
});

test.each([
  ["a Polish letter", "Łukasz", 0],
  ["Cyrillic", "Dear Мария", 5],
  ["an emoji", "ab😀", 2],
  ["a combining mark", "Jose\u0301", 4],
  ["a soft hyphen", "Lo\u00adpez", 2],
  ["a character of no width", "Lo\u200bpez", 2],
  ["a mark that turns the line round", "a\u202eb", 1],
  ["a tab", "a\tb", 1],
  ["a control character", "\u0000", 0],
])("LT5: what the font cannot print is refused, with its place: %s", (_what, text, at) => {
  expect(printLetter(text, ABOUT)).toEqual({ ok: false, refusal: { code: "NOT_PRINTABLE", at } });
});

test("LT5: every character that the standard font is said to have comes back as itself", async () => {
  const all = Array.from({ length: 0x2200 }, (_, code) => String.fromCharCode(code)).filter(
    (one) => STANDARD_FONT.prints(one) && one.trim() !== "",
  );
  expect(all.length).toBe(94 + 94 + 27);
  const [read] = await printedTexts([printed(all.join(" ")).pdf]);
  // The micro sign is read back as the letter mu that it looks like.
  expect(read!.replace("\u03bc", "\u00b5").split(" ")).toEqual(all);
});

/** A font with more than the West European languages, which most machines have; none is in the project. */
const WIDE_FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
(existsSync(WIDE_FONT) ? test : test.skip)(
  "LT5: a font of the site's prints what it has, and no more",
  async () => {
    const font = fontOfFile(WIDE_FONT);
    const text = "Łukasz, Мария, Ελένη";
    const [one, other] = [printed(text, { font }), printed(text, { font })];
    expect(one.sha256).toBe(other.sha256);
    expect(await printedTexts([one.pdf])).toEqual([text]);
    for (const missing of ["漢", "\u200b", "\u202e", "\t", "\u0007"])
      expect(printLetter(`a${missing}`, { ...ABOUT, font })).toMatchObject({ refusal: { at: 1 } });
  },
);
