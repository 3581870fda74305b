import {
  consequencesOf,
  CORRECTION_KINDS,
  decideDisposition,
  RIPPLES,
  type CorrectedFacts,
} from "./correction";
import type { CorrectionKind, Ripple } from "./correction";
import type { Disposition } from "./offender-facts";

const NOW = new Date("2026-06-15T12:00:00Z");
const FACTS: CorrectedFacts = {
  withdrawn: ["incident", "charge"],
  firstRecordedAt: new Date("2026-05-01T00:00:00Z"),
  level: { confirmationId: "level", factIds: ["charge", "other"] },
  contacts: [
    ...(["planned", "released", "made", "refused", "not-found", "cancelled", "breached"] as const).map(
      (state) => ({
        id: state,
        state,
      }),
    ),
  ],
  letters: [
    { id: "before", draftedAt: new Date("2026-04-30T00:00:00Z") },
    { id: "since", draftedAt: new Date("2026-05-01T00:00:00Z") },
  ],
  alertIds: ["alert"],
};
const said = (kind: CorrectionKind, more: Partial<CorrectedFacts> = {}) =>
  consequencesOf(kind, { ...FACTS, ...more }).map(({ ripple, recordId }) => `${ripple} ${recordId}`);

const TABLE: Record<CorrectionKind, Record<Ripple, readonly string[]>> = {
  "wrong-person": {
    "review-level": ["level"],
    "cancel-contact": ["planned", "released"],
    "mark-letter": ["since"],
    "recall-alert": ["alert"],
  },
  "not-guilty": {
    "review-level": ["level"],
    "cancel-contact": [],
    "mark-letter": ["since"],
    "recall-alert": [],
  },
  convicted: { "review-level": [], "cancel-contact": [], "mark-letter": [], "recall-alert": [] },
};
test.each(CORRECTION_KINDS.map((kind) => [kind]))("L47: what follows from %s", (kind) => {
  const expected = RIPPLES.flatMap((ripple) => TABLE[kind][ripple].map((id) => `${ripple} ${id}`));
  expect(said(kind)).toEqual(expected);
});

test.each<[what: string, more: Partial<CorrectedFacts>]>([
  ["does not rest on it", { level: { confirmationId: "level", factIds: ["other"] } }],
  ["is none", { level: null }],
])("L47: a level that %s is not looked at, and contacts at it are made", (_what, more) => {
  expect(said("wrong-person", more)).toEqual(["mark-letter since", "recall-alert alert"]);
});

const CODES: Record<Disposition, Record<Exclude<Disposition, "pending">, string>> = {
  pending: { convicted: "convicted", dismissed: "not-guilty", acquitted: "not-guilty" },
  convicted: { convicted: "OVER", dismissed: "not-guilty", acquitted: "not-guilty" },
  dismissed: { convicted: "OVER", dismissed: "OVER", acquitted: "OVER" },
  acquitted: { convicted: "OVER", dismissed: "OVER", acquitted: "OVER" },
};
const ends = (from: Disposition, to: Exclude<Disposition, "pending">, on = "2026-06-01"): string => {
  const decision = decideDisposition({ disposition: from, filedOn: "2026-05-01" }, to, on, NOW);
  return decision.ok ? decision.value : decision.refusal.code;
};
test.each(
  (["pending", "convicted", "dismissed", "acquitted"] as const).flatMap((from) =>
    (["convicted", "dismissed", "acquitted"] as const).map((to) => [from, to] as const),
  ),
)("L48: a charge that is %s becomes %s", (from, to) => {
  expect(ends(from, to)).toBe(CODES[from][to]);
});

test.each([
  ["2026-04-30", "BEFORE_THE_CHARGE"],
  ["2026-05-01", "not-guilty"],
  ["2026-06-16", "not-guilty"],
  ["2026-06-17", "IN_THE_FUTURE"],
])("L48: a charge of 2026-05-01 that was dismissed on %s, told on 2026-06-15: %s", (on, outcome) => {
  expect(ends("pending", "dismissed", on)).toBe(outcome);
});
