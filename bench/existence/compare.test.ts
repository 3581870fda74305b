import { compare } from "./compare";

test("the share of pairs in which the first is later, by hand", () => {
  // Of the six pairs, 3 is later than 2 and 1, 5 than all three but the tie: (2 + 2.5) / 6.
  expect(compare([3, 5], [1, 2, 5]).later).toBeCloseTo(4.5 / 6);
  expect(compare([1, 2], [3, 4]).later).toBe(0);
  expect(compare([3, 4], [1, 2]).later).toBe(1);
  expect(compare([1, 1], [1, 1, 1]).later).toBe(0.5);
});

test("medians, and what chance does", () => {
  const { medians, margin } = compare([3, 1, 2], [9, 7, 8]);
  expect(medians).toEqual([2, 8]);
  expect(margin).toBeCloseTo(1.96 * Math.sqrt(7 / 108));
});
