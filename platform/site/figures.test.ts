import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_ROOT } from "../project-root";
import { readFigureLimits } from "./figures";

function fileOf(content: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "figures-")), "figures.json");
  writeFileSync(path, content);
  return path;
}

test("the example site's limit is 10, and so is that of a site that says nothing", () => {
  expect(readFigureLimits(join(PROJECT_ROOT, "site", "figures.json"))).toEqual({ smallestShown: 10 });
  expect(readFigureLimits(fileOf("{}"))).toEqual({ smallestShown: 10 });
});

test.each([
  ["no limit at all", `{ "smallestShown": 1 }`, /smallestShown/],
  ["half a person", `{ "smallestShown": 10.5 }`, /smallestShown/],
  ["a word that nobody knows", `{ "smallest": 10 }`, /smallest/],
  ["no file", "{", /cannot be read/],
])("%s is refused", (_what, content, fault) => {
  expect(() => readFigureLimits(fileOf(content))).toThrow(fault);
});
