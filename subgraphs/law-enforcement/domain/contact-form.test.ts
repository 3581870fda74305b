import { decidePlan, decideSignOff, LINE, textFault } from "./contact-form";
import type { OutreachFact, PlannedFact } from "./gate";
import { dueBy, type LevelResponse, type Protocol } from "./protocol";

const now = new Date("2026-03-20T12:00:00.000Z");
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const response = (means: LevelResponse["means"], withinHours: number | null = null): LevelResponse => ({
  means,
  withinHours,
  gated: false,
});
const protocol: Protocol = {
  id: "site",
  version: 1,
  levels: {
    A: response([]),
    B: { ...response(["call-in", "custom-notification"]), gated: true },
    C: response(["notification"], 48),
    D: response(["letter"], 168),
  },
  failedAttempts: 3,
  panel: { members: 3, agencies: 2 },
  releaseHoldsHours: 24,
};
type Decision = ReturnType<typeof decidePlan | typeof decideSignOff>;
const codeOf = (decision: Decision): string => (decision.ok ? decision.value : decision.refusal.code);

test.each<
  [what: string, told: Partial<Parameters<typeof decidePlan>[0]>, inForce: "A" | "B" | "C" | null, string]
>([
  ["by a means of the level", {}, "C", "C"],
  ["at a level that is not in force", {}, "B", "LEVEL_NOT_IN_FORCE"],
  ["with no level in force", {}, null, "LEVEL_NOT_IN_FORCE"],
  ["at level A", { level: "A" }, "A", "NO_MESSAGE"],
  ["by a means of another level", { means: "letter" }, "C", "MEANS_NOT_IN_PROTOCOL"],
  ["for a minute ago", { plannedFor: hours(-1 / 60) }, "C", "C"],
  ["for an hour ago", { plannedFor: hours(-1) }, "C", "IN_THE_PAST"],
  ["for the year after next", { plannedFor: hours(24 * 367) }, "C", "TOO_FAR_AHEAD"],
])("L27: a contact planned %s", (_what, told, inForce, outcome) => {
  const plan = { level: "C", means: "notification", plannedFor: hours(5), ...told } as const;
  expect(codeOf(decidePlan(plan, inForce, protocol, now))).toBe(outcome);
});

test("L26: the clock of a level is an instant; a level without one has none", () => {
  expect(dueBy(protocol.levels.C, now)).toEqual(hours(48));
  expect(dueBy(protocol.levels.D, now)).toEqual(hours(7 * 24));
  expect(dueBy(protocol.levels.B, now)).toBeNull();
});

describe("L24: a supervisor signs", () => {
  const contact: PlannedFact = { id: "c", state: "planned", recordedAt: hours(-72), attemptsNeeded: 2 };
  const attempt = (recordedAt: Date, differs: Partial<OutreachFact & { madeBy: string }> = {}) =>
    ({ kind: "notice-attempt", outcome: "not-reached", recordedAt, madeBy: "dan@police", ...differs }) as const; // prettier-ignore
  const two = [attempt(hours(-48)), attempt(hours(-24))];
  const sign = (
    given: Partial<PlannedFact>,
    outreach: Parameters<typeof decideSignOff>[1],
    signer = "cora@police",
  ) => codeOf(decideSignOff({ ...contact, ...given }, outreach, signer, now));
  test.each<[what: string, got: () => string, outcome: string]>([
    ["when enough attempts failed", () => sign({}, two), "signed"],
    ["when one is missing", () => sign({}, two.slice(1)), "NOT_ENOUGH_ATTEMPTS"],
    ["when one reached her", () => sign({}, [two[0]!, attempt(hours(-2), { outcome: "reached" })]), "NOT_ENOUGH_ATTEMPTS"], // prettier-ignore
    ["when one was before the plan", () => sign({ recordedAt: hours(-30) }, two), "NOT_ENOUGH_ATTEMPTS"],
    ["what she tried herself", () => sign({}, two, "dan@police"), "SIGNER_MADE_AN_ATTEMPT"],
    ["for a contact that is released", () => sign({ state: "released" }, two), "ALREADY_RELEASED"],
    ["for a contact that is over", () => sign({ state: "cancelled" }, two), "OVER"],
  ])("%s", (_what, got, outcome) => expect(got()).toBe(outcome));
});

test.each([
  [null, null],
  ["Library", null],
  ["two\nlines", null],
  ["  ", "TEXT_MISSING"],
  ["x".repeat(LINE), null],
  ["x".repeat(LINE + 1), "TEXT_TOO_LONG"],
  ["a\u0000b", "TEXT_HAS_CONTROL_CHARACTERS"],
  ["a\u009bb", "TEXT_HAS_CONTROL_CHARACTERS"],
])("L27: the text %j", (text, fault) => expect(textFault(text, LINE)).toBe(fault));
