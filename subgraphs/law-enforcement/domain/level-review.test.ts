import type { HeldFact, NotCountedFact } from "./countable-facts";
import { reviewOf } from "./level-review";
import { compareLevels, LEVELS, type Level } from "./tier-rules";

const proposal = (level: Level | null, gone: NotCountedFact[] = [], held: HeldFact[] = []) => ({
  level,
  fired: [],
  notCounted: gone,
  heldForReview: held,
});
const every: (Level | null)[] = [...LEVELS, null];

test("L9: over every pair of levels, higher raises, lower is reviewed, equal is the same", () => {
  expect([...every].sort((one, other) => compareLevels(other, one))).toEqual(["A", "B", "C", "D", null]);
  for (const confirmed of every) {
    for (const proposed of every) {
      const step = every.indexOf(confirmed) - every.indexOf(proposed);
      const expected = step > 0 ? "raise" : step === 0 ? "same" : "review";
      expect(reviewOf({ level: confirmed, factIds: [] }, proposal(proposed)).outcome).toBe(expected);
    }
  }
});

test("L9: a lower proposal says so", () => {
  expect(reviewOf({ level: "B", factIds: ["c"] }, proposal("C")).reasons).toEqual([
    { code: "LOWER_PROPOSAL", factIds: [] },
  ]);
});

test.each(["dismissed", "acquitted", "unfounded"] as const)(
  "L9: a fact that was %s and carried the level opens a review at the same level",
  (reason) => {
    expect(reviewOf({ level: "A", factIds: ["c", "d"] }, proposal("A", [{ factId: "c", reason }]))).toEqual({
      outcome: "review",
      reasons: [{ code: "FACT_NO_LONGER_COUNTS", factIds: ["c"] }],
    });
  },
);

test("L9: a dismissed charge the level does not rest on changes nothing", () => {
  const gone = proposal("A", [{ factId: "z", reason: "dismissed" }]);
  expect(reviewOf({ level: "A", factIds: ["c"] }, gone)).toEqual({ outcome: "same", reasons: [] });
});

test("L9: a fact that turned out dual-party opens a review", () => {
  const held = proposal("A", [], [{ factId: "c", reason: "dual-party" }]);
  expect(reviewOf({ level: "A", factIds: ["c"] }, held)).toEqual({
    outcome: "review",
    reasons: [{ code: "FACT_HELD", factIds: ["c"] }],
  });
});

test("L9: a fact that is held in one respect and counts in another opens none", () => {
  const held = {
    ...proposal("C", [], [{ factId: "c", reason: "unknown-weapon-code" }]),
    fired: [
      {
        criterionId: "k",
        level: "C",
        predicate: "ipv-charges",
        factIds: ["c"],
        category: "first charge",
      } as const,
    ],
  };
  expect(reviewOf({ level: "C", factIds: ["c"] }, held)).toEqual({ outcome: "same", reasons: [] });
});

test("L9: a raise still tells that a fact was lost", () => {
  const raised = proposal("A", [{ factId: "c", reason: "dismissed" }]);
  expect(reviewOf({ level: "C", factIds: ["c"] }, raised)).toEqual({
    outcome: "raise",
    reasons: [{ code: "FACT_NO_LONGER_COUNTS", factIds: ["c"] }],
  });
});
