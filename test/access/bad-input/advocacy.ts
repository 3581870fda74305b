import { randomUUID } from "node:crypto";
import { Client } from "pg";
import type { Who } from "../../../subgraphs/advocacy/door.fixture";
import type { Table } from "./sweep";

const ANN: Who = { agency: "harbor-house", role: "advocate", subject: "ann" };
const BEA: Who = { agency: "harbor-house", role: "advocate", subject: "bea" };
/** Of another agency, which knows nothing of the case. */
const SAL: Who = { agency: "safe-passage", role: "advocate", subject: "sal" };

export const ADVOCACY_NOW = new Date("2026-03-05T12:00:00Z");
const AN_HOUR_AGO = "2026-03-05T11:00:00Z";
/** What was is recorded when it is told, however long ago it was. */
const PAST = ["long ago"] as const;

/** What the example site's lethality screen asks. */
const ITEMS = [...Array.from({ length: 11 }, (_, index) => String(index + 1)), "belief"];

interface Case {
  readonly caseId: string;
  readonly taskIds: readonly [visit: string, visit: string, riskAssessment: string];
}

/** A case of Harbor House's, of a client, with tasks that are open. */
export async function writeCase(url: string): Promise<Case> {
  const caseId = randomUUID();
  const taskIds = [randomUUID(), randomUUID(), randomUUID()] as const;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("INSERT INTO case_assignment VALUES ($1, '2026-01-01Z')", [caseId]);
  await client.query("INSERT INTO client (case_id, preferred_name) VALUES ($1, 'Ana')", [caseId]);
  for (const [index, id] of taskIds.entries()) {
    await client.query(
      `INSERT INTO outreach_task (id, case_id, kind, event_id, opened_on, opened_at, due_at)
       VALUES ($1, $2, $3, gen_random_uuid(), 'arrest', '2026-03-01Z', '2026-03-06Z')`,
      [id, caseId, index < 2 ? "visit" : "risk-assessment"],
    );
  }
  await client.end();
  return { caseId, taskIds };
}

/** Every mutation of an advocacy agency. */
export function advocacyTable({ caseId, taskIds: [taskId, otherTaskId, riskTaskId] }: Case): Table<Who> {
  const contactId = randomUUID();
  const hers = { by: ANN, stranger: SAL };
  return {
    recordAgencyConflict: {
      ...hers,
      input: () => ({ agency: "harbor-house", subject: "cass", caseId, why: "PARTY" }),
    },
    endAgencyConflict: {
      ...hers,
      input: (story) => ({ conflictId: story.id("recordAgencyConflict") }),
    },
    addAdvocacyAction: {
      ...hers,
      input: () => ({
        conferenceId: randomUUID(),
        caseId,
        text: "Go with her.",
        owner: "ann",
        dueOn: "2026-03-20",
      }),
      // The agency knows conferences by no more than their ids.
      fine: { conferenceId: ["an unknown id"] },
    },
    endAdvocacyAction: {
      ...hers,
      input: (story) => ({ actionId: story.id("addAdvocacyAction"), done: true }),
    },
    placeHold: {
      by: ANN,
      stranger: "A hold is on any contact, whether or not the agency knows anybody in it.",
      input: () => ({ contactId, hours: 2 }),
      fine: { contactId: ["an unknown id"] },
    },
    withdrawHold: { by: ANN, stranger: BEA, input: () => ({ contactId }) },
    takeOutreachTask: { ...hers, input: () => ({ taskId, expects: "OPEN" }) },
    recordOutreach: {
      ...hers,
      input: () => ({
        ...{ caseId, kind: "VISIT", outcome: "REACHED", madeAt: AN_HOUR_AGO },
        ...{ note: "At her sister's.", againstSafeContact: false },
      }),
      longest: { note: 4_000 },
      fine: { madeAt: PAST },
    },
    completeOutreachTask: {
      ...hers,
      input: (story) => ({ taskId, expects: "TAKEN", outreachId: story.id("recordOutreach") }),
    },
    cancelOutreachTask: {
      ...hers,
      input: () => ({ taskId: otherTaskId, expects: "OPEN", reason: "NOT_SAFE" }),
    },
    recordRiskAssessment: {
      ...hers,
      input: () => ({
        ...{ caseId, instrument: "lethality-screen", version: "1", assessedAt: AN_HOUR_AGO },
        answers: ITEMS.map((item) => ({ item, answer: "NO" })),
        ...{ note: "At her sister's.", task: { taskId: riskTaskId, expects: "OPEN" } },
      }),
      longest: { note: 4_000 },
    },
    recordSafeContact: {
      ...hers,
      input: () => ({
        ...{ caseId, mayCall: true, mayWrite: true, mayLeaveMessage: false, mayVisit: true },
        ...{ hoursFrom: "09:00", hoursUntil: "17:00", language: "en", toldAt: AN_HOUR_AGO },
      }),
      fine: { toldAt: PAST },
    },
    recordClientAddress: {
      ...hers,
      input: () => ({ caseId, address: "40 Elm St, Kingston" }),
      longest: { address: 300 },
    },
    draftVictimLetter: { ...hers, input: () => ({ caseId, name: "Ana", advocate: "Ann" }) },
    approveVictimLetter: {
      by: BEA,
      stranger: SAL,
      input: (story) => ({ caseId, letterId: story.id("draftVictimLetter"), expects: "DRAFTED" }),
    },
    mailVictimLetter: {
      ...hers,
      input: (story) => ({ caseId, letterId: story.id("draftVictimLetter"), expects: "APPROVED" }),
    },
    withdrawVictimLetter: {
      ...hers,
      input: async ({ tell }) => {
        const letterId = await tell("draftVictimLetter", ANN, { caseId, name: "Ana", advocate: "Ann" });
        return { caseId, letterId, expects: "DRAFTED" };
      },
    },
    recordRelease: {
      ...hers,
      input: () => ({
        ...{ caseId, recipientAgency: "county-prosecutor", recipientSubject: "prosecutor-1" },
        ...{ recipientName: "Pat Prosecutor", elements: ["CLIENT"], purpose: "Hearing of an order." },
        ...{ startsAt: "2026-03-05T12:00:00Z", expiresAt: "2026-04-05T12:00:00Z" },
        ...{ language: "es", explainedBy: "Ann Advocate", signedCopy: "Cabinet 2" },
      }),
      longest: { purpose: 1_000 },
    },
    revokeRelease: { ...hers, input: (story) => ({ releaseId: story.id("recordRelease") }) },
  };
}
