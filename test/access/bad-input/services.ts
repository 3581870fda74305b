import { randomUUID } from "node:crypto";
import type { Acting } from "../../../subgraphs/services/acts.fixture";
import type { Who } from "../../../subgraphs/services/door.fixture";
import { refer, sql } from "../../../subgraphs/services/records.fixture";
import type { Story, Table } from "./sweep";

const NEW_START: Who = { agency: "new-start", role: "provider", subject: "pat" };
const OPEN_DOOR: Who = { agency: "open-door", role: "provider", subject: "olga" };
const COORDINATOR: Who = { agency: "metro-police", role: "coordinator", subject: "cora" };
const MESSENGER: Who = { agency: "street-voices", role: "messenger", subject: "mo" };
/** A coordinator who is cut off from the person. */
const CUT_OFF: Who = { agency: "metro-police", role: "coordinator", subject: "cut-off" };

export const SERVICES_NOW = new Date("2026-03-01T12:00:00Z");
const AN_HOUR_AGO = "2026-03-01T11:00:00Z";
/** What was is recorded when it is told, however long ago it was. */
const PAST = ["long ago"] as const;
const OWN_AGENCY = "It is about the teller's own agency, and names nobody else's record.";

/** A person whom New Start has taken on, with a treatment that only it knows of. */
export async function writePerson(url: string): Promise<{ personId: string; treatmentId: string }> {
  const personId = randomUUID();
  await refer(url, personId, { agency: "new-start" });
  const treatmentId = await refer(url, personId, { agency: "new-start", service: "substance-use-treatment" });
  await sql(
    url,
    `INSERT INTO provider_service (agency, service, places, recorded_by, recorded_at)
     SELECT 'open-door', service, 90, 'p', '2019-01-01Z' FROM unnest('{housing,education}'::text[]) service`,
  );
  await sql(
    url,
    `INSERT INTO conflict_of_interest (agency, subject, person_id, why, recorded_by, recorded_at)
     VALUES ('metro-police', 'cut-off', $1, 'party', 'c', '2026-02-01Z')`,
    [personId],
  );
  return { personId, treatmentId };
}

/** Every mutation of the services. */
export function servicesTable(
  acting: Acting,
  { personId, treatmentId }: { readonly personId: string; readonly treatmentId: string },
): Table<Who> {
  const handle = async (who: Who) => (await acting.handle(who, personId))!;
  const refers = async ({ tell }: Story<Who>, service: string) => {
    const person = await handle(COORDINATOR);
    return tell("refer", COORDINATOR, { person, providerAgency: "open-door", service });
  };
  const agreed = { expects: "PROPOSED", agreed: true, partnersMayKnow: true };
  const promise = async ({ tell }: Story<Who>) => {
    const person = await handle(MESSENGER);
    const told = { person, text: "A lift to work.", promisedTo: "OFFENDER", dueOn: "2026-04-01" };
    const promiseId = await tell("makeHelpPromise", MESSENGER, told);
    return { promiseId, expects: "OPEN" };
  };
  const settle = { by: MESSENGER, stranger: NEW_START, input: promise };
  return {
    recordCapacity: {
      by: NEW_START,
      stranger: OWN_AGENCY,
      input: () => ({
        capacity: 9,
        services: [{ service: "EMPLOYMENT", places: 5 }],
        languages: ["en"],
        hours: "9 to 5",
        area: "the county",
      }),
    },
    recordNeed: {
      by: NEW_START,
      stranger: OPEN_DOOR,
      input: async () => ({
        person: await handle(NEW_START),
        kind: "FOOD",
        statedAt: AN_HOUR_AGO,
        passedOn: true,
      }),
      fine: { statedAt: PAST },
    },
    closeNeed: {
      by: NEW_START,
      stranger: OPEN_DOOR,
      input: (story) => ({ needId: story.id("recordNeed"), as: "MET" }),
    },
    requestSmallHelp: {
      by: NEW_START,
      stranger: OPEN_DOOR,
      input: async () => ({
        person: await handle(NEW_START),
        kind: "FEE",
        whatFor: "His papers.",
        amount: 100,
      }),
    },
    decideSmallHelp: {
      by: COORDINATOR,
      stranger: CUT_OFF,
      input: (story) => ({ requestId: story.id("requestSmallHelp"), expects: "REQUESTED", approve: true }),
    },
    deliverSmallHelp: {
      by: NEW_START,
      stranger: OPEN_DOOR,
      input: (story) => ({ requestId: story.id("requestSmallHelp"), expects: "APPROVED" }),
    },
    addServicesAction: {
      by: NEW_START,
      stranger: OPEN_DOOR,
      input: async () => ({
        conferenceId: randomUUID(),
        person: await handle(NEW_START),
        text: "Ring him.",
        owner: "pat",
        dueOn: "2026-03-09",
      }),
      // No conference is known here but by its id.
      fine: { conferenceId: ["an unknown id"] },
    },
    endServicesAction: {
      by: NEW_START,
      stranger: OPEN_DOOR,
      input: (story) => ({ actionId: story.id("addServicesAction"), done: true }),
    },
    recordProviderConflict: {
      by: NEW_START,
      stranger: OPEN_DOOR,
      input: () => ({ subject: "somebody", personId, why: "PARTY" }),
    },
    endProviderConflict: {
      by: NEW_START,
      stranger: OPEN_DOOR,
      input: (story) => ({ conflictId: story.id("recordProviderConflict") }),
    },
    refer: {
      by: COORDINATOR,
      stranger: CUT_OFF,
      input: async () => ({
        person: await handle(COORDINATOR),
        providerAgency: "open-door",
        service: "HOUSING",
      }),
    },
    recordReferralConsent: {
      by: COORDINATOR,
      stranger: CUT_OFF,
      input: (story) => ({ referralId: story.id("refer"), ...agreed }),
    },
    acceptReferral: {
      by: OPEN_DOOR,
      stranger: NEW_START,
      input: (story) => ({ referralId: story.id("refer"), expects: "REFERRED" }),
    },
    recordEngagement: {
      by: OPEN_DOOR,
      stranger: NEW_START,
      input: (story) => ({ referralId: story.id("refer"), attendedOn: "2026-03-01", attended: true }),
    },
    closeReferral: {
      by: OPEN_DOOR,
      stranger: NEW_START,
      input: (story) => ({ referralId: story.id("refer"), expects: "ACCEPTED" }),
    },
    declineReferral: {
      by: OPEN_DOOR,
      stranger: NEW_START,
      input: async (story) => {
        const referralId = await refers(story, "EDUCATION");
        await story.tell("recordReferralConsent", COORDINATOR, { referralId, ...agreed });
        return { referralId, expects: "REFERRED" };
      },
    },
    recordPart2Consent: {
      by: NEW_START,
      stranger: OPEN_DOOR,
      input: () => ({
        referralId: treatmentId,
        recipientAgency: "county-probation",
        givenAt: AN_HOUR_AGO,
        expiresAt: "2026-09-01T00:00:00Z",
      }),
      // No law has a longest term of a consent.
      fine: { givenAt: PAST, expiresAt: ["far ahead"] },
    },
    revokePart2Consent: {
      by: NEW_START,
      stranger: OPEN_DOOR,
      input: async () => {
        const [row] = await sql<{ id: string }>(acting.url, "SELECT id FROM part2_consent");
        return { consentId: row!.id };
      },
    },
    makeHelpPromise: {
      by: NEW_START,
      stranger: OPEN_DOOR,
      input: async () => ({
        person: await handle(NEW_START),
        text: "A place by spring.",
        promisedTo: "OFFENDER",
        dueOn: "2026-04-01",
      }),
    },
    keepHelpPromise: settle,
    breakHelpPromise: settle,
    withdrawHelpPromise: settle,
    recordVictimSideEmployee: {
      by: NEW_START,
      stranger: OWN_AGENCY,
      input: () => ({ subject: "provider-6" }),
    },
    endVictimSideEmployee: {
      by: NEW_START,
      stranger: OPEN_DOOR,
      input: (story) => ({ id: story.id("recordVictimSideEmployee") }),
    },
  };
}
