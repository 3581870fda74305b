import fc from "fast-check";
import { SMALLEST_SHOWN, suppressed } from "./suppression";

const shown = (values: readonly number[]) => {
  const { cells, total } = suppressed(
    values.map((count, index) => ({ key: `k${index}`, count })),
    SMALLEST_SHOWN,
  );
  return { cells: cells.map(({ count }) => count), total };
};

describe("suppressed", () => {
  test.each<[string, number[], (number | null)[], number | null]>([
    ["nothing to withhold", [10, 25, 300], [10, 25, 300], 335],
    ["one small count takes the next larger with it", [9, 25, 300], [null, null, 300], null],
    ["zero is small too", [0, 25, 300], [null, null, 300], null],
    [
      "two small counts that together stay small take a third",
      [4, 5, 25, 300],
      [null, null, null, 300],
      null,
    ],
    [
      "whoever knows the total would know the sum of 4 and 5",
      [4, 5, 200, 700],
      [null, null, null, 700],
      null,
    ],
    ["two small counts that together are not do not", [4, 6, 25, 300], [null, null, 25, 300], null],
    ["the order of the lines does not matter", [300, 9, 25], [300, null, null], null],
    ["one small line", [3], [null], null],
    ["no lines", [], [], null],
  ])("%s", (_what, given, cells, total) => {
    expect(shown(given)).toEqual({ cells, total });
  });

  test("what is withheld is never one line of several, never a small group, and no small count is shown", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { minLength: 2, maxLength: 9 }), (values) => {
        const { cells, total } = shown(values);
        const hidden = values.filter((_, index) => cells[index] === null);
        expect(cells.every((count) => count === null || count >= SMALLEST_SHOWN)).toBe(true);
        if (hidden.length === 0) return expect(total).not.toBeNull();
        expect(total).toBeNull();
        expect(hidden.length).toBeGreaterThan(1);
        if (hidden.length === values.length) return;
        expect(hidden.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(SMALLEST_SHOWN);
      }),
    );
  });

  test("even who knows the rule cannot tell a small count: other counts give the same answer", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(25), { minLength: 1, maxLength: 5 }), (values) => {
        const answer = JSON.stringify(shown(values));
        values.forEach((count, small) => {
          if (count >= SMALLEST_SHOWN) return;
          const steps = [1, -1].flatMap((step) =>
            values.map((_, other) =>
              values.map((v, i) => v + (i === small ? step : i === other ? -step : 0)),
            ),
          );
          const others = steps.filter((moved) => Math.min(...moved) >= 0);
          expect(others.some((moved) => JSON.stringify(shown(moved)) === answer)).toBe(true);
        });
      }),
      { numRuns: 1_000 },
    );
  });
});
