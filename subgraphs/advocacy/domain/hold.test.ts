import { expiryOf, stands } from "./hold";

const now = new Date("2026-03-20T12:00:00.000Z");
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);

test.each([
  ["expires in an hour", hours(1), null, true],
  ["expires now", now, null, false],
  ["expired an hour ago", hours(-1), null, false],
  ["was withdrawn", hours(1), hours(-1), false],
  ["was withdrawn, says a clock that is ahead", hours(1), hours(1), false],
])("AV20: a hold that %s", (_what, expiresAt, withdrawnAt, expected) => {
  expect(stands({ expiresAt, withdrawnAt }, now)).toBe(expected);
});

test.each([
  [1, hours(1)],
  [72, hours(72)],
  [73, null],
  [0, null],
  [-1, null],
])("AV20: placed for %d hours where a site allows 72", (count, expected) => {
  expect(expiryOf(count, { longestHours: 72 }, now)).toEqual(expected);
});
