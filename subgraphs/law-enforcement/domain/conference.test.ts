import {
  CONFERENCE_STATES,
  agendaFrom,
  agendaUntil,
  conferenceAfter,
  decideClose,
  decideConference,
} from "./conference";

const NOW = new Date("2026-03-10T12:00:00.000Z");
const days = (count: number) => new Date(NOW.getTime() + count * 86_400_000);
const codeOf = (decision: { ok: true } | { ok: false; refusal: { code: string } }) =>
  decision.ok ? "yes" : decision.refusal.code;

describe("L70: a conference goes one way, once", () => {
  test.each(CONFERENCE_STATES)("a conference that is %s", (state) => {
    const expected = state === "planned" ? ["closed", "cancelled"] : ["OVER", "OVER"];
    const [close, cancel] = [conferenceAfter(state, "close"), conferenceAfter(state, "cancel")];
    expect([close, cancel].map((next) => (next.ok ? next.value : next.refusal.code))).toEqual(expected);
  });

  test.each([
    ["planned", days(-1), "yes"],
    ["planned", days(1), "NOT_BEGUN"],
    ["closed", days(-1), "OVER"],
    ["cancelled", days(1), "OVER"],
  ] as const)("%s, beginning %s: closing it says %s", (state, startsAt, expected) => {
    expect(codeOf(decideClose({ state, startsAt }, NOW))).toBe(expected);
  });
});

test("L71: an agenda goes from the conference before, or two weeks back, until now or its close", () => {
  expect(agendaFrom(NOW, days(-7))).toEqual(days(-7));
  expect(agendaFrom(NOW, null)).toEqual(days(-14));
  expect(agendaUntil(null, NOW)).toEqual(NOW);
  expect(agendaUntil(days(-2), NOW)).toEqual(days(-2));
});

test.each([
  [days(1), "yes"],
  [days(0), "yes"],
  [days(-1), "IN_THE_PAST"],
  [days(365), "yes"],
  [days(367), "TOO_FAR_AHEAD"],
] as const)("a conference at %s: %s", (startsAt, expected) => {
  expect(codeOf(decideConference(startsAt, NOW))).toBe(expected);
});
