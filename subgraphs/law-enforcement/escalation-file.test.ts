import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../platform/project-root";
import { readEscalation } from "./escalation-file";

const folder = mkdtempSync(join(tmpdir(), "escalation-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SITE = readEscalation(join(PROJECT_ROOT, "site", "escalation.json"));
const good = { id: "s", version: 1, ...SITE };

function read(change: object) {
  const path = join(folder, "escalation.json");
  writeFileSync(path, JSON.stringify({ ...good, id: "s", version: 1, note: undefined, ...change }));
  return readEscalation(path);
}

test("L33: the example site's rules are read", () => {
  expect(SITE.steps.map(({ to }) => to)).toEqual(["next-on-call", "supervisor"]);
});

test.each([
  ["high danger left out", { levels: ["A", "C"] }, "levels"],
  ["no step", { steps: [] }, "steps"],
  ["steps out of order", { steps: [...SITE.steps].reverse() }, "steps"],
  ["an hour that is none", { quietHours: { from: "24:00", until: "07:00" } }, "quietHours.from"],
  ["quiet hours all day", { quietHours: { from: "07:00", until: "07:00" } }, "quietHours"],
  ["no such place", { timeZone: "Atlantis/Centre" }, "timeZone"],
  ["a kind that nobody knows", { kinds: ["arrested"] }, "kinds.0"],
  ["a year ahead for orders", { ordersEndWithinDays: 365 }, "ordersEndWithinDays"],
  ["a word too many", { quiet: true }, "the file"],
])("L33: a file with %s is refused", (_title, change, path) => {
  expect(() => read(change)).toThrow(`${path}: `);
});

test("L33: every fault is told at once", () => {
  expect(() => read({ steps: [], timeZone: "x" })).toThrow(/steps: [^]*timeZone: /);
});
