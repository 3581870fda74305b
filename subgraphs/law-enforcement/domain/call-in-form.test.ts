import { ATTENDANCES, decideAttendance, namedFault, speakersFault, type Attendance } from "./call-in-form";
import type { OutcomeFacts } from "./contact-outcome";
import { CONTACT_STATES, type ContactState } from "./contact-state";
import type { Protocol } from "./protocol";

const now = new Date("2026-03-20T12:00:00.000Z");
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const level = { means: ["call-in"] as const, withinHours: null, gated: true };
const protocol: Protocol = {
  ...{ id: "site", version: 1, failedAttempts: 3, releaseHoldsHours: 24 },
  panel: { members: 3, agencies: 2 },
  levels: { A: level, B: level, C: level, D: level },
};
const notice = { kind: "victim-notice", outcome: "reached", recordedAt: hours(-48) } as const;
const facts = (differs: Partial<OutcomeFacts["contact"]>): OutcomeFacts => ({
  contact: {
    ...{ id: "contact", state: "released", recordedAt: hours(-72), attemptsNeeded: 3, level: "B" },
    ...{ gated: true, plannedBy: "dan@police", releasedAt: hours(-5), closedAt: null },
    ...differs,
  },
  inForce: "B",
  victims: [{ openedAt: hours(-500), outreach: [notice], signOffs: [] }],
});
const decide = (given: OutcomeFacts, came: Attendance, heldAt = hours(-1)) => {
  const decision = decideAttendance(given, came, heldAt, protocol, now);
  return decision.ok ? decision.value.state : decision.refusal.code;
};

const OVER = { attended: "OVER", refused: "OVER", "did-not-come": "OVER" };
const CALLED_OFF = { ...OVER, attended: "breached" };
const TABLE: Record<ContactState, Record<Attendance, string>> = {
  planned: { attended: "breached", refused: "NOT_RELEASED", "did-not-come": "NOT_RELEASED" },
  released: { attended: "made", refused: "refused", "did-not-come": "not-found" },
  cancelled: CALLED_OFF,
  recalled: CALLED_OFF,
  ...{ made: OVER, refused: OVER, "not-found": OVER, breached: OVER },
};

describe("L38: whether he came, and what becomes of his contact", () => {
  test.each(CONTACT_STATES.flatMap((state) => ATTENDANCES.map((came) => [state, came] as const)))(
    "of a %s contact he %s",
    (state, came) => {
      const releasedAt = state === "planned" || state === "cancelled" ? null : hours(-5);
      expect(decide(facts({ state, releasedAt }), came)).toBe(TABLE[state][came]);
    },
  );

  test.each<[what: string, given: OutcomeFacts, attended: string, didNotCome: string]>([
    ["the release held no more", facts({ releasedAt: hours(-48) }), "breached", "OUTSIDE_RELEASE"],
    ["it was released only afterwards", facts({ releasedAt: hours(-0.5) }), "breached", "OUTSIDE_RELEASE"],
    ["he had moved to level A", { ...facts({}), inForce: "A" }, "breached", "LEVEL_NOT_IN_FORCE"],
    ["a victim was not told", { ...facts({}), victims: [] }, "breached", "VICTIM_NOT_TOLD"],
  ])("%s", (_what, given, attended, didNotCome) => {
    expect([decide(given, "attended"), decide(given, "did-not-come")]).toEqual([attended, didNotCome]);
  });

  test("a call-in of tomorrow was attended by nobody", () => {
    for (const came of ATTENDANCES) expect(decide(facts({}), came, hours(1))).toBe("IN_THE_FUTURE");
  });
});

const ids = (count: number) => Array.from({ length: count }, (_, index) => `id ${index}`);
test.each<[what: string, named: readonly string[], fault: string | null]>([
  ["nobody", [], "NOBODY_NAMED"],
  ["one", ids(1), null],
  ["sixty", ids(60), null],
  ["sixty-one", ids(61), "TOO_MANY"],
  ["one twice, in other letters", ["ab", "c", "AB"], "NAMED_TWICE"],
])("L38: %s named", (_what, named, fault) => expect(namedFault(named)).toBe(fault));

test("L38: speakers may be named later, and are not endless", () => {
  const speakers = (names: readonly string[]) => names.map((name) => ({ name, role: "pastor" }));
  expect([0, 20, 21].map((count) => speakersFault(speakers(ids(count))))).toEqual([null, null, "TOO_MANY"]);
  expect(speakersFault(speakers(["Ruth", "Ruth"]))).toBe("NAMED_TWICE");
  expect(speakersFault([...speakers(["Ruth"]), { name: "Ruth", role: "mother" }])).toBeNull();
});
