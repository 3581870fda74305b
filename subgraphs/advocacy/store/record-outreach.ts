import type { DataSource } from "typeorm";
import { toldBefore, toldOnce, type Outcome, type Told } from "../../../platform/told-request/told-once";
import type { OutreachProblem, ToldOutreach } from "../domain/outreach";
import { OutreachRow } from "./entities/outreach";

/** Whether it was made against what is safe; or the problem for which it is not recorded. */
export type AdmitOutreach = () => Promise<boolean | OutreachProblem>;

/**
 * Adds an outreach that is admitted, once for its telling; its id. An outreach that she has recorded alike under another key
 * is that one, and otherwise it is ALREADY_RECORDED. Whether it is admitted is asked before the transaction: another agency
 * may be slow to answer.
 */
export async function recordOutreach(
  database: DataSource,
  told: ToldOutreach & { caseId: string; madeBy: string },
  telling: Told,
  admit: AdmitOutreach,
): Promise<Outcome<{ readonly code: OutreachProblem }>> {
  const { caseId, kind, madeAt, madeBy } = told;
  const before = await toldBefore(database.manager, telling);
  if (before !== null) return before;
  const known = await database.getRepository(OutreachRow).existsBy({ caseId, kind, madeAt, madeBy });
  const admitted = known || (await admit());
  if (typeof admitted === "string") return refuse(admitted);
  return toldOnce(database, telling, async (manager) => {
    const entries = manager.getRepository(OutreachRow);
    const row = { ...told, againstSafeContact: admitted };
    await entries.createQueryBuilder().insert().values(row).orIgnore().execute();
    const entry = await entries.findOneByOrFail({ caseId, kind, madeAt, madeBy });
    const alike = entry.outcome === told.outcome && entry.note === told.note;
    return alike ? { ok: true, value: entry.id } : refuse("ALREADY_RECORDED");
  });
}

const refuse = (code: OutreachProblem) => ({ ok: false, refusal: { code } }) as const;
