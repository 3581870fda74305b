import { dueSteps, isQuiet } from "./escalation";
import { ESCALATION_CASES, QUIET_RULES, RULES } from "./escalation.fixture";

const NOW = new Date("2026-03-01T12:00:00Z");
const before = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000);
const NOT_KNOWN = { level: null, screenedHigh: false };

test.each(ESCALATION_CASES.map((one) => [one.title, one] as const))(
  "L32: an alert, %s",
  (_title, { alert, age, assignedFor = age + 60, danger = NOT_KNOWN, acknowledgedBy = [], quiet, due }) => {
    const given = { kind: "arrest", historic: false, recalled: false, agency: "harbor-house", ...alert };
    const asked = { ...given, recordedAt: before(age), since: before(assignedFor) };
    const steps = dueSteps(asked, acknowledgedBy, quiet ? QUIET_RULES : RULES, NOW, danger);
    expect(steps.map(({ step, to }) => `${step} ${to}`)).toEqual(due);
  },
);

describe("L33: quiet hours are the site's own", () => {
  const night = { ...RULES, quietHours: { from: "22:00", until: "07:00" } };
  const noon = { ...RULES, quietHours: { from: "12:00", until: "13:00" } };
  // New York is four hours behind in summer, five in winter.
  test.each([
    ["2026-07-01T01:59:00Z", night, false],
    ["2026-07-01T02:00:00Z", night, true],
    ["2026-01-01T02:00:00Z", night, false],
    ["2026-07-01T04:00:00Z", night, true],
    ["2026-07-01T10:59:59Z", night, true],
    ["2026-07-01T11:00:00Z", night, false],
    ["2026-07-01T16:00:00Z", noon, true],
    ["2026-07-01T17:00:00Z", noon, false],
    ["2026-07-01T04:00:00Z", RULES, false],
  ])("%s", (now, rules, quiet) => {
    expect(isQuiet(new Date(now), rules)).toBe(quiet);
  });
});
