import type { EntityManager } from "typeorm";
import { accept, refuse, type Result } from "../domain/result";
import { CaseFileRow } from "./entities/case-file";

export type AssignRefusal = "AGENCY_UNKNOWN" | "STALE";

/**
 * Assigns a case that the caller sees, or withdraws it (L75): to an agency of the site alone, and from the one that the
 * caller has seen it with. When it came and left stands in `case_transfer`, who told it in `told_request`.
 */
export async function assignCase(
  manager: EntityManager,
  told: { readonly caseId: string; readonly agency: string | null; readonly expects: string | null },
  agencies: ReadonlySet<string>,
  now: Date,
): Promise<Result<string, { readonly code: AssignRefusal }>> {
  const { caseId, agency, expects } = told;
  if (agency !== null && !agencies.has(agency)) return refuse({ code: "AGENCY_UNKNOWN" });
  const held = await manager.findOneOrFail(CaseFileRow, {
    where: { id: caseId },
    lock: { mode: "pessimistic_write" },
  });
  if (held.assignedAgency !== expects) return refuse({ code: "STALE" });
  const assignedAt = agency === null ? null : now;
  if (agency !== expects) await manager.update(CaseFileRow, caseId, { assignedAgency: agency, assignedAt });
  return accept(caseId);
}
