import {
  decideDraft,
  decideReview,
  decideService,
  offenderName,
  type OffenderLetterFacts,
  type OffenderLetterKind,
} from "./offender-letter";
import type { Protocol } from "./protocol";
import type { Level } from "./tier-rules";
import { findVictimData, type OffenderFacingText, type VictimData } from "./victim-data/find-victim-data";

const PROTOCOL: Protocol = {
  id: "test",
  version: 1,
  levels: {
    A: { means: [], withinHours: null, gated: true },
    B: { means: ["call-in", "custom-notification"], withinHours: null, gated: true },
    C: { means: ["notification"], withinHours: 48, gated: false },
    D: { means: ["letter"], withinHours: 168, gated: false },
  },
  failedAttempts: 2,
  panel: { members: 3, agencies: 2 },
  releaseHoldsHours: 24,
};
const NOW = new Date("2026-03-05T12:00:00Z");
const at = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const outcome = (result: { ok: boolean; value?: unknown; refusal?: { code: string } }) =>
  result.ok ? result.value : result.refusal!.code;

describe("L53: a letter is drafted at the level in force, as the protocol has it", () => {
  test.each<[level: Level | null, kind: OffenderLetterKind, exposure: string | null, outcome: string]>([
    ["D", "letter", null, "drafted"],
    ["B", "custom-notification", "Five years.", "drafted"],
    [null, "letter", null, "LEVEL_NOT_IN_FORCE"],
    ["A", "letter", null, "NO_MESSAGE"],
    ["A", "custom-notification", "Five years.", "NO_MESSAGE"],
    ["C", "letter", null, "MEANS_NOT_IN_PROTOCOL"],
    ["C", "custom-notification", "Five years.", "MEANS_NOT_IN_PROTOCOL"],
    ["B", "letter", null, "MEANS_NOT_IN_PROTOCOL"],
    ["D", "custom-notification", "Five years.", "MEANS_NOT_IN_PROTOCOL"],
    ["B", "custom-notification", null, "EXPOSURE_MISSING"],
    ["D", "letter", "Five years.", "EXPOSURE_NOT_IN_LETTER"],
  ])("at %s a %s with exposure %j: %s", (level, kind, exposure, expected) => {
    expect(outcome(decideDraft({ kind, exposure }, level, PROTOCOL))).toBe(expected);
  });
});

describe("L54: legal exposure is reviewed by a prosecutor, a letter by a coordinator, no draft by its drafter", () => {
  const draft = { state: "drafted", draftedBy: "dan@metro-police" } as const;
  test.each<[kind: OffenderLetterKind, reviewer: string, role: string, outcome: string]>([
    ["custom-notification", "pat@county-prosecutor", "prosecutor", "prosecutor"],
    ["custom-notification", "cora@metro-police", "coordinator", "REVIEWER_OF_OTHER_LETTERS"],
    ["letter", "cora@metro-police", "coordinator", "coordinator"],
    ["letter", "pat@county-prosecutor", "prosecutor", "REVIEWER_OF_OTHER_LETTERS"],
    ["letter", "dora@metro-police", "detective", "REVIEWER_OF_OTHER_LETTERS"],
    ["letter", "dan@metro-police", "coordinator", "OWN_DRAFT"],
    ["custom-notification", "dan@metro-police", "prosecutor", "OWN_DRAFT"],
  ])("a %s by %s as %s: %s", (kind, name, role, expected) => {
    expect(outcome(decideReview({ ...draft, kind }, { name, roles: [role] }))).toBe(expected);
  });

  test("what is reviewed, served or withdrawn is not reviewed again", () => {
    const reviewer = { name: "pat@county-prosecutor", roles: ["prosecutor"] };
    const states = ["reviewed", "served", "withdrawn"] as const;
    const outcomes = states.map((state) =>
      outcome(decideReview({ ...draft, state, kind: "custom-notification" }, reviewer)),
    );
    expect(outcomes).toEqual(["ALREADY_REVIEWED", "OVER", "OVER"]);
  });
});

describe("L55: a letter is served at a contact that was released, while the release held", () => {
  const letter = { kind: "letter", state: "reviewed", approvedAt: at(-5) } as const;
  const contact = { state: "released", means: "letter", releasedAt: at(-4), failed: [] } as const;
  type Letter = Parameters<typeof decideService>[0];
  type Contact = Parameters<typeof decideService>[1];
  test.each<[what: string, letter: Partial<Letter>, contact: Partial<Contact>, servedAt: Date, outcome: string]>([
    ["a letter", {}, {}, at(-1), "served"],
    ["at a contact that was made", {}, { state: "made" }, at(-1), "served"],
    ["at the moment of the release", {}, {}, at(-4), "served"],
    ["in the last moment of it, reviewed long ago", { approvedAt: at(-30) }, { releasedAt: at(-25) }, at(-1), "served"],
    ["legal exposure, by hand", { kind: "custom-notification" }, { means: "custom-notification" }, at(-1), "served"],
    ["legal exposure, at a call-in", { kind: "custom-notification" }, { means: "call-in" }, at(-1), "served"],
    ["legal exposure, by letter", { kind: "custom-notification" }, {}, at(-1), "CONTACT_OF_OTHER_MEANS"],
    ["a letter at a call-in", {}, { means: "call-in" }, at(-1), "CONTACT_OF_OTHER_MEANS"],
    ["while the gate is closed", {}, { state: "planned", releasedAt: null }, at(-1), "CONTACT_NOT_RELEASED"],
    ["after the contact was called off", {}, { state: "cancelled", releasedAt: null }, at(-1), "CONTACT_NOT_RELEASED"],
    ["after a release that was called off", {}, { state: "cancelled" }, at(-1), "CONTACT_NOT_RELEASED"],
    ["in breach", {}, { state: "breached" }, at(-1), "CONTACT_NOT_RELEASED"],
    ["to one who would not listen", {}, { state: "refused" }, at(-1), "CONTACT_NOT_RELEASED"],
    ["to one whom nobody met", {}, { state: "not-found" }, at(-1), "CONTACT_NOT_RELEASED"],
    ["before the release", { approvedAt: at(-9) }, {}, at(-4.1), "OUTSIDE_RELEASE"],
    ["after the release held no more", { approvedAt: at(-30) }, { releasedAt: at(-26) }, at(-1), "OUTSIDE_RELEASE"],
    ["at another level than his", {}, { failed: ["level-not-in-force", "victim-not-told"] }, at(-1), "LEVEL_NOT_IN_FORCE"],
    ["with a victim known whom nobody told", {}, { failed: ["victim-not-told"] }, at(-1), "VICTIM_NOT_TOLD"],
    ["before the review", { approvedAt: at(-2) }, {}, at(-3), "BEFORE_REVIEW"],
    ["without a review that is dated", { approvedAt: null }, {}, at(-1), "BEFORE_REVIEW"],
    ["tomorrow", {}, {}, at(1), "IN_THE_FUTURE"],
    ["a draft", { state: "drafted" }, {}, at(-1), "NOT_REVIEWED"],
    ["one that was served", { state: "served" }, {}, at(-1), "OVER"],
    ["one that was withdrawn", { state: "withdrawn" }, {}, at(-1), "OVER"],
  ])("%s", (_what, more, other, servedAt, expected) => {
    const result = decideService({ ...letter, ...more }, { ...contact, ...other }, servedAt, PROTOCOL, NOW);
    expect(outcome(result)).toBe(expected);
  });
}); // prettier-ignore

test("L50: what a letter to him is made of has no room for a victim, and nothing is printed that was not searched", () => {
  const person = { givenName: "Carlos", familyName: "Example", aliases: [], stateId: null };
  const victim: VictimData = {
    ...{ id: "1", givenName: "Maria", familyName: "Lopez", aliases: [], addresses: [], phones: [] },
    dateOfBirth: null,
  };
  const facts: OffenderLetterFacts = { name: offenderName(person), date: "5 March 2026", exposure: "" };
  expect(facts.name).toBe("Carlos Example");
  // @ts-expect-error: a victim's name is no name of his
  const hers: OffenderLetterFacts["name"] = `${victim.givenName} ${victim.familyName}`;
  // @ts-expect-error: a victim has no state id
  offenderName(victim);
  // @ts-expect-error: there is no such field
  const more: OffenderLetterFacts = { ...facts, victim: hers };
  // @ts-expect-error: a text is for him only once it was searched
  const text: OffenderFacingText = String(more.name);
  expect(findVictimData(text, [victim], { ...person, sex: "M", address: null })).toEqual([]);
});
