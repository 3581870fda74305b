import { LEVELS, type Level } from "./tier-rules";
import { decidePull, leversOf, type LeverFacts, type Pull } from "./lever";
import { PULL_RESULTS, PULL_STATES, pullAfter, type PullResult, type PullState } from "./lever-state";

const NOW = new Date("2026-06-15T12:00:00Z");
const NOTHING: LeverFacts = { level: "A", warrants: [], conditions: [], charges: [], groupNexus: false };
const warrant = (clearedOn: string | null, issuedOn = "2026-05-01") => ({ id: "w", issuedOn, clearedOn });
const condition = (effectiveUntil: string | null, effectiveFrom = "2026-05-01") => ({
  ...{ id: "c", effectiveFrom, effectiveUntil },
});
const charge = (more: Partial<LeverFacts["charges"][number]> = {}) => ({
  ...{ id: "h", ipv: false, disposition: "pending", filedOn: "2026-05-01", dispositionOn: null },
  ...more,
});
const kindsOf = (facts: Partial<LeverFacts>) =>
  leversOf({ ...NOTHING, ...facts }, NOW).map(({ kind }) => kind);

describe("L40: what is a lever", () => {
  test.each<[what: string, facts: Partial<LeverFacts>, kinds: string[]]>([
    ["nothing legal", {}, ["community"]],
    ["an outstanding warrant", { warrants: [warrant(null)] }, ["warrant"]],
    ["a warrant that was cleared", { warrants: [warrant("2026-06-01")] }, ["community"]],
    ["a warrant that is cleared today, somewhere", { warrants: [warrant("2026-06-16")] }, ["community"]],
    ["a warrant that is to be cleared", { warrants: [warrant("2026-06-20")] }, ["warrant"]],
    ["a warrant dated ahead", { warrants: [warrant(null, "2026-06-20")] }, ["community"]],
    ["a condition in force", { conditions: [condition(null)] }, ["condition"]],
    ["a condition that is over", { conditions: [condition("2026-06-01")] }, ["community"]],
    ["a condition to come", { conditions: [condition(null, "2026-06-20")] }, ["community"]],
    ["another pending charge", { charges: [charge()] }, ["charge"]],
    ["a charge that may need her", { charges: [charge({ ipv: true })] }, ["community"]],
    ["a charge that has ended", { charges: [charge({ disposition: "convicted" })] }, ["community"]],
    ["a charge dated ahead", { charges: [charge({ filedOn: "2026-06-20" })] }, ["community"]],
    ["a group nexus", { groupNexus: true }, ["group-nexus"]],
    [
      "all of them",
      { warrants: [warrant(null)], conditions: [condition(null)], charges: [charge()], groupNexus: true },
      ["warrant", "condition", "charge", "group-nexus"],
    ],
  ])("%s", (_what, facts, kinds) => {
    expect(kindsOf(facts)).toEqual(kinds);
  });

  test("only at levels A and B", () => {
    const kindsAt = (level: Level | null) => kindsOf({ level, warrants: [warrant(null)] });
    expect([...LEVELS, null].map(kindsAt)).toEqual([["warrant"], ["warrant"], [], [], []]);
  });
});

describe("L41: what may be recorded", () => {
  const tried = (pull: Partial<Pull>, facts: Partial<LeverFacts> = {}): string => {
    const told = { kind: "warrant" as const, recordId: "w", triedAt: NOW, ...pull };
    const decision = decidePull({ ...NOTHING, warrants: [warrant(null)], ...facts }, told, NOW);
    return decision.ok ? decision.value : decision.refusal.code;
  };
  test.each<[what: string, pull: Partial<Pull>, facts: Partial<LeverFacts>, outcome: string]>([
    ["an outstanding warrant", {}, {}, "open"],
    ["a warrant on the day it was served", {}, { warrants: [warrant("2026-06-15")] }, "open"],
    ["a warrant that was cleared before", {}, { warrants: [warrant("2026-06-01")] }, "NOT_A_LEVER"],
    ["another's warrant", { recordId: "x" }, {}, "NOT_A_LEVER"],
    ["a warrant by no id", { recordId: null }, {}, "NOT_A_LEVER"],
    ["a warrant as a condition", { kind: "condition" }, {}, "NOT_A_LEVER"],
    ["a condition", { kind: "condition", recordId: "c" }, { conditions: [condition(null)] }, "open"],
    ["a condition that was over", { kind: "condition", recordId: "c" }, { conditions: [condition("2026-05-02")] }, "NOT_A_LEVER"], // prettier-ignore
    ["a charge", { kind: "charge", recordId: "h" }, { charges: [charge()] }, "open"],
    ["a charge that may need her", { kind: "charge", recordId: "h" }, { charges: [charge({ ipv: true })] }, "NOT_A_LEVER"], // prettier-ignore
    ["a nexus", { kind: "group-nexus", recordId: null }, { groupNexus: true }, "open"],
    ["a nexus that is not there", { kind: "group-nexus", recordId: null }, {}, "NOT_A_LEVER"],
    ["a nexus with a record", { kind: "group-nexus" }, { groupNexus: true }, "NOT_A_LEVER"],
    ["the community, beside a warrant", { kind: "community", recordId: null }, {}, "LEGAL_LEVER_EXISTS"],
    ["the community", { kind: "community", recordId: null }, { warrants: [] }, "open"],
    ["the community with a record", { kind: "community" }, { warrants: [] }, "NOT_A_LEVER"],
    ["a moment ahead", { triedAt: new Date("2026-06-15T12:02:00Z") }, {}, "IN_THE_FUTURE"],
    ["level C", {}, { level: "C" }, "LEVEL_HAS_NO_LEVERS"],
    ["no level", {}, { level: null }, "LEVEL_HAS_NO_LEVERS"],
  ])("%s", (_what, pull, facts, outcome) => {
    expect(tried(pull, facts)).toBe(outcome);
  });

  const TABLE: Record<PullState, Record<PullResult, string>> = {
    open: { succeed: "succeeded", fail: "failed", withdraw: "withdrawn" },
    succeeded: { succeed: "OVER", fail: "OVER", withdraw: "OVER" },
    failed: { succeed: "OVER", fail: "OVER", withdraw: "OVER" },
    withdrawn: { succeed: "OVER", fail: "OVER", withdraw: "OVER" },
  };
  test.each(PULL_STATES.flatMap((state) => PULL_RESULTS.map((result) => [state, result] as const)))(
    "%s, and the result %s",
    (state, result) => {
      const next = pullAfter(state, result);
      expect(next.ok ? next.value : next.refusal.code).toBe(TABLE[state][result]);
    },
  );
});
