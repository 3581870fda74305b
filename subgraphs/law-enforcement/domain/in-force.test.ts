import { daysOf, hasBegun, isInForce } from "./in-force";

const at = (instant: string): Date => new Date(instant);

test("L18: an instant is two or three days somewhere on earth", () => {
  expect(daysOf(at("2026-03-15T12:00:00Z"))).toEqual({ earliest: "2026-03-15", latest: "2026-03-16" });
  expect(daysOf(at("2026-03-15T11:59:59Z"))).toEqual({ earliest: "2026-03-14", latest: "2026-03-16" });
  expect(daysOf(at("2026-03-15T09:59:59Z"))).toEqual({ earliest: "2026-03-14", latest: "2026-03-15" });
  expect(daysOf(at("2026-01-01T00:00:00Z"))).toEqual({ earliest: "2025-12-31", latest: "2026-01-01" });
});

test.each<[from: string, until: string | null, now: string, holds: boolean]>([
  // The evening of the last day in New York is the next day in Greenwich.
  ["2026-03-01", "2026-03-15", "2026-03-16T01:00:00Z", true],
  ["2026-03-01", "2026-03-15", "2026-03-16T11:59:59Z", true],
  ["2026-03-01", "2026-03-15", "2026-03-16T12:00:00Z", false],
  ["2026-03-16", null, "2026-03-15T09:59:59Z", false],
  ["2026-03-16", null, "2026-03-15T10:00:00Z", true],
  ["2026-03-16", "2026-03-16", "2026-03-16T12:00:00Z", true],
  ["2026-03-01", null, "2126-03-01T00:00:00Z", true],
])("L18: from %s until %s at %s: %s", (from, until, now, holds) => {
  expect(isInForce(from, until, at(now))).toBe(holds);
});

test("L18: a day has begun when it has begun anywhere", () => {
  expect(hasBegun("2026-03-16", at("2026-03-15T10:00:00Z"))).toBe(true);
  expect(hasBegun("2026-03-16", at("2026-03-15T09:59:59Z"))).toBe(false);
});
