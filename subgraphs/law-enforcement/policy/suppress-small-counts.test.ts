import fc from "fast-check";
import { suppressSmallCounts } from "./suppress-small-counts";

const told = (counts: number[], smallest = 10): (number | null)[] =>
  suppressSmallCounts(
    counts.map((count, key) => ({ key, count })),
    smallest,
  ).map((cell) => cell.count);

test("counts below the limit are hidden, zero included; the limit itself is told", () => {
  expect(told([9, 0, 10, 50])).toEqual([null, null, 10, 50]);
  expect(told([10, 11, 12])).toEqual([10, 11, 12]);
});

test("one hidden cell alone could be computed from a total: the next smallest is hidden with it", () => {
  expect(told([120, 4, 30, 45])).toEqual([120, null, null, 45]);
  expect(told([4])).toEqual([null]);
});

test("never exactly one cell is hidden among several, and no small count is ever told", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { minLength: 2, maxLength: 8 }), (counts) => {
      const shown = told(counts);
      expect(shown.filter((count) => count === null)).not.toHaveLength(1);
      expect(shown.every((count, at) => count === null || (count === counts[at] && count >= 10))).toBe(true);
    }),
  );
});
