import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readReleaseTerms } from "./release-terms-file";

const folder = mkdtempSync(join(tmpdir(), "release-terms-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(content: string): string {
  const path = join(folder, "release-terms.json");
  writeFileSync(path, content);
  return path;
}

test("AV15: the example site's releases last 30 days, a year at most; so do those of a site that says nothing", () => {
  const terms = { defaultDays: 30, longestDays: 365 };
  expect(readReleaseTerms(join(__dirname, "../../site/release-terms.json"))).toEqual(terms);
  expect(readReleaseTerms(file("{}"))).toEqual(terms);
});

test.each([
  ['{"longestDays": 366}', "longestDays: "],
  ['{"defaultDays": 0}', "defaultDays: "],
  ['{"defaultDays": 30.5}', "defaultDays: "],
  ['{"defaultDays": 31, "longestDays": 30}', "defaultDays: must not be above longestDays"],
  ['{"days": 3}', "the file: "],
  ["[]", "the file: "],
  ["{", "cannot be read"],
])("AV15: %s is refused, and the place named", (content, fault) => {
  expect(() => readReleaseTerms(file(content))).toThrow(fault);
});
