import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readInstruments } from "./instrument-files";

const EXAMPLE = join(__dirname, "../../site/instruments");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "instruments-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Item {
  id: string;
  askedOf: string;
  text: Record<string, string>;
}
interface Form extends Record<string, unknown> {
  items: Item[];
  title: Record<string, string>;
  rule: {
    highDangerWhen: { atLeast: number; of: string[] }[];
    score: { start: number; weights: Record<string, number>; bands: { from: number; highDanger: boolean }[] };
  };
}
const form = (name: string) => JSON.parse(readFileSync(join(EXAMPLE, `${name}.json`), "utf8")) as Form;
function write(content: object | string, name = "one.json"): void {
  writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
}
function faults(): string {
  try {
    readInstruments(folder);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

test("AV62: the example site has a screen in two languages and a list with a score; an advocate asks both", () => {
  expect(readInstruments(EXAMPLE).map(({ id, version, title }) => [id, version, Object.keys(title)])).toEqual(
    [
      ["example-checklist", "1", ["en"]],
      ["lethality-screen", "1", ["en", "es"]],
    ],
  );
});

test("AV62: what others administer is read and not offered to advocates; a folder without instruments has none", () => {
  expect(readInstruments(folder)).toEqual([]);
  write({ ...form("lethality-screen"), administeredBy: ["detective"] });
  expect(readInstruments(folder)).toEqual([]);
});

test.each<[string, string, (one: Form) => void, string]>([
  ["an id of capitals", "lethality-screen", (one) => (one["id"] = "LAP"), "one.json: id: must be lower-case"],
  ["nobody administers it", "lethality-screen", (one) => (one["administeredBy"] = ["chaplain"]), "one.json: administeredBy.0: "], // prettier-ignore
  ["a language without its text", "lethality-screen", (one) => delete one.items[4]!.text["es"], "one.json: items.4.text: has no text in es"], // prettier-ignore
  ["a text of no language of its", "lethality-screen", (one) => (one.title["fr"] = "x"), "one.json: title.fr: is none of its languages"], // prettier-ignore
  ["an item twice", "lethality-screen", (one) => (one.items[3]!.id = "3"), "one.json: items.3.id: is there twice"], // prettier-ignore
  ["a rule of an item that there is not", "lethality-screen", (one) => one.rule.highDangerWhen[0]!.of.push("12"), "one.json: rule.highDangerWhen.0.of: there is no item 12"], // prettier-ignore
  ["an item counted twice", "lethality-screen", (one) => one.rule.highDangerWhen[0]!.of.push("1"), "one.json: rule.highDangerWhen.0.of: names an item twice"], // prettier-ignore
  ["a rule that nothing reaches", "lethality-screen", (one) => (one.rule.highDangerWhen[1]!.atLeast = 9), "one.json: rule.highDangerWhen.1.atLeast: is more than there are items"], // prettier-ignore
  ["a rule that everything reaches", "lethality-screen", (one) => (one.rule.highDangerWhen[1]!.atLeast = 0), "one.json: rule.highDangerWhen.1.atLeast: "], // prettier-ignore
  ["nothing finds danger", "lethality-screen", (one) => (one.rule.highDangerWhen = []), "one.json: rule: nothing in it finds high danger"], // prettier-ignore
  ["a yes that lowers", "example-checklist", (one) => (one.rule.score.weights["3"] = -3), "one.json: rule.score.weights.3: a yes never lowers"], // prettier-ignore
  ["a weight of no item", "example-checklist", (one) => (one.rule.score.weights["30"] = 3), "one.json: rule.score.weights.30: there is no such item"], // prettier-ignore
  ["a score in no band", "example-checklist", (one) => (one.rule.score.start = -1), "one.json: rule.score.bands.0.from: is above the start"], // prettier-ignore
  ["bands out of order", "example-checklist", (one) => (one.rule.score.bands[2]!.from = 4), "one.json: rule.score.bands.2.from: is not above the band before"], // prettier-ignore
  ["a higher score that is less", "example-checklist", (one) => (one.rule.score.bands[1]!.highDanger = true, one.rule.score.bands[2]!.highDanger = false), "one.json: rule.score.bands.2.highDanger: a higher score never lowers"], // prettier-ignore
  ["a word that is none", "lethality-screen", (one) => (one["threshold"] = 4), "one.json: the file: "],
])("AV62: refused: %s", (_what, name, spoil, fault) => {
  const one = form(name);
  spoil(one);
  write(one);
  expect(faults()).toContain(fault);
});

test("AV62: every fault of every file at once", () => {
  const one = form("lethality-screen");
  one.items[0]!.text = {};
  one.rule.highDangerWhen = [];
  write(one, "a.json");
  write("{", "b.json");
  write(form("example-checklist"), "c.json");
  write(form("example-checklist"), "d.json");
  const told = faults();
  for (const fault of [
    "a.json: items.0.text: has no text in en",
    "a.json: items.0.text: has no text in es",
    "a.json: rule: ",
    "b.json: cannot be read",
    "d.json: id: example-checklist 1 is in another file too",
  ])
    // prettier-ignore
    expect(told).toContain(fault);
});
