import { ACTION_STATES, actionAfter, dueDayFault } from "./action";

const NOW = new Date("2026-03-10T12:00:00.000Z");

test.each(ACTION_STATES)("C1: an action that is %s goes on once, or not at all", (state) => {
  const expected = state === "open" ? ["done", "dropped"] : [null, null];
  expect([actionAfter(state, "finish"), actionAfter(state, "drop")]).toEqual(expected);
});

test.each([
  ["2026-03-10", null],
  ["2026-03-09", null],
  ["2026-03-08", "IN_THE_PAST"],
  ["2027-03-11", null],
  ["2027-03-12", "TOO_FAR_AHEAD"],
] as const)("C2: due on %s: %p", (dueOn, expected) => {
  expect(dueDayFault(dueOn, NOW)).toBe(expected);
});
