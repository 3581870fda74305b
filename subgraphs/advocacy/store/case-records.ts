import type { DataSource } from "typeorm";
import { loaderOf } from "../../../platform/store/loader";
import { isUuid } from "../../../platform/store/uuid";
import type { Position } from "../../../platform/subgraph/newest-first";
import type { OutreachProblem, ToldOutreach } from "../domain/outreach";
import type { ReleaseTerms, ToldRelease } from "../domain/told-release";
import { CaseAssignmentRow } from "./entities/case-assignment";
import { ClientRow } from "./entities/client";
import { OutreachRow } from "./entities/outreach";
import { RiskAssessmentRow } from "./entities/risk-assessment";
import { SafetyPlanRow } from "./entities/safety-plan";
import { caseloadPage } from "./caseload";
import { recordOutreach } from "./record-outreach";
import { recordRelease, revokeRelease, type ReleaseOutcome, type Telling } from "./record-release";
import { releasesOfCases, type RecordedRelease } from "./releases";

/** One agency's records of cases. A case that is not on its caseload has none: null, as if it did not exist. */
export interface CaseRecords {
  caseload(after: Position | null, limit: number): Promise<{ row: string; position: Position }[]>;
  client(caseId: string): Promise<ClientRow | null>;
  outreach(caseId: string): Promise<OutreachRow[] | null>;
  riskAssessments(caseId: string): Promise<RiskAssessmentRow[] | null>;
  safetyPlan(caseId: string): Promise<SafetyPlanRow | null>;
  releases(caseId: string): Promise<RecordedRelease[] | null>;
  recordOutreach(
    told: ToldOutreach & { caseId: string; madeBy: string },
  ): Promise<OutreachRow | OutreachProblem>;
  recordRelease(
    told: ToldRelease & { discloser: string },
    terms: ReleaseTerms,
    telling: Telling,
  ): Promise<ReleaseOutcome>;
  revokeRelease(releaseId: string, telling: Telling): Promise<ReleaseOutcome>;
}

/** The records in one agency's database, each kind read with one statement for all cases of a request. */
export function createCaseRecords(database: DataSource): CaseRecords {
  const assignments = loaderOf(database, CaseAssignmentRow, "caseId");
  const clients = loaderOf(database, ClientRow, "caseId");
  const outreach = loaderOf(database, OutreachRow, "caseId", { madeAt: "DESC", id: "ASC" });
  const assessments = loaderOf(database, RiskAssessmentRow, "clientId", { assessedAt: "DESC", id: "ASC" });
  const plans = loaderOf(database, SafetyPlanRow, "clientId");
  const releases = releasesOfCases(database);

  /** The id as the database writes it, when the case is the agency's. */
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
    caseload: (after, limit) => caseloadPage(database, after, limit),
    client,
    outreach: async (id) => {
      const caseId = await own(id);
      return caseId === null ? null : outreach.load(caseId);
    },
    riskAssessments: async (id) => {
      const known = await client(id);
      return known && assessments.load(known.id);
    },
    safetyPlan: async (id) => {
      const known = await client(id);
      return (known && (await plans.load(known.id))[0]) ?? null;
    },
    releases: async (id) => {
      const caseId = await own(id);
      return caseId === null ? null : releases.load(caseId);
    },
    recordOutreach: async ({ caseId: id, ...told }) => {
      const caseId = await own(id);
      if (caseId === null) return "CASE_NOT_FOUND";
      const outcome = await recordOutreach(database, { ...told, caseId });
      outreach.clear(caseId);
      return outcome;
    },
    recordRelease: async (told, terms, telling) => {
      const caseId = await own(told.caseId);
      if (caseId === null) return { faults: [{ code: "CASE_NOT_FOUND", field: "caseId" }] };
      if ((await client(caseId)) === null) return { faults: [{ code: "NO_CLIENT", field: "caseId" }] };
      return recordRelease(database, { ...told, caseId }, terms, telling);
    },
    revokeRelease: (releaseId, telling) => revokeRelease(database, releaseId, telling),
  };
}
