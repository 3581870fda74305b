import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readOutreach } from "./outreach-file";

const folder = mkdtempSync(join(tmpdir(), "outreach-"));
afterAll(() => rmSync(folder, { recursive: true }));
const EXAMPLE = join(__dirname, "../../site/outreach.json");

function file(content: string): string {
  const path = join(folder, "outreach.json");
  writeFileSync(path, content);
  return path;
}

test("AV22: the example site asks again after 180 days", () => {
  expect(readOutreach(EXAMPLE)).toMatchObject({ safeContactDays: 180, timeZone: "America/New_York" });
});

test("AV22: all faults are named at once, each with its place", () => {
  expect(() => readOutreach(file('{"safeContactDays": 0, "timeZone": "Mars"}'))).toThrow(
    /safeContactDays: [^]*timeZone: /,
  );
  expect(() => readOutreach(file("{"))).toThrow("cannot be read");
});
