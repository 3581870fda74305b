import { CONTACT_STATES } from "./contact-state";
import { decideOutcome, failedConditions, type OutcomeFacts } from "./contact-outcome";
import type { Protocol } from "./protocol";

const now = new Date("2026-03-20T12:00:00.000Z");
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const level = { means: [], withinHours: null, gated: true };
const protocol: Protocol = {
  ...{ id: "site", version: 1, failedAttempts: 3, releaseHoldsHours: 24 },
  panel: { members: 3, agencies: 2 },
  levels: { A: level, B: level, C: level, D: level },
};
type Contact = OutcomeFacts["contact"];
type Victim = OutcomeFacts["victims"][number];

const released: Contact = {
  ...{ id: "contact", state: "released", recordedAt: hours(-72), attemptsNeeded: 3 },
  ...{ level: "B", gated: true, plannedBy: "dan@police", releasedAt: hours(-5), closedAt: null },
};
const planned: Contact = { ...released, state: "planned", releasedAt: null };
const told: Victim = {
  openedAt: hours(-500),
  outreach: [{ kind: "victim-notice", outcome: "reached", recordedAt: hours(-48) }],
  signOffs: [],
};
const untold: Victim = { ...told, outreach: [] };
const facts = (differs: Partial<OutcomeFacts> & { readonly contact: Contact }): OutcomeFacts => ({
  ...{ inForce: "B", victims: [told] },
  ...differs,
});
const decide = (given: OutcomeFacts, event: "make" | "refuse" | "not-find" | "breach", madeAt: Date) => {
  const decision = decideOutcome(given, event, madeAt, protocol, now);
  return decision.ok ? decision.value.state : decision.refusal.code;
};

test.each([
  ["just after its release", -5, -4.9, "made"],
  ["before its release", -5, -5.1, "OUTSIDE_RELEASE"],
  ["a day after its release", -25, -1, "made"],
  ["when the release held no more", -26, -1, "OUTSIDE_RELEASE"],
  ["ahead of the clock", -5, 1, "IN_THE_FUTURE"],
])("L28: a released contact that was made %s", (_what, releasedAt, madeAt, outcome) => {
  const contact = { ...released, releasedAt: hours(releasedAt) };
  expect(decide(facts({ contact }), "make", hours(madeAt))).toBe(outcome);
});

test.each<[what: string, contact: Contact, code: string]>([
  ["planned", planned, "NOT_RELEASED"],
  ["cancelled", { ...planned, state: "cancelled", closedAt: hours(-9) }, "OVER"],
  ["recalled", { ...released, state: "recalled", closedAt: hours(-2) }, "OVER"],
  ["lapsed", { ...released, releasedAt: hours(-48) }, "OUTSIDE_RELEASE"],
])("L28: a contact that is %s and was made is recorded as a breach, and only so", (_what, contact, code) => {
  expect(decide(facts({ contact }), "breach", hours(-1))).toBe("breached");
  for (const event of ["make", "refuse", "not-find"] as const) {
    expect(decide(facts({ contact }), event, hours(-1))).toBe(code);
  }
  expect(decide(facts({ contact }), "breach", hours(1))).toBe("IN_THE_FUTURE");
});

describe("L36: what came up after the release, and before he was met, makes it a breach", () => {
  test.each<[what: string, differs: Partial<OutcomeFacts>, code: string]>([
    ["nothing", {}, "made"],
    ["he had moved to level A", { inForce: "A" }, "LEVEL_NOT_IN_FORCE"],
    ["he had moved to another level", { inForce: "C" }, "LEVEL_NOT_IN_FORCE"],
    ["another victim came to light, who was not told", { victims: [told, { ...untold, openedAt: hours(-2) }] }, "VICTIM_NOT_TOLD"], // prettier-ignore
    [
      "another victim came to light after he was met",
      { victims: [told, { ...untold, openedAt: now }] },
      "made",
    ],
  ])("%s", (_what, differs, code) => {
    const given = facts({ contact: released, ...differs });
    expect(decide(given, "make", hours(-1))).toBe(code);
    expect(decide(given, "breach", hours(-1))).toBe("breached");
  });

  test("of a level that is not gated, a victim who was not told is none", () => {
    const given = facts({ contact: { ...released, gated: false }, victims: [untold] });
    expect(decide(given, "make", hours(-1))).toBe("made");
  });
});

describe("L34: a report says what did not hold when he was contacted", () => {
  test.each<[what: string, differs: Partial<OutcomeFacts> & { readonly contact: Contact }, failed: string[]]>(
    [
      ["with a release that held", { contact: released }, []],
      ["before anybody had released it", { contact: planned }, ["not-released", "advocacy-not-asked"]],
      ["nobody had planned", { contact: { ...planned, state: "breached", plannedBy: null, recordedAt: now } }, ["not-planned", "not-released", "victim-not-told", "advocacy-not-asked"]], // prettier-ignore
      ["called off before", { contact: { ...planned, state: "cancelled", closedAt: hours(-2) } }, ["called-off", "not-released", "advocacy-not-asked"]], // prettier-ignore
      ["called off since", { contact: { ...planned, state: "cancelled", closedAt: now } }, ["not-released", "advocacy-not-asked"]], // prettier-ignore
      [
        "recalled before",
        { contact: { ...released, state: "recalled", closedAt: hours(-2) } },
        ["called-off"],
      ],
      ["before its release", { contact: { ...released, releasedAt: now } }, ["outside-release", "advocacy-not-asked"]], // prettier-ignore
      ["when its release held no more", { contact: { ...released, releasedAt: hours(-48) } }, ["outside-release"]], // prettier-ignore
      ["at another level", { contact: released, inForce: "C" }, ["level-not-in-force"]],
      [
        "at level A, unplanned",
        { contact: { ...released, level: "A" }, inForce: "A" },
        ["level-not-in-force"],
      ],
      ["at no level", { contact: { ...released, level: null }, inForce: null }, ["level-not-in-force"]],
      ["with a victim who was not told", { contact: released, victims: [told, untold] }, ["victim-not-told"]],
      ["with a victim who was told only later", { contact: released, victims: [{ ...told, outreach: [{ ...told.outreach[0]!, recordedAt: now }] }] }, ["victim-not-told"]], // prettier-ignore
      ["with no victim known", { contact: released, victims: [] }, ["victim-not-told"]],
    ],
  )("%s", (_what, differs, failed) => {
    expect(failedConditions(facts(differs), hours(-1), protocol)).toEqual(failed);
  });

  test("a contact that has ended otherwise is no breach any more", () => {
    const into = CONTACT_STATES.filter(
      (state) => decide(facts({ contact: { ...released, state } }), "breach", hours(-1)) === "breached",
    );
    expect(into).toEqual(["planned", "released", "cancelled", "recalled"]);
  });
});
