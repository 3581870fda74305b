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

const BREACH = {
  on: "contact-breached",
  levels: ["A", "B", "C", "D", "none"],
  kind: "call",
  withinHours: 1,
};
const RECALL = { ...BREACH, on: "arrest-recalled", withinHours: 24 };
const site = (more: object = {}, ...lines: object[]) =>
  JSON.stringify({
    ...{ id: "example", version: 1, safeContactDays: 180, correctsWithinDays: 30, timeZone: "UTC" },
    tasks: [BREACH, RECALL, ...lines],
    ...more,
  });

test("AV22: all faults are named at once, each with its place", () => {
  expect(() => readOutreach(file(site({ safeContactDays: 0, timeZone: "Mars" })))).toThrow(
    /safeContactDays: [^]*timeZone: /,
  );
  expect(() => readOutreach(file("{"))).toThrow("cannot be read");
});

test.each<[what: string, content: string, fault: string]>([
  ["unknown news", site({}, { ...BREACH, on: "narrative" }), "tasks.2.on: "],
  ["no level", site({}, { ...BREACH, levels: [] }), "tasks.2.levels: "],
  ["an unknown kind", site({}, { ...BREACH, kind: "fax" }), "tasks.2.kind: "],
  ["two clocks", site({}, { ...BREACH, on: "contact-planned", levels: ["B"], hoursBeforeContact: 1 }), "tasks.2: has one clock"], // prettier-ignore
  ["no clock", site({}, { on: "arrest", levels: ["B"], kind: "call" }), "tasks.2: has one clock"],
  ["a clock before what is past", site({}, { on: "arrest", levels: ["B"], kind: "call", hoursBeforeContact: 1 }), "only a contact that is planned lies ahead"], // prettier-ignore
  ["a contact at level A", site({}, { ...BREACH, on: "contact-planned", levels: ["A"] }), "at level A no contact is planned"], // prettier-ignore
  ["a breach that opens nothing at once", site({ tasks: [{ ...BREACH, withinHours: 5 }, RECALL] }), "a breach at level none opens no task"], // prettier-ignore
  ["a breach at one level that opens nothing", site({ tasks: [{ ...BREACH, levels: ["A", "B", "C", "none"] }, RECALL] }), "a breach at level D opens no task"], // prettier-ignore
])("AV30: a site's protocol with %s is refused", (_what, content, fault) => {
  expect(() => readOutreach(file(content))).toThrow(fault);
});

test("AV30: one that opens a task for each breach is taken", () => {
  expect(readOutreach(file(site())).tasks).toEqual([BREACH, RECALL]);
});

test.each<[what: string, content: string, fault: string]>([
  ["nothing for an arrest that is taken back", site({ tasks: [BREACH] }), "an arrest that is taken back at level A opens no task"], // prettier-ignore
  ["too late a one for it", site({ tasks: [BREACH, { ...RECALL, withinHours: 25 }] }), "an arrest that is taken back at level none opens no task due within 24 hours"], // prettier-ignore
  ["nothing for it where no level is known", site({ tasks: [BREACH, { ...RECALL, levels: ["A", "B", "C", "D"] }] }), "an arrest that is taken back at level none opens no task"], // prettier-ignore
  ["no days within which she is told", site({ correctsWithinDays: 0 }), "correctsWithinDays: "],
])("AV81: a site's protocol with %s is refused", (_what, content, fault) => {
  expect(() => readOutreach(file(content))).toThrow(fault);
});
