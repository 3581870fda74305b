import { incidentRelationships, type HubRelationship, type RelationshipPair } from "./relationship";

const pair = (
  victimId: string,
  offenderId: string,
  nibrsCode: string | null,
  hubRelationship: HubRelationship | null = null,
): RelationshipPair => ({ victimId, offenderId, nibrsCode, hubRelationship });

interface Expected {
  classes: string[];
  intimatePartner?: boolean;
  dualParty?: boolean;
  reviews?: string[];
}

const table: [string, RelationshipPair[], Expected][] = [
  ["no pair at all", [], { classes: [] }],
  ["a spouse", [pair("v", "o", "SE")], { classes: ["intimate-partner"], intimatePartner: true }],
  ["HR in older data", [pair("v", "o", "HR")], { classes: ["intimate-partner"], intimatePartner: true }],
  ["a parent", [pair("v", "o", "PA")], { classes: ["other-family"] }],
  ["a cohabitant", [pair("v", "o", "CO")], { classes: ["known"] }],
  ["RU", [pair("v", "o", "RU")], { classes: ["unknown"], reviews: ["unknown-relationship"] }],
  ["no source", [pair("v", "o", null)], { classes: ["unknown"], reviews: ["unknown-relationship"] }],
  [
    "a child in common, known to the hub only",
    [pair("v", "o", "OK", "child-in-common")],
    { classes: ["intimate-partner"], intimatePartner: true },
  ],
  [
    "RU that the hub knows as dating",
    [pair("v", "o", "RU", "dating")],
    { classes: ["intimate-partner"], intimatePartner: true },
  ],
  ["RU that the hub knows is no tie", [pair("v", "o", "RU", "not-intimate")], { classes: ["known"] }],
  [
    "a partner by NIBRS whom the hub calls none",
    [pair("v", "o", "BG", "not-intimate")],
    { classes: ["intimate-partner"], intimatePartner: true },
  ],
  ["VO alone", [pair("v", "o", "VO")], { classes: ["victim-was-offender"] }],
  [
    "VO beside a stranger",
    [pair("v", "o1", "VO"), pair("v", "o2", "ST")],
    { classes: ["victim-was-offender", "stranger"] },
  ],
  [
    "VO beside a partner",
    [pair("v", "o1", "VO"), pair("v", "o2", "BG")],
    {
      classes: ["victim-was-offender", "intimate-partner"],
      intimatePartner: true,
      dualParty: true,
      reviews: ["primary-aggressor"],
    },
  ],
  [
    "VO beside a partner of the hub's field",
    [pair("v", "o1", "VO"), pair("v", "o2", "AQ", "formerly-dating")],
    {
      classes: ["victim-was-offender", "intimate-partner"],
      intimatePartner: true,
      dualParty: true,
      reviews: ["primary-aggressor"],
    },
  ],
  [
    "VO on the very pair the hub calls married",
    [pair("v", "o", "VO", "married")],
    {
      classes: ["victim-was-offender"],
      intimatePartner: true,
      dualParty: true,
      reviews: ["primary-aggressor"],
    },
  ],
  [
    "VO of one victim, a partner of another",
    [pair("v1", "o1", "VO"), pair("v2", "o2", "SE")],
    { classes: ["victim-was-offender", "intimate-partner"], intimatePartner: true },
  ],
  [
    "VO beside an unknown",
    [pair("v", "o1", "VO"), pair("v", "o2", "RU")],
    { classes: ["victim-was-offender", "unknown"], reviews: ["unknown-relationship"] },
  ],
];

test.each(table)("L2, L3: %s", (_, pairs, expected) => {
  const found = incidentRelationships(pairs);
  if (!found.ok) throw new Error(found.refusal.code);
  expect(found.value.pairs.map((one) => one.class)).toEqual(expected.classes);
  expect(found.value.intimatePartner).toBe(expected.intimatePartner ?? false);
  expect(found.value.dualParty).toBe(expected.dualParty ?? false);
  expect(found.value.reviews.map((one) => one.kind)).toEqual(expected.reviews ?? []);
});

test("L2: of several offenders only the partners are named as such", () => {
  const found = incidentRelationships([
    pair("v1", "o2", "XR"),
    pair("v1", "o1", "SE"),
    pair("v1", "o3", "FR"),
    pair("v2", "o2", "BG"),
  ]);
  expect(found).toMatchObject({ ok: true, value: { intimatePartnerOffenderIds: ["o1", "o2"] } });
});

test("L1: an unknown code refuses the incident, whatever the hub's field says", () => {
  expect(incidentRelationships([pair("v", "o", "QQ", "married")])).toEqual({
    ok: false,
    refusal: { code: "UNKNOWN_RELATIONSHIP_CODE", given: "QQ" },
  });
});

test("L2: ten pairs of a victim are read, the eleventh is refused", () => {
  const pairs = Array.from({ length: 11 }, (_, index) => pair("v", `o${index}`, "ST"));
  expect(incidentRelationships(pairs.slice(0, 10)).ok).toBe(true);
  expect(incidentRelationships(pairs)).toEqual({
    ok: false,
    refusal: { code: "TOO_MANY_PAIRS", victimId: "v" },
  });
});

test("L2: one tie with two classes is refused", () => {
  expect(incidentRelationships([pair("v", "o", "SE"), pair("v", "o", "FR")])).toEqual({
    ok: false,
    refusal: { code: "PAIR_REPEATED", victimId: "v", offenderId: "o" },
  });
});
