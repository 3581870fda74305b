import { gateAt, type GateFacts, type OutreachFact, type PlannedFact } from "./gate";

const day = (number: number): Date => new Date(Date.UTC(2026, 2, number));
const now = day(20);
const outreach = (
  kind: OutreachFact["kind"],
  outcome: OutreachFact["outcome"],
  recordedAt = day(5),
): OutreachFact => ({ kind, outcome, recordedAt });
const notice = (recordedAt: Date) => outreach("victim-notice", "reached", recordedAt);
const contact = (state: PlannedFact["state"], recordedAt: Date): PlannedFact => ({
  id: `planned ${recordedAt.toISOString()}`,
  ...{ state, recordedAt, attemptsNeeded: 2 },
});
const signed = (planned: PlannedFact, signedAt: Date) => ({ contactId: planned.id, signedAt });
const inForce = (level: "A" | "B" | "C" | "D", confirmedAt = day(2)) => ({ level, confirmedAt });
const facts = (differs: Partial<GateFacts> = {}): GateFacts => ({
  outreach: [notice(day(5))],
  signOffs: [],
  inForce: inForce("B"),
  contacts: [],
  ...differs,
});

test.each<[what: string, given: Partial<GateFacts>, noticeRecordedAt: Date | null]>([
  ["nothing recorded", { outreach: [] }, null],
  ["nothing planned, notice after the confirmation", {}, day(5)],
  ["nothing planned, notice before the confirmation", { inForce: inForce("B", day(6)) }, null],
  ["notice at the very instant of the confirmation", { inForce: inForce("B", day(5)) }, null],
  ["no level in force", { inForce: null }, null],
  ["a confirmation that is still to come", { inForce: inForce("B", day(21)) }, null],
  ["level A", { inForce: inForce("A") }, null],
  ["level A, though a contact is planned", { inForce: inForce("A"), contacts: [contact("planned", day(3))] }, null], // prettier-ignore
  ["level C", { inForce: inForce("C") }, day(5)],
  ["level D", { inForce: inForce("D") }, day(5)],
  ["planned, then notice", { contacts: [contact("planned", day(4))] }, day(5)],
  ["notice, then planned", { contacts: [contact("planned", day(6))] }, null],
  ["notice at the very instant of the plan", { contacts: [contact("planned", day(5))] }, null],
  [
    "notice for the first contact, a second one planned since",
    { contacts: [contact("planned", day(4)), contact("planned", day(6))] },
    null,
  ],
  [
    "the contact she was warned of was made, another is planned since",
    { contacts: [contact("made", day(4)), contact("planned", day(10))] },
    null,
  ],
  ["contacts made, refused or cancelled plan nothing", { contacts: [contact("made", day(9)), contact("refused", day(9)), contact("cancelled", day(9))] }, day(5)], // prettier-ignore
  ["a plan recorded ahead of the clock is a plan", { contacts: [contact("planned", day(21))] }, null],
  ["a notice from the future", { outreach: [notice(day(21))] }, null],
  ["several notices: the first that counts", { outreach: [notice(day(7)), notice(day(1)), notice(day(3))] }, day(3)], // prettier-ignore
])("L15: %s", (_, given, noticeRecordedAt) => {
  const state = noticeRecordedAt === null ? "closed" : "open";
  expect(gateAt(facts(given), now)).toEqual({ state, noticeRecordedAt, asOf: now });
});

const failed = [
  outreach("notice-attempt", "not-reached", day(6)),
  outreach("victim-notice", "declined", day(7)),
];
const plan = contact("planned", day(5));
test.each<[what: string, given: Partial<GateFacts>, state: "open" | "closed"]>([
  ["enough attempts failed since the plan, and a supervisor signed", {}, "open"],
  ["nobody signed", { signOffs: [] }, "closed"],
  ["signed for another contact", { signOffs: [signed(contact("planned", day(4)), day(8))] }, "closed"],
  ["signed before the last attempt", { signOffs: [signed(plan, day(6))] }, "closed"],
  ["a signature from the future", { signOffs: [signed(plan, day(21))] }, "closed"],
  ["one attempt too few", { outreach: failed.slice(1) }, "closed"],
  ["an attempt before the plan counts for nothing", { contacts: [contact("planned", day(6))], signOffs: [signed(contact("planned", day(6)), day(8))] }, "closed"], // prettier-ignore
  ["calls that failed are no attempts", { outreach: [failed[0]!, outreach("call", "not-reached", day(7))] }, "closed"], // prettier-ignore
  ["released since", { contacts: [{ ...plan, state: "released" }] }, "open"],
  ["another contact planned since", { contacts: [plan, contact("planned", day(9))] }, "closed"],
  ["level A", { inForce: inForce("A") }, "closed"],
])("L15: failed attempts: %s", (_, given, state) => {
  const facts: GateFacts = { outreach: failed, signOffs: [signed(plan, day(8))], inForce: inForce("B"), contacts: [plan] }; // prettier-ignore
  expect(gateAt({ ...facts, ...given }, now)).toEqual({ state, noticeRecordedAt: null, asOf: now });
});

test("L15: only a victim notice that reached her opens it", () => {
  const kinds: OutreachFact["kind"][] = ["victim-notice", "notice-attempt", "visit", "call", "letter"];
  const outcomes: OutreachFact["outcome"][] = ["reached", "not-reached", "declined"];
  const open = kinds.flatMap((kind) =>
    outcomes
      .filter((outcome) => gateAt(facts({ outreach: [outreach(kind, outcome)] }), now).state === "open")
      .map((outcome) => `${kind} ${outcome}`),
  );
  expect(open).toEqual(["victim-notice reached"]);
});
