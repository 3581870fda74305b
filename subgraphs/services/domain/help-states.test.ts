import { freePlaces, hasPlace, isPlaces } from "./capacity";
import { HelpPromiseState, decidePromiseDay, overdueBefore, promiseAfter } from "./help-promise";
import { ReferralState, referralAfter, type ReferralEvent } from "./referral";
import {
  SmallHelpState,
  decideSmallHelp,
  isSmallAmount,
  smallHelpAfter,
  type SmallHelpEvent,
} from "./small-help";

const said = <Value>(
  result: { ok: true; value: Value } | { ok: false; refusal: { code: string } },
): Value | string => (result.ok ? result.value : result.refusal.code);

test("SV22: a promise is kept, broken or withdrawn while it is open, and never again", () => {
  const table = Object.values(HelpPromiseState).map((state) => [
    state,
    ...(["keep", "break", "withdraw"] as const).map((event) => said(promiseAfter(state, event))),
  ]);
  expect(table).toEqual([
    ["open", "kept", "broken", "withdrawn"],
    ["kept", "OVER", "OVER", "OVER"],
    ["broken", "OVER", "OVER", "OVER"],
    ["withdrawn", "OVER", "OVER", "OVER"],
  ]);
});

test("SV26: a referral goes on only from where it stands; nobody is taken before he agreed", () => {
  const events: ReferralEvent[] = ["agree", "refuse", "accept", "decline", "close"];
  const table = Object.values(ReferralState).map((state) => [
    state,
    ...events.map((event) => said(referralAfter(state, event))),
  ]);
  const over = ["OVER", "OVER", "OVER", "OVER", "OVER"];
  expect(table).toEqual([
    ["proposed", "referred", "refused", "NOT_AGREED", "NOT_AGREED", "closed"],
    ["referred", "ALREADY_AGREED", "closed", "accepted", "declined", "closed"],
    ["accepted", "ALREADY_AGREED", "closed", "ALREADY_ACCEPTED", "ALREADY_ACCEPTED", "closed"],
    ["declined", ...over],
    ["refused", ...over],
    ["closed", ...over],
  ]);
});

test("SV25: small help is handed over when it was approved, and decided once", () => {
  const events: SmallHelpEvent[] = ["approve", "decline", "deliver"];
  const table = Object.values(SmallHelpState).map((state) => [
    state,
    ...events.map((event) => said(smallHelpAfter(state, event))),
  ]);
  expect(table).toEqual([
    ["requested", "approved", "declined", "NOT_APPROVED"],
    ["approved", "ALREADY_DECIDED", "ALREADY_DECIDED", "delivered"],
    ["declined", "OVER", "OVER", "OVER"],
    ["delivered", "OVER", "OVER", "OVER"],
  ]);
});

test("SV25: nobody decides on his own request; what is over is said first", () => {
  const request = { state: "requested", requestedBy: "a@b" } as const;
  expect(said(decideSmallHelp(request, "approve", "a@b"))).toBe("OWN_REQUEST");
  expect(said(decideSmallHelp(request, "decline", "a@c"))).toBe("declined");
  expect(said(decideSmallHelp({ ...request, state: "delivered" }, "approve", "a@b"))).toBe("OVER");
});

test.each([
  [0, false],
  [1, true],
  [50_000, true],
  [50_001, false],
  [1.5, false],
])("SV25: %d cents are asked for: %s", (cents, expected) => {
  expect(isSmallAmount(cents)).toBe(expected);
});

test.each([
  // It is still the ninth in the west, at noon in UTC of the tenth.
  ["2026-03-10T11:59:00Z", "2026-03-09", "2026-03-09"],
  ["2026-03-10T11:59:00Z", "2026-03-08", "DAY_IN_THE_PAST"],
  ["2026-03-10T12:00:00Z", "2026-03-09", "DAY_IN_THE_PAST"],
  ["2026-03-10T12:00:00Z", "2027-03-11", "2027-03-11"],
  ["2026-03-10T12:00:00Z", "2027-03-12", "DAY_TOO_FAR_AHEAD"],
])("SV23: at %s help for %s is: %s", (now, day, expected) => {
  expect(said(decidePromiseDay(day, new Date(now)))).toBe(expected);
});

test("SV23: what is due today somewhere is not overdue", () => {
  expect(overdueBefore(new Date("2026-03-10T11:59:00Z"))).toBe("2026-03-09");
  expect(overdueBefore(new Date("2026-03-10T12:00:00Z"))).toBe("2026-03-10");
});

test("SV29: a place is one of the service and one of the provider", () => {
  const free = { places: 2, taken: 1 };
  const full = { places: 1, taken: 1 };
  expect(hasPlace(free, free)).toBe(true);
  expect(hasPlace(full, free)).toBe(false);
  expect(hasPlace(free, full)).toBe(false);
  expect(hasPlace(null, free)).toBe(false);
  expect(freePlaces({ places: 1, taken: 3 })).toBe(0);
  expect([-1, 0, 10_000, 10_001, 0.5].map(isPlaces)).toEqual([false, true, true, false, false]);
});
