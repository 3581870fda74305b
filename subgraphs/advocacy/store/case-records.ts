import type { DataSource } from "typeorm";
import type { Told } from "../../../platform/told-request/told-once";
import { loaderOf } from "../../../platform/store/loader";
import { isUuid } from "../../../platform/store/uuid";
import type { Position } from "../../../platform/subgraph/newest-first";
import type { ToldConflict } from "../domain/conflict";
import type { OutreachProblem, ToldOutreach } from "../domain/outreach";
import type { Reader } from "../domain/release";
import type { ReleaseTerms, ToldRelease } from "../domain/told-release";
import { openCasesTo } from "../policy/conflict-wall";
import { CaseAssignmentRow } from "./entities/case-assignment";
import type { ConflictOfInterestRow } from "./entities/conflict-of-interest";
import { ClientAddressRow } from "./entities/client-address";
import { ClientRow } from "./entities/client";
import { OutreachRow } from "./entities/outreach";
import { OutreachTaskRow } from "./entities/outreach-task";
import { undoneTasks } from "./outreach-tasks";
import { RiskAssessmentRow } from "./entities/risk-assessment";
import { SafeContactRow } from "./entities/safe-contact";
import { VictimLetterRow } from "./entities/victim-letter";
import { SafetyPlanRow } from "./entities/safety-plan";
import { caseloadPage } from "./caseload";
import { conflictPage, endConflict, recordConflict, type ConflictOutcome } from "./conflicts";
import { recordOutreach, type AdmitOutreach } from "./record-outreach";
import { letterFiles } from "./victim-letters";
import { recordRelease, revokeRelease, type ReleaseOutcome, type Telling } from "./record-release";
import { releasesOfCases, type RecordedRelease } from "./releases";

/** What safe contact with the victim of a case rests on. */
export interface CaseSafety {
  readonly caseId: string;
  readonly rules: readonly SafeContactRow[];
  readonly addresses: readonly string[];
}

/**
 * One agency's records of cases. A case that is not on its caseload, or from which a conflict
 * cuts the reader off (AV18), has none: null, as if it did not exist.
 */
export interface CaseRecords {
  caseload(after: Position | null, limit: number): Promise<{ row: string; position: Position }[]>;
  client(caseId: string): Promise<ClientRow | null>;
  outreach(caseId: string): Promise<OutreachRow[] | null>;
  /** Newest first. */
  riskAssessments(caseId: string): Promise<RiskAssessmentRow[] | null>;
  /** Assessments of a case are read again: there is one more. */
  assessmentsChanged(caseId: string): void;
  safetyPlan(caseId: string): Promise<SafetyPlanRow | null>;
  releases(caseId: string): Promise<RecordedRelease[] | null>;
  /** What she said of safe contact, newest first, and every address that she has or had as a client. */
  safety(caseId: string): Promise<CaseSafety | null>;
  /** What is and was to be done, the one due first before all others; null: no case that is open to the reader. */
  tasks(caseId: string): Promise<OutreachTaskRow[] | null>;
  /** A task of a case that is open to the reader. */
  task(id: string): Promise<{ readonly task: OutreachTaskRow; readonly database: DataSource } | null>;
  undoneTasks(after: Position | null, limit: number): Promise<{ row: OutreachTaskRow; position: Position }[]>;
  /** The id as the database writes it, and the database, when the case is the agency's and open to the reader. */
  own(caseId: string): Promise<{ readonly caseId: string; readonly database: DataSource } | null>;
  /** What was read of safe contact is read again: it has changed. */
  safetyChanged(caseId: string): Promise<void>;
  /** Letters to her, newest first. */
  letters(caseId: string): Promise<VictimLetterRow[] | null>;
  /** The file of a letter of a case that is the agency's. */
  letterFile(letterId: string): Promise<Buffer | null>;
  /** Letters of a case are read again: one has changed. */
  lettersChanged(caseId: string): void;
  recordOutreach(
    told: ToldOutreach & { caseId: string; madeBy: string },
    telling: Told,
    admit: AdmitOutreach,
  ): Promise<OutreachRow | OutreachProblem>;
  recordRelease(
    told: ToldRelease & { discloser: string },
    terms: ReleaseTerms,
    telling: Telling,
  ): Promise<ReleaseOutcome>;
  revokeRelease(releaseId: string, telling: Telling): Promise<ReleaseOutcome>;
  conflicts(
    after: Position | null,
    limit: number,
  ): Promise<{ row: ConflictOfInterestRow; position: Position }[]>;
  recordConflict(told: ToldConflict, now: Date): Promise<ConflictOutcome>;
  endConflict(id: string, telling: Told): Promise<ConflictOutcome>;
}

/** The records in one agency's database that are open to a reader, each kind read with one statement for all cases of a request. */
export function createCaseRecords(database: DataSource, reader: Reader): CaseRecords {
  const open = openCasesTo(reader, "row.case_id");
  const assignments = loaderOf(database, CaseAssignmentRow, "caseId", [], {
    ...open,
    sql: `${open.sql} AND row.ended_at IS NULL`,
  });
  const clients = loaderOf(database, ClientRow, "caseId");
  const outreach = loaderOf(database, OutreachRow, "caseId", [
    ["madeAt", "DESC"],
    ["id", "ASC"],
  ]);
  const assessments = loaderOf(database, RiskAssessmentRow, "caseId", [
    ["assessedAt", "DESC"],
    ["id", "ASC"],
  ]);
  const plans = loaderOf(database, SafetyPlanRow, "clientId");
  const releases = releasesOfCases(database);
  const rules = loaderOf(database, SafeContactRow, "caseId", [
    ["recordedAt", "DESC"],
    ["id", "ASC"],
  ]);
  const tasks = loaderOf(database, OutreachTaskRow, "caseId", [
    ["dueAt", "ASC"],
    ["id", "ASC"],
  ]);
  const letters = loaderOf(database, VictimLetterRow, "caseId", [
    ["draftedAt", "DESC"],
    ["id", "ASC"],
  ]);
  const files = letterFiles(database);
  const addresses = loaderOf(database, ClientAddressRow, "clientId");

  /** The id as the database writes it, when the case is the agency's and open to the reader. */
  async function own(id: string): Promise<string | null> {
    const caseId = id.toLowerCase();
    // No case has another kind of id, and the database would complain about it in its own words.
    return isUuid(caseId) && (await assignments.load(caseId)).length > 0 ? caseId : null;
  }

  async function client(id: string): Promise<ClientRow | null> {
    const caseId = await own(id);
    return (caseId !== null && (await clients.load(caseId))[0]) || null;
  }

  return {
    caseload: (after, limit) => caseloadPage(database, reader, after, limit),
    client,
    outreach: async (id) => {
      const caseId = await own(id);
      return caseId === null ? null : outreach.load(caseId);
    },
    riskAssessments: async (id) => {
      const caseId = await own(id);
      return caseId === null ? null : assessments.load(caseId);
    },
    assessmentsChanged: (caseId) => void assessments.clear(caseId),
    safetyPlan: async (id) => {
      const known = await client(id);
      return (known && (await plans.load(known.id))[0]) ?? null;
    },
    releases: async (id) => {
      const caseId = await own(id);
      return caseId === null ? null : releases.load(caseId);
    },
    safety: async (id) => {
      const caseId = await own(id);
      if (caseId === null) return null;
      const [told, known] = await Promise.all([rules.load(caseId), client(caseId)]);
      const had = known ? (await addresses.load(known.id)).map(({ address }) => address) : [];
      const now = known?.address ?? null;
      return { caseId, rules: told, addresses: now === null ? had : [now, ...had] };
    },
    tasks: async (id) => {
      const caseId = await own(id);
      return caseId === null ? null : tasks.load(caseId);
    },
    task: async (id) => {
      const task = isUuid(id) ? await database.getRepository(OutreachTaskRow).findOneBy({ id }) : null;
      return task !== null && (await own(task.caseId)) !== null ? { task, database } : null;
    },
    undoneTasks: (after, limit) => undoneTasks(database, reader, after, limit),
    own: async (id) => {
      const caseId = await own(id);
      return caseId === null ? null : { caseId, database };
    },
    safetyChanged: async (id) => {
      const known = await client(id);
      rules.clear(id);
      clients.clear(id);
      if (known) addresses.clear(known.id);
    },
    letters: async (id) => {
      const caseId = await own(id);
      return caseId === null ? null : letters.load(caseId);
    },
    letterFile: (id) => files.load(id),
    lettersChanged: (caseId) => void letters.clear(caseId),
    recordOutreach: async ({ caseId: id, ...told }, telling, admit) => {
      const caseId = await own(id);
      if (caseId === null) return "NOT_FOUND";
      const outcome = await recordOutreach(database, { ...told, caseId }, telling, admit);
      outreach.clear(caseId);
      if (!outcome.ok) return outcome.refusal.code;
      return database.getRepository(OutreachRow).findOneByOrFail({ id: outcome.value });
    },
    recordRelease: async (told, terms, telling) => {
      const caseId = await own(told.caseId);
      if (caseId === null) return { faults: [{ code: "NOT_FOUND", field: "caseId" }] };
      if ((await client(caseId)) === null) return { faults: [{ code: "NO_CLIENT", field: "caseId" }] };
      return recordRelease(database, { ...told, caseId }, terms, telling);
    },
    revokeRelease: (releaseId, telling) => revokeRelease(database, reader, releaseId, telling),
    conflicts: (after, limit) => conflictPage(database, reader, after, limit),
    recordConflict: async (told, now) => {
      const caseId = await own(told.caseId);
      if (caseId === null) return "NOT_FOUND";
      return recordConflict(database, { ...told, caseId }, { recordedBy: reader.subject, recordedAt: now });
    },
    endConflict: (id, telling) => endConflict(database, id, reader, telling),
  };
}
