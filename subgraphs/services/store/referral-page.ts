import type { DataSource } from "typeorm";
import { instantOf, microsOf, type Position } from "../../../platform/subgraph/newest-first";
import { openPersons } from "../policy/conflict-wall";
import { ReferralRow } from "./entities/referral";

/** The referrals to a reader's agency that they agreed to, newest first, after a position; no conflict cuts him off. */
export async function referralPage(
  database: DataSource,
  reader: { readonly agency: string; readonly subject: string },
  after: Position | null,
  limit: number,
): Promise<{ row: ReferralRow; position: Position }[]> {
  const { agency } = reader;
  const open = openPersons(reader, "r.person_id");
  const page = database
    .getRepository(ReferralRow)
    .createQueryBuilder("r")
    .addSelect(microsOf("r.referred_at"), "micros")
    .where("r.provider_agency = :agency AND r.consented_at IS NOT NULL", { agency })
    .andWhere(open.sql, open.parameters)
    .orderBy("r.referred_at", "DESC")
    .addOrderBy("r.id", "ASC")
    .limit(limit);
  if (after !== null) {
    const last = instantOf(":micros");
    page.andWhere(`(r.referred_at < ${last} OR (r.referred_at = ${last} AND r.id > :id))`, after);
  }
  const { entities, raw } = await page.getRawAndEntities<{ micros: string }>();
  return entities.map((row, index) => ({ row, position: { micros: raw[index]!.micros, id: row.id } }));
}
