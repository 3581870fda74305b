import type { DataSource } from "typeorm";
import type { OutreachProblem, ToldOutreach } from "../domain/outreach";
import { OutreachRow } from "./entities/outreach";

/** Adds an outreach, or finds the one that was told before: the same telling twice is one entry. */
export async function recordOutreach(
  database: DataSource,
  told: ToldOutreach & { caseId: string; madeBy: string },
): Promise<OutreachRow | OutreachProblem> {
  const entries = database.getRepository(OutreachRow);
  await entries.createQueryBuilder().insert().values(told).orIgnore().execute();
  const { caseId, kind, madeAt, madeBy } = told;
  const entry = await entries.findOneByOrFail({ caseId, kind, madeAt, madeBy });
  const alike = entry.outcome === told.outcome && entry.note === told.note;
  return alike ? entry : "ALREADY_RECORDED_OTHERWISE";
}
