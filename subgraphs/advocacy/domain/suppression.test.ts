import fc from "fast-check";
import { SMALLEST_SHOWN, suppressed } from "./suppression";

const counts = (...values: number[]) => values.map((count, index) => ({ key: `k${index}`, count }));
const shown = (...values: number[]) => {
  const { cells, total } = suppressed(counts(...values));
  return { cells: cells.map(({ count }) => count), total };
};

describe("suppressed", () => {
  test.each([
    ["nothing to withhold", [10, 25, 300], [10, 25, 300], 335],
    ["one small count takes the next larger with it", [9, 25, 300], [null, null, 300], 334],
    ["zero is small too", [0, 25, 300], [null, null, 300], 325],
    ["two small counts that together stay small take a third", [4, 5, 25, 300], [null, null, null, 300], 334],
    ["two small counts that together are not", [4, 6, 25, 300], [null, null, 25, 300], 335],
    ["the order of the lines does not matter", [300, 9, 25], [300, null, null], 334],
    ["no line left: no total", [3, 25], [null, null], null],
    ["one small line", [3], [null], null],
    ["no lines", [], [], null],
  ])("AV6: %s", (_what, given, cells, total) => {
    expect(shown(...given)).toEqual({ cells, total });
  });

  test("AV6: what is withheld is never one line, never a small group, and no small count is shown", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 9 }), (values) => {
        const { cells, total } = shown(...values);
        const visible = cells.filter((count) => count !== null);
        expect(visible.every((count) => count >= SMALLEST_SHOWN)).toBe(true);
        const hidden = cells.length - visible.length;
        if (total === null || hidden === 0) return;
        expect(hidden).toBeGreaterThan(1);
        expect(total - visible.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(SMALLEST_SHOWN);
      }),
    );
  });

  test("AV6: nobody can tell a small count from what is shown: another one fits as well", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(25), { minLength: 3, maxLength: 5 }), (values) => {
        const answer = JSON.stringify(shown(...values));
        const small = values.findIndex((count) => count < SMALLEST_SHOWN);
        if (small === -1) return;
        const others = values.map((_, index) => index).filter((index) => index !== small);
        const alike = others.some((other) =>
          [1, -1].some((step) => {
            const moved = values.map((count, i) => count + (i === small ? step : i === other ? -step : 0));
            return Math.min(...moved) >= 0 && JSON.stringify(shown(...moved)) === answer;
          }),
        );
        expect(alike).toBe(true);
      }),
    );
  });
});
