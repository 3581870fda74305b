import { countedBy, figureOf, twoWayFigureOf } from "./figure";

const asOf = new Date("2026-03-01T12:00:00Z");

test("what was never counted stands in a figure as withheld, and what is not among its labels does not", () => {
  const counted = countedBy(["one", "two", "three"], [
    { label: "one", count: 12 },
    { label: "three", count: 6 },
    { label: "three", count: 15 },
    { label: "other", count: 99 },
  ]); // prettier-ignore
  expect(figureOf(counted, { limit: 10, asOf })).toEqual({
    rows: [
      { labels: ["one"], count: null },
      { labels: ["two"], count: null },
      { labels: ["three"], count: 21 },
    ],
    suppressedBelow: 10,
    asOf,
  });
});

test("a table tells each pair, whether or not anybody was counted there", () => {
  const counted = [
    { label: "a", within: "x", count: 20 },
    { label: "a", within: "y", count: 30 },
    { label: "b", within: "x", count: 40 },
  ];
  const { rows } = twoWayFigureOf(["a", "b", "c"], ["x", "y"], counted, { limit: 10, asOf });
  expect(rows.map(({ labels }) => labels.join(" "))).toEqual(["a x", "a y", "b x", "b y", "c x", "c y"]);
  expect(rows.filter(({ count }) => count !== null && count < 10)).toEqual([]);
});
