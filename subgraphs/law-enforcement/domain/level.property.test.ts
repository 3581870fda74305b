import fc from "fast-check";
import { noFacts } from "./facts.fixture";
import { limitedReasons, proposeLevel, type Proposal } from "./level";
import type { OffenderFacts } from "./offender-facts";
import { compareLevels, LEVELS, type Criterion, type TierRuleSet } from "./tier-rules";

const AS_OF = "2024-06-01";
const RUNS = { numRuns: 400 };

const day = fc.option(
  fc.constantFrom(
    "2009-01-01",
    "2022-06-01",
    "2023-05-31",
    "2023-06-01",
    "2024-02-29",
    AS_OF,
    "2024-06-02",
    "bad",
  ),
  { nil: null },
);
const readableDay = fc.constantFrom("2009-01-01", "2022-06-01", "2023-06-01", AS_OF);
const incidentId = fc.option(fc.constantFrom("i0", "i1", "i2", "i3"), { nil: null });
const offenceCode = fc.constantFrom("13A", "13B", "120", "23C", "90Z", "QQ");
const weaponCodes = fc.array(fc.constantFrom("20", "12A", "40", "85", "99", "QQ"), { maxLength: 2 });
const disposition = fc.constantFrom("pending", "convicted", "dismissed", "acquitted");
const provenance = fc.constantFrom("local", "court", "ncic");
const rule = fc.constantFrom("release-condition", "supervision-condition", "ipvi-rule");

const list = <Fact>(prefix: string, fact: fc.Arbitrary<Fact>) =>
  fc
    .array(fact, { maxLength: 5 })
    .map((all) => all.map((one, index) => ({ ...one, id: `${prefix}${index}` })));

/** How facts of one kind are drawn; `dualParty` and what else may differ is the caller's. */
const kinds = (
  date: typeof day | typeof readableDay,
  dualParty: fc.Arbitrary<boolean>,
  ended: fc.Arbitrary<"pending" | "convicted" | "dismissed" | "acquitted">,
  unfounded: fc.Arbitrary<boolean>,
) => ({
  incidents: fc.record({
    occurredOn: date,
    intimatePartner: fc.boolean(),
    probableCause: fc.boolean(),
    dualParty,
  }),
  charges: fc.record({
    incidentId,
    offenceCode,
    ipv: fc.boolean(),
    orderViolation: fc.boolean(),
    weaponCodes,
    filedOn: date,
    disposition: ended,
    dispositionOn: date,
    dualParty,
  }),
  orderViolations: fc.record({ incidentId, occurredOn: date, unfounded, dualParty }),
  prohibitedBehaviour: fc.record({ incidentId, rule, occurredOn: date, unfounded, dualParty }),
  priorRecords: fc.record({
    offenceCode: fc.option(offenceCode, { nil: null }),
    violent: fc.boolean(),
    ipv: fc.boolean(),
    occurredOn: date,
    disposition: ended,
    dispositionOn: date,
    provenance,
  }),
});

/** All sorts of facts, the unreadable, dismissed and dual-party ones too. */
const any = kinds(day, fc.boolean(), disposition, fc.boolean());
const anyFacts: fc.Arbitrary<OffenderFacts> = fc.record({
  incidents: list("i", any.incidents),
  charges: list("c", any.charges),
  orderViolations: list("v", any.orderViolations),
  prohibitedBehaviour: list("b", any.prohibitedBehaviour),
  priorRecords: list("p", any.priorRecords),
});

/** One more fact of any kind, alone in an otherwise empty set, with an id of its own. */
const oneMore = (kind: typeof any): fc.Arbitrary<OffenderFacts> =>
  fc.oneof(
    kind.incidents.map((one) => ({ ...noFacts, incidents: [{ ...one, id: "new" }] })),
    kind.charges.map((one) => ({ ...noFacts, charges: [{ ...one, id: "new" }] })),
    kind.orderViolations.map((one) => ({ ...noFacts, orderViolations: [{ ...one, id: "new" }] })),
    kind.prohibitedBehaviour.map((one) => ({ ...noFacts, prohibitedBehaviour: [{ ...one, id: "new" }] })),
    kind.priorRecords.map((one) => ({ ...noFacts, priorRecords: [{ ...one, id: "new" }] })),
  );
const qualifying = oneMore(
  kinds(readableDay, fc.constant(false), fc.constantFrom("pending", "convicted"), fc.constant(false)),
);
const dualParty = oneMore({ ...kinds(day, fc.constant(true), disposition, fc.boolean()) }).filter(
  (facts) => facts.priorRecords.length === 0,
);

const join = (one: OffenderFacts, other: OffenderFacts): OffenderFacts => ({
  incidents: [...one.incidents, ...other.incidents],
  charges: [...one.charges, ...other.charges],
  orderViolations: [...one.orderViolations, ...other.orderViolations],
  prohibitedBehaviour: [...one.prohibitedBehaviour, ...other.prohibitedBehaviour],
  priorRecords: [...one.priorRecords, ...other.priorRecords],
});

/** Any rule set a site could write, not only the brief's: L4 must not rest on a well-chosen table. */
const atLeast = fc.integer({ min: 1, max: 3 });
const predicate: fc.Arbitrary<Pick<Criterion, "predicate" | "parameters">> = fc.oneof(
  fc.record({ predicate: fc.constant("suspected-ipv" as const), parameters: fc.record({ atLeast }) }),
  fc.record({
    predicate: fc.constant("ipv-charges" as const),
    parameters: fc.record({ atLeast, countBy: fc.constantFrom("charge" as const, "incident" as const) }),
  }),
  fc.record({ predicate: fc.constant("prohibited-behaviour" as const), parameters: fc.record({ atLeast }) }),
  fc.record({ predicate: fc.constant("order-violation" as const), parameters: fc.record({ atLeast }) }),
  fc.record({
    predicate: fc.constant("violent-history" as const),
    parameters: fc.record({
      offenceCodes: fc.subarray(["13A", "120", "13B"]),
      dispositions: fc.subarray(["pending" as const, "convicted" as const], { minLength: 1 }),
    }),
  }),
  fc.record({
    predicate: fc.constant("ipv-charge-with-weapon" as const),
    parameters: fc.record({ countAsphyxiation: fc.boolean() }),
  }),
  fc.record({ predicate: fc.constant("ipv-conviction" as const), parameters: fc.constant({}) }),
);
const anyRules: fc.Arbitrary<TierRuleSet> = fc
  .array(
    fc.tuple(
      predicate,
      fc.constantFrom(...LEVELS),
      fc.boolean(),
      fc.option(fc.constantFrom(1, 12, 24), { nil: null }),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((drawn) => ({
    id: "drawn",
    version: 1,
    effectiveFrom: "2020-01-01",
    levels: LEVELS,
    criteria: drawn.map(
      ([what, level, enabled, lookBackMonths], index) =>
        ({ id: `k${index}`, level, enabled, lookBackMonths, ...what }) as Criterion,
    ),
  }));

const explanation = ({ level, fired, marks }: Proposal) => ({ level, fired, marks });

test("L4: one more qualifying fact never lowers a proposal", () => {
  fc.assert(
    fc.property(anyRules, anyFacts, qualifying, (rules, facts, more) => {
      const before = proposeLevel(rules, facts, AS_OF);
      const after = proposeLevel(rules, join(facts, more), AS_OF);
      expect(compareLevels(after.level, before.level)).toBeGreaterThanOrEqual(0);
      const held = new Set(after.fired.map((one) => one.criterionId));
      expect(before.fired.filter((one) => !held.has(one.criterionId))).toEqual([]);
    }),
    RUNS,
  );
});

test("L4: the properties are not empty: some added fact raises, some rule set fires", () => {
  const raised = fc
    .sample(fc.tuple(anyRules, anyFacts, qualifying), { numRuns: 400, seed: 7 })
    .filter(([rules, facts, more]) => {
      const before = proposeLevel(rules, facts, AS_OF).level;
      return compareLevels(proposeLevel(rules, join(facts, more), AS_OF).level, before) > 0;
    });
  expect(raised.length).toBeGreaterThan(10);
});

test("L5: the order of facts says nothing", () => {
  const shuffled = anyFacts.chain((facts) =>
    fc
      .record({
        incidents: fc.shuffledSubarray([...facts.incidents], { minLength: facts.incidents.length }),
        charges: fc.shuffledSubarray([...facts.charges], { minLength: facts.charges.length }),
        orderViolations: fc.shuffledSubarray([...facts.orderViolations], {
          minLength: facts.orderViolations.length,
        }),
        prohibitedBehaviour: fc.shuffledSubarray([...facts.prohibitedBehaviour], {
          minLength: facts.prohibitedBehaviour.length,
        }),
        priorRecords: fc.shuffledSubarray([...facts.priorRecords], { minLength: facts.priorRecords.length }),
      })
      .map((other) => [facts, other] as const),
  );
  fc.assert(
    fc.property(anyRules, shuffled, (rules, [facts, other]) => {
      expect(proposeLevel(rules, other, AS_OF)).toEqual(proposeLevel(rules, facts, AS_OF));
    }),
    RUNS,
  );
});

test("L3: a dual-party fact never changes a proposal, and is always held", () => {
  fc.assert(
    fc.property(anyRules, anyFacts, dualParty, (rules, facts, more) => {
      const before = proposeLevel(rules, facts, AS_OF);
      const after = proposeLevel(rules, join(facts, more), AS_OF);
      expect(explanation(after)).toEqual(explanation(before));
      expect(after.heldForReview).toContainEqual({ factId: "new", reason: "dual-party" });
    }),
    RUNS,
  );
});

test("L6: a dismissed charge changes no proposal", () => {
  const dismissed = kinds(readableDay, fc.constant(false), fc.constant("dismissed"), fc.constant(false));
  const charged = dismissed.charges.map((one) => ({
    ...noFacts,
    charges: [{ ...one, id: "new", incidentId: null, dispositionOn: one.filedOn }],
  }));
  fc.assert(
    fc.property(anyRules, anyFacts, charged, (rules, facts, more) => {
      expect(explanation(proposeLevel(rules, join(facts, more), AS_OF))).toEqual(
        explanation(proposeLevel(rules, facts, AS_OF)),
      );
    }),
    RUNS,
  );
});

test("L7: switching a criterion off never raises a proposal", () => {
  fc.assert(
    fc.property(anyRules, anyFacts, fc.nat(), (rules, facts, pick) => {
      const off = pick % rules.criteria.length;
      const fewer = {
        ...rules,
        criteria: rules.criteria.map((one, index) => (index === off ? { ...one, enabled: false } : one)),
      };
      const [all, less] = [proposeLevel(rules, facts, AS_OF), proposeLevel(fewer, facts, AS_OF)];
      expect(compareLevels(less.level, all.level)).toBeLessThanOrEqual(0);
    }),
    RUNS,
  );
});

test("L11: a longer look-back never lowers a proposal", () => {
  fc.assert(
    fc.property(anyRules, anyFacts, (rules, facts) => {
      const longer = {
        ...rules,
        criteria: rules.criteria.map((one) => ({
          ...one,
          lookBackMonths: one.lookBackMonths === null ? null : one.lookBackMonths + 12,
        })),
      };
      const [short, long] = [proposeLevel(rules, facts, AS_OF), proposeLevel(longer, facts, AS_OF)];
      expect(compareLevels(long.level, short.level)).toBeGreaterThanOrEqual(0);
    }),
    RUNS,
  );
});

test("L12: what advocates read does not tell a national record from another", () => {
  fc.assert(
    fc.property(anyRules, anyFacts, (rules, facts) => {
      const told = (changed: OffenderFacts) =>
        JSON.stringify(limitedReasons(proposeLevel(rules, changed, AS_OF)));
      const national = facts.priorRecords.map((one) => ({ ...one, provenance: "ncic" as const }));
      expect(told({ ...facts, priorRecords: national })).toBe(told(facts));
    }),
    RUNS,
  );
});

test("L12: whatever holds is told, whichever records it rests on", () => {
  const national = anyFacts.map((facts) => ({
    ...noFacts,
    priorRecords: facts.priorRecords.map((one) => ({ ...one, provenance: "ncic" as const })),
  }));
  fc.assert(
    fc.property(anyRules, national, (rules, facts) => {
      const proposal = proposeLevel(rules, facts, AS_OF);
      expect(limitedReasons(proposal).length > 0).toBe(proposal.fired.length > 0);
    }),
    RUNS,
  );
});
