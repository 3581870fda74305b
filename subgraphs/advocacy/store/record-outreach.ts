import type { DataSource } from "typeorm";
import type { OutreachProblem, ToldOutreach } from "../domain/outreach";
import { OutreachRow } from "./entities/outreach";

/** Whether it was made against what is safe; or the problem for which it is not recorded. */
export type AdmitOutreach = () => Promise<boolean | OutreachProblem>;

/** Adds an outreach that is admitted, or finds the one that was told before: the same telling twice is one entry. */
export async function recordOutreach(
  database: DataSource,
  told: ToldOutreach & { caseId: string; madeBy: string },
  admit: AdmitOutreach,
): Promise<OutreachRow | OutreachProblem> {
  const entries = database.getRepository(OutreachRow);
  const { caseId, kind, madeAt, madeBy } = told;
  if (!(await entries.existsBy({ caseId, kind, madeAt, madeBy }))) {
    const admitted = await admit();
    if (typeof admitted === "string") return admitted;
    const entry = { ...told, againstSafeContact: admitted };
    await entries.createQueryBuilder().insert().values(entry).orIgnore().execute();
  }
  const entry = await entries.findOneByOrFail({ caseId, kind, madeAt, madeBy });
  const alike = entry.outcome === told.outcome && entry.note === told.note;
  return alike ? entry : "ALREADY_RECORDED_OTHERWISE";
}
