import { decidePromise, decideSettling, isOverdue, PROMISE_EVENTS, PROMISE_STATES } from "./promise";
import type { PromiseEvent, PromiseState, PromiseToMake } from "./promise";

const NOW = new Date("2026-06-15T12:00:00Z");
const said = (decision: { ok: true; value: string } | { ok: false; refusal: { code: string } }) =>
  decision.ok ? decision.value : decision.refusal.code;

const TABLE: Record<PromiseState, Record<PromiseEvent, string>> = {
  open: { keep: "kept", break: "broken", withdraw: "withdrawn" },
  kept: { keep: "OVER", break: "OVER", withdraw: "OVER" },
  broken: { keep: "OVER", break: "OVER", withdraw: "OVER" },
  withdrawn: { keep: "OVER", break: "OVER", withdraw: "OVER" },
};
test.each(PROMISE_STATES.flatMap((state) => PROMISE_EVENTS.map((event) => [state, event] as const)))(
  "L43: a promise that is %s and the event %s, by its owner, a coordinator and another",
  (state, event) => {
    const by = (agency: string, isCoordinator = false) =>
      said(decideSettling({ state, ownerAgency: "owner" }, event, { agency, isCoordinator }));
    expect(by("owner")).toBe(TABLE[state][event]);
    expect(by("another", true)).toBe(TABLE[state][event]);
    expect(by("another")).toBe("NOT_THE_OWNER");
  },
);

test.each<[state: PromiseState, dueOn: string, overdue: boolean]>([
  ["open", "2026-06-13", true],
  ["open", "2026-06-14", true],
  ["open", "2026-06-15", false],
  ["open", "2026-06-16", false],
  ["kept", "2026-06-01", false],
  ["broken", "2026-06-01", false],
  ["withdrawn", "2026-06-01", false],
])("L44: %s and due on %s is overdue on 2026-06-15: %s", (state, dueOn, overdue) => {
  expect(isOverdue({ state, dueOn }, NOW)).toBe(overdue);
});

test("L44: a day is over when it is over everywhere", () => {
  const due = { state: "open", dueOn: "2026-06-14" } as const;
  expect(isOverdue(due, new Date("2026-06-15T11:59:59Z"))).toBe(false);
  expect(isOverdue(due, new Date("2026-06-15T12:00:00Z"))).toBe(true);
});

const PROMISE: PromiseToMake = {
  ...{ promisedTo: "victim", promised: "protection", caseId: "hers" },
  ...{ ownerAgency: "metro-police", dueOn: "2026-07-01" },
};
test.each<[what: string, told: Partial<PromiseToMake>, outcome: string]>([
  ["to a victim, of protection", {}, "open"],
  ["to a victim, of no case", { caseId: null }, "VICTIM_WITHOUT_CASE"],
  ["to the offender, of sanction", { promisedTo: "offender", promised: "sanction", caseId: null }, "open"],
  ["to the offender, of protection", { promisedTo: "offender" }, "PROTECTION_TO_OFFENDER"],
  ["to the community", { promisedTo: "community", caseId: null }, "open"],
  ["of nobody's", { ownerAgency: "nobody" }, "UNKNOWN_AGENCY"],
  ["for today", { dueOn: "2026-06-15" }, "open"],
  ["for yesterday", { dueOn: "2026-06-13" }, "IN_THE_PAST"],
  ["for a day far ahead", { dueOn: "2028-07-01" }, "TOO_FAR_AHEAD"],
  ["for within two years", { dueOn: "2028-06-01" }, "open"],
])("L43: a promise %s", (_what, told, outcome) => {
  expect(said(decidePromise({ ...PROMISE, ...told }, new Set(["metro-police"]), NOW))).toBe(outcome);
});
