import { dayRefusal } from "./engagement";

const now = new Date("2026-03-01T12:00:00Z");
const referral = { state: "accepted" as const, referredAt: new Date("2026-02-10T06:00:00Z") };

test.each([
  ["today", "2026-03-01", null],
  // Half past two in the morning of the next day on the Line Islands.
  ["a day that has begun somewhere", "2026-03-02", null],
  ["a day that has begun nowhere", "2026-03-03", "DAY_IN_THE_FUTURE"],
  ["the day of the referral where it was made", "2026-02-09", null],
  ["a day before it everywhere", "2026-02-08", "DAY_BEFORE_REFERRAL"],
])("SV8: %s", (_what, day, refusal) => {
  expect(dayRefusal(day, referral, now)).toBe(refusal);
});

test.each(["referred", "declined", "closed"] as const)("SV8: not under a referral that is %s", (state) => {
  expect(dayRefusal("2026-03-01", { ...referral, state }, now)).toBe("REFERRAL_NOT_ACCEPTED");
});
