import { join } from "node:path";
import { readTierRules } from "../tier-rules-file";
import { charge, incident, noFacts, orderViolation, priorRecord, prohibited } from "./facts.fixture";
import { limitedReasons, proposeLevel } from "./level";
import type { OffenderFacts } from "./offender-facts";
import type { Level, TierRuleSet } from "./tier-rules";

const rules = readTierRules(join(__dirname, "../../../site/tier-rules.json"));
const AS_OF = "2024-06-01";
const propose = (facts: Partial<OffenderFacts>, ruleSet: TierRuleSet = rules, asOf = AS_OF) =>
  proposeLevel(ruleSet, { ...noFacts, ...facts }, asOf);
const without = (criterionId: string): TierRuleSet => ({
  ...rules,
  criteria: rules.criteria.map((one) => (one.id === criterionId ? { ...one, enabled: false } : one)),
});

/** The brief's example table: [what, facts, level, criteria that fire in order] */
const table: [string, Partial<OffenderFacts>, Level | null, string[]][] = [
  ["nothing", {}, null, []],
  ["a theft only", { priorRecords: [priorRecord("p")] }, null, []],
  ["D: suspected, no probable cause", { incidents: [incident("i")] }, "D", ["suspected-ipv"]],
  [
    "D: arrested, not charged",
    { incidents: [incident("i", { probableCause: true })] },
    "D",
    ["suspected-ipv"],
  ],
  [
    "C: one IPV charge",
    { incidents: [incident("i")], charges: [charge("c", { incidentId: "i" })] },
    "C",
    ["first-ipv-charge", "suspected-ipv"],
  ],
  [
    "C: one IPV charge and a theft",
    { charges: [charge("c")], priorRecords: [priorRecord("p")] },
    "C",
    ["first-ipv-charge"],
  ],
  [
    "B: two IPV charges",
    { charges: [charge("c"), charge("d")] },
    "B",
    ["two-ipv-charges", "first-ipv-charge"],
  ],
  [
    "B: prohibited behaviour alone",
    { prohibitedBehaviour: [prohibited("b")] },
    "B",
    ["prohibited-behaviour"],
  ],
  [
    "B: both",
    { charges: [charge("c"), charge("d")], prohibitedBehaviour: [prohibited("b")] },
    "B",
    ["two-ipv-charges", "prohibited-behaviour", "first-ipv-charge"],
  ],
  [
    "A: three IPV charges",
    { charges: [charge("c"), charge("d"), charge("e")] },
    "A",
    ["three-ipv-charges", "two-ipv-charges", "first-ipv-charge"],
  ],
  ["A: an order violated", { orderViolations: [orderViolation("v")] }, "A", ["order-violated"]],
  [
    "A: a violent history",
    { incidents: [incident("i")], priorRecords: [priorRecord("p", { offenceCode: "120" })] },
    "A",
    ["violent-history", "suspected-ipv"],
  ],
  [
    "A: one IPV charge, with a knife",
    { charges: [charge("c", { weaponCodes: ["20"] })] },
    "A",
    ["ipv-charge-with-weapon", "first-ipv-charge"],
  ],
  [
    "A: an IPV conviction",
    { charges: [charge("c", { disposition: "convicted" })] },
    "A",
    ["ipv-conviction", "first-ipv-charge"],
  ],
  [
    "C: one charge dismissed, one open",
    { charges: [charge("c"), charge("d", { disposition: "dismissed" })] },
    "C",
    ["first-ipv-charge"],
  ],
  [
    "the only charge dismissed, incident unknown",
    { charges: [charge("c", { disposition: "dismissed" })] },
    null,
    [],
  ],
];

test.each(table)("L8: %s", (_, facts, level, fired) => {
  const proposal = propose(facts);
  expect(proposal.level).toBe(level);
  expect(proposal.fired.map((one) => one.criterionId)).toEqual(fired);
  expect(proposal).toMatchObject({
    ruleSet: { id: "nnsc-example", version: 1 },
    requiresNamedConfirmation: true,
  });
});

test("L8: a fired criterion names its facts", () => {
  expect(propose({ charges: [charge("d"), charge("c")] }).fired[0]).toEqual({
    criterionId: "two-ipv-charges",
    level: "B",
    predicate: "ipv-charges",
    factIds: ["c", "d"],
    category: "second charge",
  });
});

test("L7: a criterion that is switched off says nothing", () => {
  const armed = { charges: [charge("c", { weaponCodes: ["20"] })] };
  expect(propose(armed).level).toBe("A");
  expect(propose(armed, without("ipv-charge-with-weapon")).level).toBe("C");
  expect(propose({ orderViolations: [orderViolation("v")] }, without("order-violated")).level).toBeNull();
});

test("L11: a look-back of its own for each criterion", () => {
  const limited: TierRuleSet = {
    ...rules,
    criteria: rules.criteria.map((one) =>
      one.id === "two-ipv-charges" ? { ...one, lookBackMonths: 24 } : one,
    ),
  };
  const charges = (filedOn: string) => ({ charges: [charge("c"), charge("d", { filedOn })] });
  expect(propose(charges("2022-06-01"), limited).level).toBe("B");
  expect(propose(charges("2022-05-31"), limited).level).toBe("C");
});

test("L4: a previous offence leaves one charge at C and is marked", () => {
  const facts = {
    charges: [charge("c"), charge("t", { ipv: false, offenceCode: "23C" })],
    priorRecords: [priorRecord("p")],
  };
  expect(propose(facts).marks).toEqual([{ code: "PREVIOUS_OFFENCE_OUTSIDE_TABLE", factIds: ["p", "t"] }]);
  expect(propose({ charges: [charge("c")] }).marks).toEqual([]);
});

test("L4: an arrest without a charge stays at D and is marked", () => {
  expect(propose({ incidents: [incident("i", { probableCause: true }), incident("j")] }).marks).toEqual([
    { code: "PROBABLE_CAUSE_WITHOUT_CHARGE", factIds: ["i"] },
  ]);
});

test("L3: a dual-party incident and all that hangs on it is held, and counts nowhere", () => {
  const proposal = propose({
    incidents: [incident("i", { dualParty: true })],
    charges: [charge("c", { incidentId: "i", weaponCodes: ["20"] }), charge("d", { dualParty: true })],
    orderViolations: [orderViolation("v", { incidentId: "i" })],
    prohibitedBehaviour: [prohibited("b", { incidentId: "i" })],
  });
  expect(proposal).toMatchObject({ level: null, fired: [], notCounted: [] });
  expect(proposal.heldForReview).toEqual(
    ["b", "c", "d", "i", "v"].map((factId) => ({ factId, reason: "dual-party" })),
  );
});

test("L6: what does not count is listed with its reason", () => {
  const proposal = propose({
    charges: [charge("c", { disposition: "dismissed" }), charge("d", { disposition: "acquitted" })],
    orderViolations: [orderViolation("v", { unfounded: true })],
    priorRecords: [
      priorRecord("p", { ipv: true, disposition: "acquitted" }),
      priorRecord("q", { ipv: true, disposition: "dismissed" }),
    ],
  });
  expect(proposal.fired).toEqual([]);
  expect(proposal.notCounted).toEqual([
    { factId: "c", reason: "dismissed" },
    { factId: "d", reason: "acquitted" },
    { factId: "p", reason: "acquitted" },
    { factId: "q", reason: "dismissed" },
    { factId: "v", reason: "unfounded" },
  ]);
});

describe("as-of", () => {
  test("L14: a fact dated after it is not known yet", () => {
    const facts = { charges: [charge("c", { filedOn: "2024-06-02" })] };
    expect(propose(facts)).toMatchObject({
      level: null,
      notCounted: [{ factId: "c", reason: "after-as-of" }],
    });
    expect(propose(facts, rules, "2024-06-02").level).toBe("C");
  });
  test("L14: a charge is pending until the day of its disposition", () => {
    const facts = { charges: [charge("c", { disposition: "dismissed", dispositionOn: "2024-05-01" })] };
    expect(propose(facts, rules, "2024-04-30").level).toBe("C");
    expect(propose(facts, rules, "2024-05-01").level).toBeNull();
  });
  test("L14: an older record is no conviction before the day of its disposition", () => {
    const facts = { priorRecords: [priorRecord("p", { ipv: true, dispositionOn: "2024-05-01" })] };
    expect(propose(facts, rules, "2024-04-30").level).toBeNull();
    expect(propose(facts, rules, "2024-05-01").level).toBe("A");
  });
  test("L14: a date that cannot be read holds its fact and stops nothing else", () => {
    const proposal = propose({ charges: [charge("c"), charge("d", { filedOn: "13-MAR-19" })] });
    expect(proposal.level).toBe("C");
    expect(proposal.heldForReview).toEqual([{ factId: "d", reason: "unreadable-date" }]);
  });
  test("L14: a day before the rules took effect is marked", () => {
    expect(propose({}, rules, "2019-12-31").marks).toEqual([{ code: "BEFORE_RULES_IN_EFFECT", factIds: [] }]);
    expect(propose({}, rules, "2020-01-01").marks).toEqual([]);
  });
  test.each(["", "yesterday", "2024-06-31", "2024-06-01T10:00:00Z"])("L14: %j is refused", (asOf) => {
    expect(() => propose({}, rules, asOf)).toThrow(RangeError);
  });
});

describe("the limited form for advocates", () => {
  test("L12: categories only, each once", () => {
    const proposal = propose({
      incidents: [incident("i")],
      charges: [charge("c"), charge("d"), charge("e", { weaponCodes: ["20"], disposition: "convicted" })],
      orderViolations: [orderViolation("v")],
      prohibitedBehaviour: [prohibited("b")],
      priorRecords: [priorRecord("p", { offenceCode: "13A" })],
    });
    expect(limitedReasons(proposal)).toEqual([
      "third charge",
      "order violated",
      "violent history",
      "weapon",
      "conviction",
      "second charge",
      "prohibited behaviour",
      "first charge",
      "suspected",
    ]);
  });
  test.each(["local", "court", "ncic"] as const)("L12: the same is told of a %s record", (provenance) => {
    const proposal = propose({
      priorRecords: [priorRecord("p", { offenceCode: "13A", ipv: true, provenance })],
    });
    expect(proposal.level).toBe("A");
    expect(limitedReasons(proposal)).toEqual(["violent history", "conviction"]);
  });
});
