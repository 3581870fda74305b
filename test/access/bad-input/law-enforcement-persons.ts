import type { Who } from "../../../subgraphs/law-enforcement/door.fixture";
import { ANN, CORA, CUT_COORDINATOR, CUT_DETECTIVE, CUT_PROSECUTOR, DAN, PAGE, PAST, PAT, SAL, type County } from "./county"; // prettier-ignore
import type { Story, Table } from "./sweep";

const AT_THE_TABLE = "A conference is every justice partner's, and names nobody.";

/** Every mutation of persons, their levels, what is done about them, and who may see it. */
export function personsTable(county: County): Table<Who> {
  const { write, database, manAt, one, ago, at, day, now } = county;
  const by = { by: DAN, stranger: CUT_DETECTIVE };
  const byCoordinator = { by: CORA, stranger: CUT_COORDINATOR };
  /** One that began an hour ago. */
  const begun = () =>
    one(
      `INSERT INTO conference (id, starts_at, place, state, agenda_from, planned_by, recorded_at)
       VALUES (gen_random_uuid(), $1, 'Room 3', 'planned', '2000-01-01', 'cora@metro-police', $1) RETURNING id`,
      ago(1),
    );
  const proposed = async () => {
    const { personId } = await manAt("C");
    return { personId, proposalId: (await write.proposal({ personId, level: "B" })).id };
  };
  const panel = {
    votes: [
      { agency: "metro-police", subject: "a", vote: "FOR" },
      { agency: "county-prosecutor", subject: "b", vote: "FOR" },
      { agency: "metro-police", subject: "c", vote: "AGAINST" },
    ],
    ...{ expects: "B", level: "C", note: "Two years of quiet." },
  };
  const promise = async () => ({
    personId: (await manAt("C")).personId,
    ...{ promisedTo: "OFFENDER", promised: "SANCTION", text: "The next charge is tried." },
    ...{ ownerAgency: "metro-police", dueOn: day(30) },
  });
  const settle = {
    ...by,
    input: async ({ tell }: Story<Who>) => ({
      promiseId: await tell("makePromise", DAN, await promise()),
      ...{ expects: "OPEN", note: "As it was said." },
    }),
    longest: { note: PAGE },
  };
  return {
    assignCase: {
      ...byCoordinator,
      input: async () => {
        const caseId = (await manAt("C")).cases[0];
        await database.query("UPDATE case_file SET assigned_agency = 'harbor-house', assigned_at = now() WHERE id = $1", [caseId]); // prettier-ignore
        return { caseId, expects: "harbor-house", agency: "safe-passage" };
      },
    },
    planConference: {
      by: CORA,
      stranger: AT_THE_TABLE,
      input: () => ({ startsAt: at(24), place: "Room 3" }),
    },
    addJusticeAction: {
      ...by,
      input: async ({ id }) => ({
        ...{ conferenceId: id("planConference"), personId: (await manAt("C")).personId },
        ...{ text: "Ask the court.", owner: "dan", dueOn: day(7) },
      }),
    },
    endJusticeAction: {
      ...by,
      input: async () => ({ actionId: await one("SELECT id FROM conference_action"), done: true }),
    },
    recordDecision: {
      ...by,
      input: async () => ({
        ...{ conferenceId: await begun(), decision: "CONFIRM_LEVEL", level: "B" },
        ...(await proposed()),
      }),
    },
    closeConference: {
      by: CORA,
      stranger: AT_THE_TABLE,
      input: async () => ({
        conferenceId: await begun(),
        attendees: [{ agency: "metro-police", subject: "dan" }],
      }),
    },
    cancelConference: {
      by: CORA,
      stranger: AT_THE_TABLE,
      input: ({ id }) => ({ conferenceId: id("planConference") }),
    },
    acknowledgeAlert: {
      by: ANN,
      stranger: SAL,
      input: async () => {
        const { personId } = await manAt("C");
        const { id: victimId } = await write.victim();
        await write.caseFile({ personId, victimId, assignedAgency: "harbor-house", assignedAt: new Date(ago(2)) }); // prettier-ignore
        await write.custodyEvent({ personId });
        return { alertId: await one("SELECT id FROM outbox.event WHERE topic = 'custody' AND key = $1", personId) }; // prettier-ignore
      },
    },
    openBreakGlass: {
      by: CORA,
      stranger: "It is about the teller's own sight, and names no record.",
      input: () => ({ element: "intelligence", reason: "He is on his way to her." }),
      longest: { reason: 1_000 },
    },
    confirmLevel: {
      ...by,
      input: async () => ({ proposalId: (await proposed()).proposalId, level: "B" }),
    },
    decideReview: {
      ...byCoordinator,
      input: async () => {
        const { personId } = await manAt("B");
        const confirmationId = await one("SELECT id FROM level_confirmation WHERE person_id = $1", personId);
        const { id: reviewId } = await write.levelReview({ personId, confirmationId, openedAt: new Date(ago(1)) }); // prettier-ignore
        return { ...panel, reviewId, decidedAt: now().toISOString() };
      },
      longest: { note: PAGE },
    },
    moveLevelDown: {
      ...byCoordinator,
      input: async () => ({
        ...panel,
        ...{ personId: (await manAt("B")).personId, decidedAt: now().toISOString() },
      }),
      longest: { note: PAGE },
    },
    recordLever: {
      ...by,
      input: async () => {
        const { personId } = await manAt("B");
        const { id: recordId } = await write.warrant({ personId });
        return {
          ...{ personId, recordId, kind: "WARRANT", tried: "Called on him." },
          ...{ triedAt: now().toISOString(), triedBy: "Officer Example" },
        };
      },
      longest: { tried: PAGE },
    },
    recordLeverResult: {
      ...by,
      input: ({ id }) => ({
        ...{ pullId: id("recordLever"), expects: "OPEN", result: "FAILED", note: "Not at home." },
      }),
      longest: { note: PAGE },
    },
    makePromise: { ...by, input: promise, longest: { text: PAGE } },
    keepPromise: settle,
    breakPromise: settle,
    withdrawPromise: settle,
    openCompartment: {
      ...byCoordinator,
      input: async () => ({
        caseId: (await manAt("C")).cases[0],
        readers: [{ agency: "metro-police", subject: "dan" }],
      }),
    },
    nameCompartmentReader: {
      ...byCoordinator,
      input: ({ id }) => ({
        caseId: id("openCompartment"),
        reader: { agency: "county-prosecutor", subject: "pat" },
      }),
    },
    recordConflict: {
      ...byCoordinator,
      input: async () => ({
        ...{ agency: "open-door", subject: "somebody", why: "PARTY" },
        personId: (await manAt("C")).personId,
      }),
    },
    endConflict: { ...byCoordinator, input: ({ id }) => ({ conflictId: id("recordConflict") }) },
    recordReferralAgreement: {
      ...by,
      input: async () => ({
        personId: (await manAt("C")).personId,
        ...{ providerAgency: "new-start", agreed: true, saidAt: now().toISOString() },
      }),
      fine: { saidAt: PAST },
    },
    recordDisposition: {
      by: PAT,
      stranger: CUT_PROSECUTOR,
      input: async () => {
        const { id: chargeId } = await write.charge({ personId: (await manAt("C")).personId });
        return {
          ...{ chargeId, expects: "PENDING", disposition: "DISMISSED", on: day(-1) },
          why: "The docket.",
        };
      },
      longest: { why: PAGE },
    },
    recordExpungement: {
      ...byCoordinator,
      input: async () => {
        const { personId } = await manAt("C");
        const { id: incidentId } = await write.incident();
        await write.subject({ incidentId, personId });
        const { id: arrestId } = await write.arrest({ personId });
        const { id: chargeId } = await write.charge({ personId });
        return {
          ...{ incidentIds: [incidentId], arrestIds: [arrestId], chargeIds: [chargeId] },
          ...{ court: "County Circuit Court", orderNumber: "2026-X-17", orderedOn: day(-1) },
        };
      },
      // What is left out is not named: the others are.
      fine: Object.fromEntries(
        ["incidentIds", "arrestIds", "chargeIds"].map((part) => [part, ["left out"] as const]),
      ),
    },
    detachWrongPerson: {
      ...by,
      input: async () => {
        const { personId } = await manAt("C");
        const { id: incidentId } = await write.incident();
        await write.subject({ incidentId, personId });
        return { personId, incidentId, why: "Another man of that name." };
      },
      longest: { why: PAGE },
    },
  };
}
