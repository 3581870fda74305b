import fc from "fast-check";
import { join } from "node:path";
import { readInstruments } from "../instrument-files";
import type { Instrument, InstrumentRule } from "./instrument";
import {
  AssessmentOutcome,
  RiskAnswerValue,
  assessmentFault,
  findingOf,
  highDangerAmong,
  inItemOrder,
  newestOfEach,
  type Answers,
  type KnownAssessment,
} from "./risk-assessment";

const SITE = readInstruments(join(__dirname, "../../../site/instruments"));
const SCREEN = SITE.find(({ id }) => id === "lethality-screen")!;
const CHECKLIST = SITE.find(({ id }) => id === "example-checklist")!;
const VALUES = Object.values(RiskAnswerValue);

/** All answers of an instrument: "no" but for those that are named. */
function answersTo({ items }: Instrument, named: Answers = {}, else_: RiskAnswerValue = "no"): Answers {
  return Object.fromEntries(items.map(({ id }) => [id, named[id] ?? else_]));
}
const yes = (...items: number[]) => Object.fromEntries(items.map((item) => [String(item), "yes" as const]));

test("answers come in the order of their items, numbers as numbers", () => {
  const answers = { "10": "no", "2": "yes", "10a": "not asked", "1": "unknown" } as const;
  expect(inItemOrder(answers).map(({ item }) => item)).toEqual(["1", "2", "10", "10a"]);
  expect(inItemOrder(answers)[1]).toEqual({ item: "2", answer: "yes" });
});

test.each<[string, Answers, AssessmentOutcome]>([
  ["yes to one of the first three", yes(1), "high-danger"],
  ["yes to another of them", yes(2), "high-danger"],
  ["yes to the third", yes(3), "high-danger"],
  ["yes to four of the others", yes(4, 6, 8, 11), "high-danger"],
  ["yes to three of the others", yes(4, 6, 8), "not-screened-in"],
  ["no to all, and the assessor believes it", { belief: "yes" }, "high-danger"],
  ["no to all", {}, "not-screened-in"],
  ["one of the first three unknown", { "1": "unknown" }, "incomplete"],
  ["one of them not asked", { "3": "not asked" }, "incomplete"],
  ["nobody said what the assessor believes", { belief: "not asked" }, "incomplete"],
  ["yes to three of the others, a fourth unknown", { ...yes(4, 6, 8), "11": "unknown" }, "incomplete"],
  ["yes to one of the others, and three were not asked", { ...yes(4), "5": "not asked", "6": "not asked", "7": "not asked" }, "incomplete"], // prettier-ignore
  ["whatever three unknown answers were, four are not reached", { "4": "unknown", "5": "unknown", "6": "unknown" }, "not-screened-in"], // prettier-ignore
  ["yes to one of the first three, the rest not asked", { ...answersTo(SCREEN, {}, "not asked"), ...yes(2) }, "high-danger"], // prettier-ignore
])("AV60: the lethality screen: %s", (_what, named, outcome) => {
  expect(findingOf(SCREEN.rule, answersTo(SCREEN, named))).toEqual({ outcome, score: null, band: null });
});

test.each<[string, Answers, ReturnType<typeof findingOf>]>([
  ["no to all", {}, { outcome: "not-screened-in", score: 0, band: "not raised" }],
  ["yes to five", yes(1, 2, 3, 4, 5), { outcome: "not-screened-in", score: 5, band: "raised" }],
  ["yes to seven", yes(1, 2, 3, 4, 5, 6, 7), { outcome: "high-danger", score: 7, band: "high" }],
  ["yes to five, one unknown", { ...yes(1, 2, 3, 4, 5), "6": "unknown" }, { outcome: "not-screened-in", score: null, band: "raised" }], // prettier-ignore
  ["yes to three, one unknown", { ...yes(1, 2, 3), "6": "unknown" }, { outcome: "not-screened-in", score: null, band: null }], // prettier-ignore
  ["yes to six, one unknown", { ...yes(1, 2, 3, 4, 5, 6), "7": "unknown" }, { outcome: "incomplete", score: null, band: null }], // prettier-ignore
  ["yes to seven, one unknown", { ...yes(1, 2, 3, 4, 5, 6, 7), "8": "unknown" }, { outcome: "high-danger", score: null, band: "high" }], // prettier-ignore
])("AV60: a score: %s", (_what, named, found) => {
  expect(findingOf(CHECKLIST.rule, answersTo(CHECKLIST, named))).toEqual(found);
});

const ITEMS = ["1", "2", "3", "4", "5"];
const anyRule: fc.Arbitrary<InstrumentRule> = fc.record({
  highDangerWhen: fc.array(
    fc
      .uniqueArray(fc.constantFrom(...ITEMS), { minLength: 1 })
      .chain((of) => fc.record({ of: fc.constant(of), atLeast: fc.integer({ min: 1, max: of.length }) })),
    { maxLength: 3 },
  ),
  score: fc.option(
    fc.record({
      start: fc.integer({ min: -3, max: 3 }),
      weights: fc.record(Object.fromEntries(ITEMS.map((item) => [item, fc.nat(4)]))),
      bands: fc.uniqueArray(fc.integer({ min: -2, max: 15 }), { maxLength: 3 }).chain((starts) =>
        fc.nat(starts.length).map((calm) =>
          [-9, ...starts.sort((a, b) => a - b)].map((from, nth) => ({
            ...{ from, name: `from ${from}`, highDanger: nth > calm },
          })),
        ),
      ),
    }),
    { nil: undefined },
  ),
});
const anyAnswers: fc.Arbitrary<Answers> = fc.record(
  Object.fromEntries(ITEMS.map((item) => [item, fc.constantFrom(...VALUES)])),
);
const RANK: Readonly<Record<AssessmentOutcome, number>> = {
  "not-screened-in": 0,
  incomplete: 1,
  "high-danger": 2,
};

test("AV60: by any rule, a yes in the place of any other answer never lowers what was found, nor the score", () => {
  fc.assert(
    fc.property(anyRule, anyAnswers, fc.constantFrom(...ITEMS), (rule, answers, item) => {
      const before = findingOf(rule, answers);
      const after = findingOf(rule, { ...answers, [item]: "yes" });
      expect(RANK[after.outcome]).toBeGreaterThanOrEqual(RANK[before.outcome]);
      if (before.score !== null && answers[item] === "no") expect(after.score).toBeGreaterThanOrEqual(before.score); // prettier-ignore
    }),
    { numRuns: 1_000 },
  );
});

test("AV60: by any rule, what was not answered is never counted as a no: NOT_SCREENED_IN is what no answer could change", () => {
  fc.assert(
    fc.property(anyRule, anyAnswers, anyAnswers, (rule, answers, later) => {
      const isOpen = (item: string) => answers[item] === "unknown" || answers[item] === "not asked";
      const answered = Object.fromEntries(
        ITEMS.map((item) => [item, (isOpen(item) ? later : answers)[item]!]),
      );
      const [before, after] = [findingOf(rule, answers), findingOf(rule, answered)];
      if (before.outcome !== "incomplete") expect(after.outcome).toBe(before.outcome);
      if (before.score !== null) expect(after.score).toBe(before.score);
      if (before.band !== null) expect(after.band).toBe(before.band);
      // And unknown and not asked are one.
      const unknown = Object.fromEntries(ITEMS.map((item) => [item, isOpen(item) ? ("unknown" as const) : answers[item]!])); // prettier-ignore
      expect(findingOf(rule, unknown)).toEqual(before);
    }),
    { numRuns: 1_000 },
  );
});

const NOW = new Date("2026-03-01T12:00:00Z");
const TOLD = {
  answers: Object.entries(answersTo(SCREEN)).map(([item, answer]) => ({ item, answer })),
  assessedAt: NOW,
  note: null,
};
test.each([
  ["nothing", TOLD, null],
  ["a minute ahead: clocks differ", { ...TOLD, assessedAt: new Date("2026-03-01T12:00:59Z") }, null],
  ["a day ahead", { ...TOLD, assessedAt: new Date("2026-03-02T12:00:00Z") }, "IN_THE_FUTURE"],
  ["an item that there is not", { ...TOLD, answers: [...TOLD.answers, { item: "12", answer: "no" as const }] }, "UNKNOWN_ITEM"], // prettier-ignore
  ["an item twice", { ...TOLD, answers: [...TOLD.answers, TOLD.answers[0]!] }, "ITEM_TWICE"],
  ["an answer is missing", { ...TOLD, answers: TOLD.answers.slice(1) }, "ANSWER_MISSING"],
  ["no answers", { ...TOLD, answers: [] }, "ANSWER_MISSING"],
  ["nothing was asked", { ...TOLD, answers: TOLD.answers.map(({ item }) => ({ item, answer: "not asked" as const })) }, "NOTHING_ASKED"], // prettier-ignore
  ["a note of nothing", { ...TOLD, note: " " }, "TEXT_MISSING"],
  ["a note too long", { ...TOLD, note: "n".repeat(4_001) }, "TEXT_TOO_LONG"],
  ["a note of no text", { ...TOLD, note: "a\u0000" }, "TEXT_HAS_CONTROL_CHARACTERS"],
] as const)("AV63: what is wrong with a telling: %s", (_what, told, fault) => {
  expect(assessmentFault(told, SCREEN, NOW)).toBe(fault);
});

const anyHistory = fc.array(
  fc.record({ instrument: fc.constantFrom("a", "b"), outcome: fc.constantFrom(...Object.values(AssessmentOutcome)), corrects: fc.nat(6) }), // prettier-ignore
  { maxLength: 8 },
);
/** Newest first; `corrects` that is no earlier one of the instrument corrects none. */
function historyOf(told: readonly { instrument: string; outcome: AssessmentOutcome; corrects: number }[]) {
  const oldestFirst: KnownAssessment[] = [];
  for (const [nth, { instrument, outcome, corrects }] of told.entries()) {
    const wrong = oldestFirst.find(({ id }) => id === String(corrects));
    const free = wrong?.instrument === instrument && !oldestFirst.some(({ correctsId }) => correctsId === wrong.id); // prettier-ignore
    oldestFirst.push({ id: String(nth), instrument, outcome, correctsId: free ? wrong.id : null });
  }
  return oldestFirst.reverse();
}

test("AV61: high danger that was found stands, whatever is found or corrected after", () => {
  fc.assert(
    fc.property(anyHistory, (told) => {
      const all = historyOf(told);
      for (let later = 0; later < all.length; later += 1) {
        if (highDangerAmong(all.slice(later)) !== null) expect(highDangerAmong(all)).not.toBeNull();
      }
      expect(highDangerAmong(all) === null).toBe(all.every(({ outcome }) => outcome !== "high-danger"));
    }),
  );
});

test("AV61: of each instrument the newest is shown, and what was corrected is not", () => {
  const one = (id: string, instrument: string, correctsId: string | null = null): KnownAssessment => ({
    ...{ id, instrument, outcome: "incomplete", correctsId },
  });
  const all = [one("5", "b", "3"), one("4", "a"), one("3", "b"), one("2", "b"), one("1", "a")];
  expect(newestOfEach(all).map(({ id }) => id)).toEqual(["5", "4"]);
  // A correction of what is older does not take the place of what was asked since.
  const later = [one("4", "a"), one("3", "a", "1"), one("1", "a")];
  expect(newestOfEach(later).map(({ id }) => id)).toEqual(["4"]);
  // One that was dated too late is not shown in the place of what corrects it.
  expect(newestOfEach([one("1", "a"), one("2", "a", "1")]).map(({ id }) => id)).toEqual(["2"]);
});
