import { type ContactFact, isAhead, levelOfContact } from "./contact";

const now = new Date("2026-04-10T12:00:00.000Z");
const hoursAgo = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);
const planned = (plannedFor: Date, differs: Partial<ContactFact> = {}): ContactFact => ({
  ...{ level: "C", state: "planned", plannedFor, madeAt: null },
  ...differs,
});
const made = (madeAt: Date, differs: Partial<ContactFact> = {}): ContactFact =>
  planned(madeAt, { state: "made", madeAt, ...differs });

test("L17: a plan holds until a day after its hour, though nobody recorded what came of it", () => {
  expect(isAhead(planned(hoursAgo(-48)), now)).toBe(true);
  expect(isAhead(planned(hoursAgo(24)), now)).toBe(true);
  expect(isAhead(planned(hoursAgo(24.01)), now)).toBe(false);
  expect(isAhead(planned(hoursAgo(-48), { state: "released" }), now)).toBe(true);
  for (const state of ["made", "refused", "not-found", "cancelled", "breached"] as const) {
    expect(isAhead(planned(hoursAgo(-48), { state }), now)).toBe(false);
  }
});

test.each<[what: string, contacts: ContactFact[], level: string | null]>([
  ["none", [], null],
  ["a plan", [planned(hoursAgo(-1))], "C"],
  ["a plan of two days ago", [planned(hoursAgo(48))], null],
  ["made 90 days ago", [made(hoursAgo(90 * 24))], "C"],
  ["made 91 days ago", [made(hoursAgo(91 * 24))], null],
  ["made, says a clock that is ahead", [made(hoursAgo(-1))], null],
  ["refused or cancelled", [planned(hoursAgo(1), { state: "refused" }), planned(hoursAgo(1), { state: "cancelled" })], null], // prettier-ignore
  [
    "the latest of several",
    [made(hoursAgo(72)), made(hoursAgo(48), { level: "B" }), made(hoursAgo(999))],
    "B",
  ],
])("L17: the level at which he is being contacted: %s", (_, contacts, level) => {
  expect(levelOfContact(contacts, now)).toBe(level);
});
