import { isDay, lookBack, monthsBefore } from "./calendar";

test.each(["2024-02-29", "2023-12-31", "2000-02-29"])("L11: %s is a day", (text) => {
  expect(isDay(text)).toBe(true);
});

test.each([
  "2023-02-29",
  "1900-02-29",
  "2024-13-01",
  "2024-04-31",
  "2024-1-1",
  "2024-01-01T00:00:00Z",
  "",
  "13-MAR-19",
])("L11: %j is no day", (text) => expect(isDay(text)).toBe(false));

test.each([
  ["2024-05-10", 12, "2023-05-10"],
  ["2024-03-31", 1, "2024-02-29"],
  ["2023-03-31", 1, "2023-02-28"],
  ["2024-02-29", 12, "2023-02-28"],
  ["2024-01-15", 1, "2023-12-15"],
  ["2024-01-15", 13, "2022-12-15"],
  ["2024-12-31", 6, "2024-06-30"],
  ["2024-05-10", 0, "2024-05-10"],
])("L11: %s less %i months is %s", (day, months, expected) => {
  expect(monthsBefore(day, months)).toBe(expected);
});

test("L11: a look-back is not counted from anything but a day", () => {
  expect(() => monthsBefore("today", 1)).toThrow(RangeError);
});

test.each([
  ["2023-05-10", "inside"], // the boundary day itself
  ["2023-05-09", "outside"],
  ["2024-05-10", "inside"],
  ["2024-05-11", "outside"],
  [null, "undated"],
] as const)("L11: with 12 months on 2024-05-10, %s lies %s", (day, expected) => {
  expect(lookBack(day, 12, "2024-05-10")).toBe(expected);
});

test("L11: without a limit even an undated fact is inside", () => {
  expect(lookBack(null, null, "2024-05-10")).toBe("inside");
});
