import fc from "fast-check";
import type { AddressComparison } from "./compare-addresses";
import {
  OutreachMeans,
  newestRule,
  unsafeBecause,
  type SafeContactRule,
  type SafeContactTerms,
  type Unsafe,
} from "./safe-contact";

const DAY = 86_400_000;
/** Noon in New York. */
const NOW = new Date("2026-03-01T17:00:00Z");
const TERMS: SafeContactTerms = { safeContactDays: 180, timeZone: "America/New_York" };
const ago = (days: number) => new Date(NOW.getTime() - days * DAY);
const ANYTHING: SafeContactRule = {
  mayCall: true,
  mayWrite: true,
  mayLeaveMessage: true,
  mayVisit: true,
  hours: null,
  language: "en",
  toldAt: ago(10),
  recordedAt: ago(9),
};
const ALL = Object.values(OutreachMeans);

function answers(rule: SafeContactRule | null, addresses: AddressComparison = "apart", now = NOW) {
  return Object.fromEntries(
    ALL.map((means) => [means, unsafeBecause({ rule, addresses }, means, TERMS, now)]),
  );
}
const each = (answer: Unsafe, other: Partial<Record<OutreachMeans, Unsafe>> = {}) => ({
  ...Object.fromEntries(ALL.map((means) => [means, answer])),
  ...other,
});

test.each<[what: string, rule: SafeContactRule | null, addresses: AddressComparison, expected: object]>([
  ["she said that all is safe, and lives apart", ANYTHING, "apart", each(null)],
  ["nobody asked her", null, "apart", each("NEVER_ASKED")],
  ["on the last day that counts", { ...ANYTHING, toldAt: ago(180) }, "apart", each(null)],
  [
    "a millisecond later",
    { ...ANYTHING, toldAt: new Date(ago(180).getTime() - 1) },
    "apart",
    each("ASKED_TOO_LONG_AGO"),
  ],
  [
    "recorded anew, but said long ago",
    { ...ANYTHING, toldAt: ago(400), recordedAt: NOW },
    "apart",
    each("ASKED_TOO_LONG_AGO"),
  ],
  ["no letters", { ...ANYTHING, mayWrite: false }, "apart", each(null, { letter: "SHE_SAID_NO" })],
  [
    "no calls, and so no messages",
    { ...ANYTHING, mayCall: false },
    "apart",
    each(null, { call: "SHE_SAID_NO", message: "SHE_SAID_NO" }),
  ],
  ["no messages", { ...ANYTHING, mayLeaveMessage: false }, "apart", each(null, { message: "SHE_SAID_NO" })],
  ["no visits", { ...ANYTHING, mayVisit: false }, "apart", each(null, { visit: "SHE_SAID_NO" })],
  ["their addresses are shared", ANYTHING, "shared", each(null, { letter: "ADDRESS_SHARED" })],
  ["their addresses are not known", ANYTHING, "unknown", each(null, { letter: "ADDRESS_UNKNOWN" })],
  ["shared, and nobody asked her", null, "shared", each("NEVER_ASKED", { letter: "ADDRESS_SHARED" })],
])("AV22: %s", (_what, rule, addresses, expected) => {
  expect(answers(rule, addresses)).toEqual(expected);
});

const OUTSIDE = "OUTSIDE_HER_HOURS";
test.each<[from: string, until: string, at: string, expected: Unsafe]>([
  ["09:00", "17:00", "2026-03-01T14:00:00Z", null],
  ["09:00", "17:00", "2026-03-01T13:59:59Z", OUTSIDE],
  ["09:00", "17:00", "2026-03-01T21:59:59Z", null],
  ["09:00", "17:00", "2026-03-01T22:00:00Z", OUTSIDE],
  // Past midnight.
  ["22:00", "06:00", "2026-03-01T05:00:00Z", null],
  ["22:00", "06:00", "2026-03-01T11:00:00Z", OUTSIDE],
  ["22:00", "06:00", "2026-03-02T03:00:00Z", null],
  // The same hour of the clock after the clocks were put forward.
  ["09:00", "17:00", "2026-03-09T13:00:00Z", null],
])("AV22: her hours are %s to %s by the site's clocks: at %s %s", (from, until, at, expected) => {
  const rule = { ...ANYTHING, hours: { from, until } };
  expect(answers(rule, "apart", new Date(at))).toEqual(each(expected, { letter: null }));
});

test("AV22: the newest recording counts, whatever an older one allows", () => {
  const no = { ...ANYTHING, mayCall: false, recordedAt: ago(1) };
  for (const rules of [
    [ANYTHING, no],
    [no, ANYTHING],
  ]) {
    expect(newestRule(rules)).toBe(no);
  }
  expect(newestRule([])).toBeNull();
});

const rules = fc.record({
  mayCall: fc.boolean(),
  mayWrite: fc.boolean(),
  mayLeaveMessage: fc.boolean(),
  mayVisit: fc.boolean(),
  hours: fc.option(fc.constantFrom({ from: "09:00", until: "17:00" }, { from: "22:00", until: "06:00" })),
  language: fc.constant("en"),
  toldAt: fc.integer({ min: 0, max: 400 }).map(ago),
  recordedAt: fc.constant(NOW),
});
const means = fc.constantFrom(...ALL);
const comparisons = fc.constantFrom<AddressComparison>("shared", "apart", "unknown");

test("AV22: a letter is safe only when addresses are apart; whatever is missing or later never makes a means safe", () => {
  fc.assert(
    fc.property(rules, means, comparisons, fc.nat({ max: 400 }), (rule, one, addresses, days) => {
      const answer = unsafeBecause({ rule, addresses }, one, TERMS, NOW);
      if (one === "letter" && addresses !== "apart") expect(answer).not.toBeNull();
      expect(unsafeBecause({ rule: null, addresses }, one, TERMS, NOW)).not.toBeNull();
      const later = new Date(NOW.getTime() + days * DAY);
      if (answer === "ASKED_TOO_LONG_AGO") {
        expect(unsafeBecause({ rule, addresses }, one, TERMS, later)).toBe(answer);
      }
    }),
    { numRuns: 500 },
  );
});
