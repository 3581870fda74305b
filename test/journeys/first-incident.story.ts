import { randomUUID } from "node:crypto";
import { day, type Happening, type Proposal } from "./story";
import { story } from "./stage";

/** Made up: nobody of these names lives in the example city. */
const TROUBLE: Happening = {
  incident_number: "S1-1",
  incident_date: day(-9),
  agency_ori: "ZZ0010000",
  agency_name: "Example PD",
  offence_code: "13C",
  person_number: "S1-P",
  person_family_name: "Quarrick",
  person_given_name: "Tobin",
  person_date_of_birth: "1988-04-04",
  person_sex: "M",
  person_address: "14 Example Lane",
  victim_number: "S1-V",
  victim_family_name: "Wennerby",
  victim_given_name: "Odile",
  victim_date_of_birth: "1990-01-01",
  victim_sex: "F",
  victim_address: "77 Example Court",
  relationship_code: "XR",
};

async function confirm({ id, level }: Proposal): Promise<void> {
  const query = `mutation { confirmLevel(input: { key: "${randomUUID()}", proposalId: "${id}", level: ${level} }) { level { level } problem } }`;
  const answer = await story.asks("the coordinator", query);
  expect(answer["confirmLevel"]).toEqual({ level: { level }, problem: null });
}

interface Contact {
  readonly contact: { readonly id: string; readonly state: string };
}

/** Plans a contact and releases it: at D and C the site's gate is open, and no hold stands. */
async function released(personId: string, level: "C" | "D", means: string): Promise<string> {
  const plannedFor = new Date(Date.now() + 60_000).toISOString();
  const plan = { personId, level, means, plannedFor };
  const { contact } = await story.does<Contact>("the detective", "planContact", plan, "contact { id state }");
  const release = { contactId: contact.id, expects: "PLANNED" };
  const shown = "contact { id state }";
  expect(await story.does("the coordinator", "releaseContact", release, shown)).toEqual({
    contact: { id: contact.id, state: "RELEASED" },
    problem: null,
  });
  return contact.id;
}

test("from a first incident without an arrest to a promise of help that was kept", async () => {
  // Neighbours call; nobody is arrested. The records propose level D, and the coordinator confirms it.
  await story.records(TROUBLE);
  const first = await story.proposal("the coordinator", "Quarrick");
  expect(first.level).toBe("D");
  await confirm(first);
  const personId = first.person.id;
  const [{ id: caseId }] = first.person.cases as [{ id: string }];

  // The case goes to the community agency, which learns of it by itself.
  const assignment = { caseId, agency: "harbor-house" };
  expect(await story.does("the coordinator", "assignCase", assignment, "case { assignedAgency }")).toEqual({
    case: { assignedAgency: "harbor-house" },
    problem: null,
  });
  const seen = await story.asks(
    "the advocate",
    `query ($id: ID!) { case(id: $id) { victim { identity { familyName } } } }`,
    {
      id: caseId,
    },
  );
  expect(seen["case"]).toEqual({ victim: { identity: { familyName: "Wennerby" } } });

  // He gets a letter: drafted by the detective, approved by the coordinator, nothing of her in it.
  const draft = { personId, kind: "LETTER", language: "en" };
  const drafted = await story.does<{ letter: { id: string; text: string } }>(
    "the detective",
    "draftLetter",
    draft,
    "letter { id text }",
  );
  expect(drafted.problem).toBeNull();
  expect(drafted.letter.text).not.toMatch(/Wennerby|Odile|Court/);
  const approval = { letterId: drafted.letter.id, expects: "DRAFTED" };
  expect(
    (await story.does("the coordinator", "approveLetter", approval, "letter { state }")).problem,
  ).toBeNull();
  const letterContact = await released(personId, "D", "LETTER");
  const served = {
    ...{ letterId: drafted.letter.id, expects: "REVIEWED", contactId: letterContact },
    ...{ servedAt: new Date().toISOString(), how: "HANDED_OVER", servedBy: "Detective One" },
  };
  expect(await story.does("the detective", "recordLetterServed", served, "letter { state }")).toEqual({
    letter: { state: "SERVED" },
    problem: null,
  });

  // A second incident, with an arrest and a charge: level C.
  await story.records({
    ...TROUBLE,
    ...{ incident_number: "S1-2", incident_date: day(-2), offence_code: "13B" },
    ...{ arrest_date: day(-2), arrest_type: "O", charge_date: day(-1) },
  });
  const second = await story.proposal("the coordinator", "Quarrick");
  expect([second.level, second.person.id]).toEqual(["C", personId]);
  await confirm(second);

  // Her advocate visits her.
  const visit = `mutation ($input: RecordOutreachInput!) { recordOutreach(input: $input) { outreach { kind outcome } } }`;
  const told = {
    key: randomUUID(),
    caseId,
    kind: "VISIT",
    outcome: "REACHED",
    madeAt: new Date().toISOString(),
  };
  const visited = await story.asks("the advocate", visit, { input: told });
  expect(visited["recordOutreach"]).toMatchObject({ outreach: { kind: "VISIT", outcome: "REACHED" } });

  // The detective tells him, face to face, what comes next, and that there is help.
  const contactId = await released(personId, "C", "NOTIFICATION");
  const met = {
    ...{
      contactId,
      expects: "RELEASED",
      outcome: "MADE",
      madeAt: new Date().toISOString(),
      madeBy: "Detective One",
    },
    ...{ helpOffered: true, message: "What comes next, and the help there is." },
  };
  expect(await story.does("the detective", "recordContact", met, "contact { state }")).toEqual({
    contact: { state: "MADE" },
    problem: null,
  });

  // He accepts: referred, consented, accepted. Only now does the provider learn who he is.
  const handle = async (who: string) =>
    (
      (await story.asks(who, `query ($id: ID!) { person(id: $id) { handle } }`, { id: personId }))[
        "person"
      ] as {
        handle: string;
      }
    ).handle;
  const referral = await story.does<{ referral: { id: string } }>(
    "the coordinator",
    "refer",
    { person: await handle("the coordinator"), providerAgency: "new-start", service: "EMPLOYMENT" },
    "referral { id state }",
  );
  const { id: referralId } = referral.referral;
  const person = (who: string) =>
    story.asks(who, `query ($id: ID!) { person(id: $id) { nameForProvider { name } } }`, { id: personId });
  expect((await person("the provider"))["person"]).toBeNull();
  const agreement = { personId, providerAgency: "new-start", agreed: true, saidAt: new Date().toISOString() };
  await story.does("the coordinator", "recordReferralAgreement", agreement, "agreement { providerAgency }");
  const consent = { referralId, expects: "PROPOSED", agreed: true, partnersMayKnow: true };
  await story.does("the coordinator", "recordReferralConsent", consent, "referral { state }");
  expect((await person("the provider"))["person"]).toMatchObject({
    nameForProvider: { name: "Tobin Quarrick" },
  });
  await story.does(
    "the provider",
    "recordCapacity",
    { capacity: 500, services: [{ service: "EMPLOYMENT", places: 90 }] },
    "provider { name }",
  );
  expect(
    await story.does(
      "the provider",
      "acceptReferral",
      { referralId, expects: "REFERRED" },
      "referral { state }",
    ),
  ).toEqual({ referral: { state: "ACCEPTED" }, problem: null });

  // The provider promises him help, and keeps its word.
  const promise = await story.does<{ promise: { id: string } }>(
    "the provider",
    "makeHelpPromise",
    {
      ...{ person: await handle("the provider"), text: "An interview on Monday.", promisedTo: "OFFENDER" },
      dueOn: day(5),
    },
    "promise { id state }",
  );
  expect(
    await story.does(
      "the provider",
      "keepHelpPromise",
      { promiseId: promise.promise.id, expects: "OPEN" },
      "promise { state }",
    ),
  ).toEqual({ promise: { state: "KEPT" }, problem: null });
}, 120_000);
