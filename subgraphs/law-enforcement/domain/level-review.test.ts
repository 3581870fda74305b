import type { HeldFact, NotCountedFact } from "./countable-facts";
import { notYetDecided, reviewOf as reviewed, type ConfirmedLevel, type LevelReview } from "./level-review";
import { compareLevels, LEVELS, type Level } from "./tier-rules";

const proposal = (level: Level | null, gone: NotCountedFact[] = [], held: HeldFact[] = []) => ({
  level,
  fired: [],
  notCounted: gone,
  heldForReview: held,
});
/** Nothing was taken from his records. */
const reviewOf = (confirmed: ConfirmedLevel, proposed: Parameters<typeof reviewed>[1]) =>
  reviewed(confirmed, proposed, new Set(confirmed.factIds));
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

test("L9: a fact that is not in his records any more opens a review", () => {
  const gone = reviewed({ level: "A", factIds: ["d", "c"] }, proposal("A"), new Set(["d", "x"]));
  expect(gone).toEqual({ outcome: "review", reasons: [{ code: "FACT_GONE", factIds: ["c"] }] });
});

test.each<[what: string, asked: LevelReview["reasons"], left: LevelReview["reasons"]]>([
  ["a proposal it has decided on", [{ code: "LOWER_PROPOSAL", factIds: [] }], []],
  ["a fact it has decided on", [{ code: "FACT_GONE", factIds: ["a"] }], []],
  ["one fact more", [{ code: "FACT_GONE", factIds: ["a", "b"] }], [{ code: "FACT_GONE", factIds: ["b"] }]],
  [
    "the same fact for another reason",
    [{ code: "FACT_HELD", factIds: ["a"] }],
    [{ code: "FACT_HELD", factIds: ["a"] }],
  ],
])("L45: a panel is asked once: %s", (_what, reasons, left) => {
  const decided: LevelReview["reasons"] = [
    { code: "LOWER_PROPOSAL", factIds: [] },
    { code: "FACT_GONE", factIds: ["a"] },
  ];
  expect(
    notYetDecided({ outcome: "review", reasons }, "C", [{ proposedLevel: "C", reasons: decided }]),
  ).toEqual(left);
});

test("L45: a proposal at yet another level is another question", () => {
  const reasons = [{ code: "LOWER_PROPOSAL" as const, factIds: [] }];
  expect(notYetDecided({ outcome: "review", reasons }, "D", [{ proposedLevel: "C", reasons }])).toEqual(
    reasons,
  );
});
