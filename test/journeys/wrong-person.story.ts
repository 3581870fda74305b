import { randomUUID } from "node:crypto";
import { day, type Happening } from "./story";
import { story } from "./stage";

/** Made up: nobody of these names lives in the example city. */
const HE_HIT_HER: Happening = {
  incident_number: "S3-1",
  incident_date: day(-2),
  agency_ori: "ZZ0010000",
  agency_name: "Example PD",
  offence_code: "13B",
  weapon_codes: "40",
  person_number: "S3-P",
  person_family_name: "Vandermolen",
  person_given_name: "Casper",
  person_sex: "M",
  victim_number: "S3-V",
  victim_family_name: "Ibsenholt",
  victim_given_name: "Runa",
  victim_sex: "F",
  relationship_code: "SE",
  arrest_date: day(-2),
  arrest_type: "O",
  charge_date: day(-1),
};
/** A night on which she is also recorded as an offender. */
const BOTH_HIT: Happening = { ...HE_HIT_HER, incident_number: "S3-0", incident_date: day(-3) };
const SHE_TOO: Happening = {
  ...BOTH_HIT,
  ...{ person_number: "S3-W", person_family_name: "Ibsenholt", person_given_name: "Runa", person_sex: "F" },
  relationship_code: "VO",
};

const now = () => new Date().toISOString();

interface Task {
  readonly id: string;
  readonly openedOn: string;
  readonly openedAt: string;
  readonly state: string;
  readonly reason: string | null;
}
/** What the advocate has to do, or had, in a case, once it is so. */
async function tasksOnce(
  caseId: string,
  isSo: (tasks: readonly Task[]) => boolean,
): Promise<readonly Task[]> {
  for (;;) {
    const asked = await story.asks(
      "the advocate",
      "query ($id: ID!) { case(id: $id) { outreachTasks { id openedOn openedAt state reason } } }",
      { id: caseId },
    );
    const tasks = (asked["case"] as { outreachTasks: readonly Task[] | null } | null)?.outreachTasks ?? [];
    if (isSo(tasks)) return tasks;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test("a dual-party incident, a panel's vote, and an arrest that was another man's", async () => {
  // A night on which both are said to have hit: nobody is tiered by it, it waits for a person to look.
  await story.records(BOTH_HIT, SHE_TOO);
  const { incidentReviews } = (await story.asks(
    "the coordinator",
    `{ incidentReviews(first: 200) { reviews { kind incident { id dualParty } } } }`,
  )) as { incidentReviews: { reviews: { kind: string; incident: { dualParty: boolean } }[] } };
  expect(
    incidentReviews.reviews.some(({ kind, incident }) => kind === "DUAL_PARTY" && incident.dualParty),
  ).toBe(true);
  await expect(story.proposal("the coordinator", "Vandermolen")).rejects.toThrow("Nothing is proposed");

  // Another night: he is arrested and charged. Level C, confirmed; the agency's advocate hears of the arrest.
  await story.records(HE_HIT_HER);
  const proposal = await story.proposal("the coordinator", "Vandermolen");
  expect(proposal.level).toBe("C");
  const { id: personId, cases } = proposal.person;
  const caseId = cases[0]!.id;
  await story.does("the coordinator", "assignCase", { caseId, agency: "harbor-house" }, "case { id }");
  await story.asks(
    "the coordinator",
    `mutation { confirmLevel(input: { key: "${randomUUID()}", proposalId: "${proposal.id}", level: C }) { problem } }`,
  );
  const alerts = await story.follows(
    "the advocate",
    `subscription ($after: Cursor) { arrestAlerts(after: $after) { id cursor recalls person { id } summary { arrestDate } } }`,
  );
  interface Told {
    readonly arrestAlerts: {
      readonly id: string;
      readonly recalls: string | null;
      readonly person: { readonly id: string };
    };
  }
  const ofHim = (event: object) => (event as Told).arrestAlerts.person.id === personId;
  // A third night: an arrest, and the alert of it.
  await story.records({ ...HE_HIT_HER, incident_number: "S3-2", arrest_date: day(0), charge_date: "" });
  const told = (await alerts.next(ofHim)) as Told;

  // The advocate has a task of it, and calls her before she takes it.
  const isOfIt = ({ openedOn, openedAt }: Task) => openedOn === "arrest" && openedAt.startsWith(day(0));
  const [ofIt] = (await tasksOnce(caseId, (tasks) => tasks.some(isOfIt))).filter(isOfIt);
  const called = {
    ...{ caseId, kind: "CALL", outcome: "REACHED", madeAt: now() },
    againstSafeContact: true,
  };
  await story.does("the advocate", "recordOutreach", called, "outreach { id }");

  // A panel of three partners votes him down: its vote alone does it, by name.
  const queue = await story.asks(
    "the coordinator",
    `query ($id: ID!) { person(id: $id) { level { level } } }`,
    {
      id: personId,
    },
  );
  expect(queue["person"]).toEqual({ level: { level: "C" } });
  const vote = (agency: string, subject: string) => ({ agency, subject, vote: "FOR" });
  const panel = {
    ...{
      personId,
      expects: "C",
      level: "D",
      note: "The second look at the night of the arrest.",
      decidedAt: now(),
    },
    votes: [
      vote("metro-police", "coordinator-1"),
      vote("county-prosecutor", "prosecutor-1"),
      vote("county-probation", "probation-1"),
    ],
  };
  const down = await story.does("the coordinator", "moveLevelDown", panel, "decision { outcome }");
  expect(down).toMatchObject({ decision: { outcome: "LOWERED" }, problem: null });

  // The prints are another man's: the incident leaves him, what rested on it is looked at again, and the alert is recalled.
  const { person } = (await story.asks(
    "the detective",
    `query ($id: ID!) { person(id: $id) { incidents { id occurredOn arrests { arrestedOn } } } }`,
    { id: personId },
  )) as { person: { incidents: { id: string; arrests: { arrestedOn: string }[] }[] } };
  for (const { id: incidentId } of person.incidents.filter(({ arrests }) =>
    arrests.some((one) => one.arrestedOn === day(0)),
  )) {
    const wrong = { personId, incidentId, why: "The fingerprints are not his." };
    const { correction, problem } = await story.does<{ correction: { consequences: object[] } }>(
      "the coordinator",
      "detachWrongPerson",
      wrong,
      "correction { kind consequences { ripple } }",
    );
    expect(problem).toBeNull();
    expect(correction.consequences.length).toBeGreaterThan(0);
  }
  const recall = (await alerts.next(
    (event) => (event as Told).arrestAlerts.recalls === told.arrestAlerts.id,
  )) as Told;
  expect(recall.arrestAlerts.person.id).toBe(personId);

  // Nobody is sent out for that arrest any more, and she is told that it does not hold.
  const after = await tasksOnce(caseId, (tasks) =>
    tasks.some(({ openedOn, state }) => openedOn === "arrest-recalled" && state === "OPEN"),
  );
  expect(after.filter(({ reason }) => reason === "ARREST_RECALLED").map(({ id }) => id)).toEqual([ofIt!.id]);
}, 120_000);
