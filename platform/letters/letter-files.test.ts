import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readLetters } from "./letter-files";

const KINDS = { greeting: { name: "needed", date: "allowed" } } as const;
const SETTINGS = { languages: ["en"], font: null };
const GREETING = "version: 3\n\nDear {{name}},\n\ngood day.\n";

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "letters-"))));
afterEach(() => rm(folder, { recursive: true }));

const write = (files: Readonly<Record<string, string | object>>) =>
  Promise.all(
    Object.entries(files).map(([name, content]) =>
      writeFile(join(folder, name), typeof content === "string" ? content : JSON.stringify(content)),
    ),
  );
function faultsOf(): string[] {
  try {
    readLetters(folder, KINDS);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n").slice(1);
  }
}

test("LT1: a letter is the site's text with its placeholders filled once, and names its template", async () => {
  await write({ "letters.json": SETTINGS, "greeting.en.txt": GREETING });
  const letters = readLetters(folder, KINDS);
  expect(letters.write("greeting", "en", { name: "{{date}} $& {{name}} ", date: "today" })).toEqual({
    text: "Dear {{date}} $& {{name}},\n\ngood day.",
    templateId: "greeting.en",
    templateVersion: 3,
  });
  expect(() => letters.write("greeting", "fr", { name: "Pat", date: "today" })).toThrow(RangeError);
});

test("LT1: what is filled in is printed as composed characters and one kind of line break", async () => {
  await write({ "letters.json": SETTINGS, "greeting.en.txt": GREETING.replaceAll("\n", "\r\n") });
  const letters = readLetters(folder, KINDS);
  const text = letters.write("greeting", "en", { name: "Jose\u0301\r\nExample", date: "" }).text;
  expect(text).toBe("Dear Jos\u00e9\nExample,\n\ngood day.");
});

test.each<[fault: string, files: Readonly<Record<string, string | object>>, told: readonly string[]]>([
  ["no fault", {}, []],
  ["no template", { "letters.json": { ...SETTINGS, languages: ["en", "es"] } }, ["greeting.es.txt: cannot be read"]],
  ["no version", { "greeting.en.txt": "\n\n{{name}}" }, ['greeting.en.txt: begins with a line "version: N"']],
  ["version 0", { "greeting.en.txt": "version: 0\n\n{{name}}" }, ['greeting.en.txt: begins with a line "version: N"']],
  ["no gap", { "greeting.en.txt": "version: 1\nDear\n{{name}}" }, ["greeting.en.txt: has an empty line after its version"]],
  ["no text", { "greeting.en.txt": "version: 1\n\n \n" }, ["greeting.en.txt: says nothing", "greeting.en.txt: does not use {{name}}"]],
  ["a placeholder of none", { "greeting.en.txt": "version: 1\n\n{{name}} {{victim}} {{victim}}" }, ["greeting.en.txt: {{victim}} is no placeholder of this kind of letter"]],
  ["a name every object has", { "greeting.en.txt": "version: 1\n\n{{name}} {{constructor}}" }, ["greeting.en.txt: {{constructor}} is no placeholder of this kind of letter"]],
  ["a needed one left out", { "greeting.en.txt": "version: 1\n\nHello {{date}}" }, ["greeting.en.txt: does not use {{name}}"]],
  ["a stray brace", { "greeting.en.txt": "version: 1\n\n{{name}} {name} " }, ["greeting.en.txt: has a brace that belongs to no placeholder"]],
  ["too long a text", { "greeting.en.txt": `version: 1\n\n{{name}}${"x".repeat(12_000)}` }, ["greeting.en.txt: has more than 12000 characters"]],
  ["a character without a glyph", { "greeting.en.txt": "version: 1\n\n{{name}} Здравствуйте" }, ["greeting.en.txt: the font has no character U+0417"]],
  ["a control character", { "greeting.en.txt": "version: 1\n\n{{name}}\u0007" }, ["greeting.en.txt: the font has no character U+0007"]],
  ["a hidden character", { "greeting.en.txt": "version: 1\n\n{{name}}a\u00adb" }, ["greeting.en.txt: the font has no character U+00AD"]],
  ["settings that are none", { "letters.json": { languages: [], font: "../font.ttf", fonts: 1 } }, [
      "letters.json: languages: Too small: expected array to have >=1 items",
      "letters.json: font: must be a .ttf or .otf file in this folder",
      'letters.json: the file: Unrecognized key: "fonts"']],
  ["a font that is not there", { "letters.json": { ...SETTINGS, font: "none.ttf" } }, [expect.stringMatching(/^none.ttf: ENOENT/) as string]],
  ["a font that is none", { "letters.json": { ...SETTINGS, font: "none.ttf" }, "none.ttf": "text" }, [expect.stringMatching(/^none.ttf: /) as string]],
  ["faults in two files", { "letters.json": { ...SETTINGS, languages: ["en", "es"] }, "greeting.en.txt": "version: 1\n\n" }, [
      "greeting.en.txt: says nothing", "greeting.en.txt: does not use {{name}}", "greeting.es.txt: cannot be read"]],
])("LT2: a site's letters are read whole or refused with every fault: %s", async (_fault, files, told) => {
  await write({ "letters.json": SETTINGS, "greeting.en.txt": GREETING, ...files });
  expect(faultsOf().map((line) => line.trim())).toEqual(told);
}); // prettier-ignore

test("LT2: settings that cannot be read are named", () => {
  expect(() => readLetters(folder, KINDS)).toThrow(/letters.json cannot be read/);
});

test("LT2: files of other kinds are another agency's", async () => {
  await write({ "letters.json": SETTINGS, "greeting.en.txt": GREETING, "farewell.en.txt": "{{nobody}}" });
  expect(faultsOf()).toEqual([]);
});
