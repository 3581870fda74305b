import { countableFacts } from "./countable-facts";
import { charge, incident, noFacts, orderViolation, priorRecord, prohibited } from "./facts.fixture";
import type { OffenderFacts } from "./offender-facts";
import { evaluate, PREDICATE_NAMES } from "./predicates";
import type { Criterion, PredicateName, PredicateParameters } from "./tier-rules";

const AS_OF = "2024-06-01";

function criterion<Name extends PredicateName>(
  predicate: Name,
  parameters: PredicateParameters[Name],
  lookBackMonths: number | null = null,
): Criterion {
  return { id: "c", level: "A", predicate, enabled: true, lookBackMonths, parameters } as Criterion;
}

const suspected = criterion("suspected-ipv", { atLeast: 1 });
const twoCharges = criterion("ipv-charges", { atLeast: 2, countBy: "charge" });
const twoNights = criterion("ipv-charges", { atLeast: 2, countBy: "incident" });
const prohibitedOnce = criterion("prohibited-behaviour", { atLeast: 1 });
const violated = criterion("order-violation", { atLeast: 1 });
const violatedTwice = criterion("order-violation", { atLeast: 2 });
const violent = criterion("violent-history", { offenceCodes: ["13A", "120"], dispositions: ["convicted"] });
const violentPending = criterion("violent-history", {
  offenceCodes: ["13A"],
  dispositions: ["pending", "convicted"],
});
const weapon = criterion("ipv-charge-with-weapon", { countAsphyxiation: false });
const weaponOrStrangling = criterion("ipv-charge-with-weapon", { countAsphyxiation: true });
const convicted = criterion("ipv-conviction", {});

/** [what, criterion, facts, the facts it fires on or null] */
const table: [string, Criterion, Partial<OffenderFacts>, string[] | null][] = [
  ["nothing known", suspected, {}, null],
  ["an incident between partners", suspected, { incidents: [incident("i")] }, ["i"]],
  ["an incident between others", suspected, { incidents: [incident("i", { intimatePartner: false })] }, null],
  ["an incident with an arrest", suspected, { incidents: [incident("i", { probableCause: true })] }, ["i"]],
  [
    "an incident whose charge was dismissed",
    suspected,
    { incidents: [incident("i")], charges: [charge("c", { incidentId: "i", disposition: "dismissed" })] },
    ["i"],
  ],
  [
    "an incident whose only charge ended in acquittal",
    suspected,
    { incidents: [incident("i")], charges: [charge("c", { incidentId: "i", disposition: "acquitted" })] },
    null,
  ],
  [
    "an incident with an acquittal and an open charge",
    suspected,
    {
      incidents: [incident("i")],
      charges: [charge("c", { incidentId: "i", disposition: "acquitted" }), charge("d", { incidentId: "i" })],
    },
    ["i"],
  ],

  ["one IPV charge of two", twoCharges, { charges: [charge("c")] }, null],
  ["two IPV charges", twoCharges, { charges: [charge("c"), charge("d")] }, ["c", "d"]],
  ["the same charge twice", twoCharges, { charges: [charge("c"), charge("c")] }, null],
  [
    "a conviction is still a charge",
    twoCharges,
    { charges: [charge("c", { disposition: "convicted" }), charge("d")] },
    ["c", "d"],
  ],
  [
    "a dismissed second charge",
    twoCharges,
    { charges: [charge("c"), charge("d", { disposition: "dismissed" })] },
    null,
  ],
  [
    "an acquitted second charge",
    twoCharges,
    { charges: [charge("c"), charge("d", { disposition: "acquitted" })] },
    null,
  ],
  [
    "a second charge that is not IPV",
    twoCharges,
    { charges: [charge("c"), charge("d", { ipv: false })] },
    null,
  ],
  [
    "two charges of one night, by charge",
    twoCharges,
    { charges: [charge("c", { incidentId: "i" }), charge("d", { incidentId: "i" })] },
    ["c", "d"],
  ],
  [
    "two charges of one night, by incident",
    twoNights,
    { charges: [charge("c", { incidentId: "i" }), charge("d", { incidentId: "i" })] },
    null,
  ],
  [
    "three charges of two nights, by incident",
    twoNights,
    { charges: [charge("c", { incidentId: "i" }), charge("d", { incidentId: "i" }), charge("e")] },
    ["c", "d", "e"],
  ],
  [
    "an IPV conviction elsewhere is no second charge",
    twoCharges,
    { charges: [charge("c")], priorRecords: [priorRecord("p", { ipv: true })] },
    null,
  ],

  ["a condition of release broken", prohibitedOnce, { prohibitedBehaviour: [prohibited("b")] }, ["b"]],
  [
    "a rule of the intervention broken",
    prohibitedOnce,
    { prohibitedBehaviour: [prohibited("b", { rule: "ipvi-rule" })] },
    ["b"],
  ],
  [
    "an unfounded report",
    prohibitedOnce,
    { prohibitedBehaviour: [prohibited("b", { unfounded: true })] },
    null,
  ],

  ["an order violated", violated, { orderViolations: [orderViolation("v")] }, ["v"]],
  ["an unfounded violation", violated, { orderViolations: [orderViolation("v", { unfounded: true })] }, null],
  [
    "a 90Z charge flagged as a violation",
    violated,
    { charges: [charge("c", { offenceCode: "90Z", ipv: false, orderViolation: true })] },
    ["c"],
  ],
  ["a 90Z charge without the flag", violated, { charges: [charge("c", { offenceCode: "90Z" })] }, null],
  [
    "a flagged charge, dismissed",
    violated,
    { charges: [charge("c", { orderViolation: true, disposition: "dismissed" })] },
    null,
  ],
  [
    "one violation, reported and charged, is one",
    violatedTwice,
    {
      orderViolations: [orderViolation("v", { incidentId: "i" })],
      charges: [charge("c", { incidentId: "i", orderViolation: true })],
    },
    null,
  ],
  [
    "two violations",
    violatedTwice,
    { orderViolations: [orderViolation("v"), orderViolation("w")] },
    ["v", "w"],
  ],

  ["a violent conviction", violent, { priorRecords: [priorRecord("p", { offenceCode: "13A" })] }, ["p"]],
  [
    "a code in lower case with a space",
    violent,
    { priorRecords: [priorRecord("p", { offenceCode: "13a " })] },
    ["p"],
  ],
  ["a theft", violent, { priorRecords: [priorRecord("p")] }, null],
  [
    "a code left out by the site",
    violent,
    { priorRecords: [priorRecord("p", { offenceCode: "13B" })] },
    null,
  ],
  [
    "a national record said to be violent",
    violent,
    { priorRecords: [priorRecord("p", { offenceCode: null, violent: true, provenance: "ncic" })] },
    ["p"],
  ],
  [
    "a violent charge still open",
    violent,
    { priorRecords: [priorRecord("p", { offenceCode: "120", disposition: "pending" })] },
    null,
  ],
  [
    "a violent charge still open, where open ones count",
    violentPending,
    { charges: [charge("c", { ipv: false, offenceCode: "13A" })] },
    ["c"],
  ],
  [
    "an IPV charge is not its own history",
    violentPending,
    { charges: [charge("c", { offenceCode: "13A" })] },
    null,
  ],
  [
    "a violent conviction among the local charges",
    violent,
    { charges: [charge("c", { ipv: false, offenceCode: "120", disposition: "convicted" })] },
    ["c"],
  ],
  [
    "a violent record that was dismissed",
    violent,
    { priorRecords: [priorRecord("p", { offenceCode: "13A", disposition: "dismissed" })] },
    null,
  ],
  [
    "a violent record without a disposition",
    violent,
    { priorRecords: [priorRecord("p", { offenceCode: "13A", disposition: "unknown" })] },
    null,
  ],

  ["hands", weapon, { charges: [charge("c", { weaponCodes: ["40"] })] }, null],
  ["a knife", weapon, { charges: [charge("c", { weaponCodes: ["40", "20"] })] }, ["c"]],
  ["an automatic handgun", weapon, { charges: [charge("c", { weaponCodes: ["12A"] })] }, ["c"]],
  ["a knife, not IPV", weapon, { charges: [charge("c", { ipv: false, weaponCodes: ["20"] })] }, null],
  [
    "a knife, acquitted",
    weapon,
    { charges: [charge("c", { weaponCodes: ["20"], disposition: "acquitted" })] },
    null,
  ],
  ["strangulation", weapon, { charges: [charge("c", { weaponCodes: ["85"] })] }, null],
  [
    "strangulation where it counts",
    weaponOrStrangling,
    { charges: [charge("c", { weaponCodes: ["85"] })] },
    ["c"],
  ],

  ["an open IPV charge", convicted, { charges: [charge("c")] }, null],
  ["an IPV conviction", convicted, { charges: [charge("c", { disposition: "convicted" })] }, ["c"]],
  [
    "a conviction that is not IPV",
    convicted,
    { charges: [charge("c", { ipv: false, disposition: "convicted" })] },
    null,
  ],
  ["an older IPV conviction", convicted, { priorRecords: [priorRecord("p", { ipv: true })] }, ["p"]],
  [
    "a conviction still to come",
    convicted,
    { charges: [charge("c", { disposition: "convicted", dispositionOn: "2024-06-02" })] },
    null,
  ],
];

test.each(table)("L8: %s", (_, rule, facts, expected) => {
  const finding = evaluate(rule, countableFacts({ ...noFacts, ...facts }, AS_OF));
  expect(finding.fired ? finding.factIds : null).toEqual(expected);
});

test("L8: the table above asks every predicate", () => {
  expect(new Set(table.map(([, rule]) => rule.predicate))).toEqual(new Set(PREDICATE_NAMES));
});

/** Every predicate with a look-back of 12 months, on a fact of the given day. */
const dated: [Criterion, (day: string | null) => Partial<OffenderFacts>][] = [
  [
    criterion("suspected-ipv", { atLeast: 1 }, 12),
    (day) => ({ incidents: [incident("x", { occurredOn: day })] }),
  ],
  [
    criterion("ipv-charges", { atLeast: 1, countBy: "charge" }, 12),
    (day) => ({ charges: [charge("x", { filedOn: day })] }),
  ],
  [
    criterion("prohibited-behaviour", { atLeast: 1 }, 12),
    (day) => ({ prohibitedBehaviour: [prohibited("x", { occurredOn: day })] }),
  ],
  [
    criterion("order-violation", { atLeast: 1 }, 12),
    (day) => ({ orderViolations: [orderViolation("x", { occurredOn: day })] }),
  ],
  [
    criterion("violent-history", { offenceCodes: ["13A"], dispositions: ["convicted"] }, 12),
    (day) => ({ priorRecords: [priorRecord("x", { offenceCode: "13A", occurredOn: day })] }),
  ],
  [
    criterion("ipv-charge-with-weapon", { countAsphyxiation: false }, 12),
    (day) => ({ charges: [charge("x", { weaponCodes: ["20"], filedOn: day })] }),
  ],
  [
    criterion("ipv-conviction", {}, 12),
    // Filed long ago, convicted on the day: the conviction is what is dated.
    (day) => ({
      charges: [
        charge("x", {
          disposition: "convicted",
          filedOn: day === null ? null : "2010-01-01",
          dispositionOn: day,
        }),
      ],
    }),
  ],
];

describe.each(dated)("look-back of $predicate", (rule, factsOn) => {
  const on = (day: string | null) => evaluate(rule, countableFacts({ ...noFacts, ...factsOn(day) }, AS_OF));

  test("L11: the boundary day is inside, the day before it is not", () => {
    expect(on("2023-06-01").fired).toBe(true);
    expect(on("2023-05-31").fired).toBe(false);
  });
  test("L11: an undated fact is held for a person, not guessed", () => {
    expect(on(null)).toMatchObject({ fired: false, held: [{ factId: "x", reason: "undated" }] });
  });
});

test.each([
  ["a weapon code", weapon, { charges: [charge("x", { weaponCodes: ["QQ"] })] }, "unknown-weapon-code"],
  [
    "a charge's offence code",
    violent,
    { charges: [charge("x", { ipv: false, offenceCode: "609.2242" })] },
    "unknown-offence-code",
  ],
  [
    "a record's offence code",
    violent,
    { priorRecords: [priorRecord("x", { offenceCode: "1315" })] },
    "unknown-offence-code",
  ],
  [
    "a missing disposition",
    violent,
    { priorRecords: [priorRecord("x", { violent: true, disposition: "unknown" })] },
    "disposition-unknown",
  ],
  [
    "an older open IPV charge",
    twoCharges,
    { priorRecords: [priorRecord("x", { ipv: true, disposition: "pending" })] },
    "unlinked-ipv-charge",
  ],
] as [string, Criterion, Partial<OffenderFacts>, string][])(
  "L1: %s that cannot be judged is held",
  (_, rule, facts, reason) => {
    const finding = evaluate(rule, countableFacts({ ...noFacts, ...facts }, AS_OF));
    expect(finding).toMatchObject({ fired: false, held: [{ factId: "x", reason }] });
  },
);
