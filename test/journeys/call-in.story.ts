import { randomUUID } from "node:crypto";
import { day, type Happening } from "./story";
import { story } from "./stage";

/** Made up: nobody of these names lives in the example city. Two charges: level B. */
const CHARGED: Happening = {
  incident_number: "S2-1",
  incident_date: day(-30),
  agency_ori: "ZZ0010000",
  agency_name: "Example PD",
  offence_code: "13B",
  weapon_codes: "40",
  person_number: "S2-P",
  person_family_name: "Ollerenshaw",
  person_given_name: "Piers",
  person_sex: "M",
  victim_number: "S2-V",
  victim_family_name: "Zabriskie",
  victim_given_name: "Imke",
  victim_sex: "F",
  relationship_code: "BG",
  arrest_date: day(-30),
  arrest_type: "O",
  charge_date: day(-29),
};
const AGAIN: Happening = {
  ...CHARGED,
  incident_number: "S2-2",
  incident_date: day(-5),
  arrest_date: day(-5),
  charge_date: day(-4),
};

interface CallIn {
  readonly callIn: { readonly id: string; readonly invitations: readonly { readonly id: string }[] };
}
const now = () => new Date().toISOString();

test("B: a call-in waits for her advocate and for her; he breaks an order, and A takes over", async () => {
  // Two incidents, two charges: level B. The case goes to the community agency.
  await story.records(CHARGED, AGAIN);
  const proposal = await story.proposal("the coordinator", "Ollerenshaw");
  expect(proposal.level).toBe("B");
  const confirm = (id: string, level: string) =>
    story.asks(
      "the coordinator",
      `mutation { confirmLevel(input: { key: "${randomUUID()}", proposalId: "${id}", level: ${level} }) { problem } }`,
    );
  expect((await confirm(proposal.id, "B"))["confirmLevel"]).toEqual({ problem: null });
  const { id: personId, cases } = proposal.person;
  const caseId = cases[0]!.id;
  await story.does("the coordinator", "assignCase", { caseId, agency: "harbor-house" }, "case { id }");

  // The detective plans a call-in: the community, the services and the prosecutor speak.
  const plan = {
    ...{ plannedFor: new Date(Date.now() + 60_000).toISOString(), place: "Public library" },
    invited: [{ personId, level: "B" }],
    speakers: [
      { name: "A mother of the neighbourhood", role: "Community", kind: "COMMUNITY_VOICE" },
      { name: "New Start", role: "Help", kind: "SERVICES" },
      { name: "The prosecutor", role: "What comes next", kind: "JUSTICE" },
    ],
  };
  const planned = await story.does<CallIn>(
    "the detective",
    "planCallIn",
    plan,
    "callIn { id invitations { id } }",
  );
  expect(planned.problem).toBeNull();
  const { id: callInId, invitations } = planned.callIn;
  const contactId = invitations[0]!.id;

  // Her advocate makes it wait. The detective learns that a hold stands, and nothing else.
  const hold = `mutation { placeHold(input: { key: "${randomUUID()}", contactId: "${contactId}", hours: 2 }) { problem } }`;
  expect((await story.asks("the advocate", hold))["placeHold"]).toEqual({ problem: null });
  const held = await story.asks(
    "the detective",
    `query ($id: ID!) { person(id: $id) { contacts { id holdStands } } }`,
    { id: personId },
  );
  expect(held["person"]).toEqual({ contacts: [{ id: contactId, holdStands: true }] });

  // She is told; still nothing is released while the hold stands.
  const notice = { caseId, madeAt: now() };
  await story.does("the detective", "recordVictimNotice", notice, "case { gate { state } }");
  const release = () =>
    story.does("the coordinator", "releaseContact", { contactId, expects: "PLANNED" }, "contact { state }");
  expect(await release()).toEqual({ contact: null, problem: "HOLD_STANDS" });

  // Hours pass: the hold expires by itself, and the contact is released.
  await story.happens(
    "HARBOR_HOUSE_DATABASE_URL",
    "UPDATE contact_hold SET placed_at = placed_at - interval '3 hours', expires_at = expires_at - interval '3 hours'",
  );
  expect(await release()).toEqual({ contact: { state: "RELEASED" }, problem: null });

  // He comes, and is told.
  const attendance = {
    ...{ callInId, expects: "PLANNED", heldAt: now(), ledBy: "Coordinator One", helpOffered: true },
    attendance: [{ contactId, came: "ATTENDED" }],
  };
  expect(
    await story.does(
      "the coordinator",
      "recordAttendance",
      attendance,
      "callIn { state invitations { state } }",
    ),
  ).toMatchObject({ callIn: { state: "HELD", invitations: [{ state: "MADE" }] }, problem: null });

  // He violates an order: level A. No message any more: what the law has against him.
  await story.records({
    ...CHARGED,
    ...{ incident_number: "S2-3", incident_date: day(-1), offence_code: "90Z", order_violation: "Y" },
    ...{ weapon_codes: "", arrest_date: day(-1), charge_date: day(0) },
  });
  const worse = await story.proposal("the coordinator", "Ollerenshaw");
  expect(worse.level).toBe("A");
  expect((await confirm(worse.id, "A"))["confirmLevel"]).toEqual({ problem: null });
  const message = {
    personId,
    level: "A",
    means: "LETTER",
    plannedFor: new Date(Date.now() + 60_000).toISOString(),
  };
  expect(await story.does("the detective", "planContact", message, "contact { id }")).toEqual({
    contact: null,
    problem: "NO_MESSAGE",
  });
  const lever = {
    ...{ personId, kind: "COMMUNITY", tried: "Asked for detention without bail.", triedAt: now() },
    triedBy: "The prosecutor",
  };
  expect((await story.does("the prosecutor", "recordLever", lever, "pull { state }"))["pull"]).toEqual({
    state: "OPEN",
  });

  // He is booked, and bailed: her advocate's client hears of both as they are recorded.
  const custody = await story.follows(
    "the advocate",
    `subscription ($after: Cursor) { custodyChanges(after: $after) { id cursor status person { id } } }`,
  );
  const is = (status: string) => (event: object) => {
    const { custodyChanges } = event as { custodyChanges: { status: string; person: { id: string } } };
    return custodyChanges.status === status && custodyChanges.person.id === personId;
  };
  for (const [recorded, told] of [
    ["booked", "BOOKED"],
    ["bailed", "BAILED"],
  ] as const) {
    await story.happens(
      "LAW_ENFORCEMENT_DATABASE_URL",
      "INSERT INTO custody_event (person_id, status, occurred_at) VALUES ($1, $2, now())",
      [personId, recorded],
    );
    await custody.next(is(told));
  }
}, 120_000);
