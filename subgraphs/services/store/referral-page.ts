import type { DataSource } from "typeorm";
import { instantOf, microsOf, type Position } from "../../../platform/subgraph/newest-first";
import { ReferralRow } from "./entities/referral";

/** An agency's referrals that he agreed to, newest first, after a position. */
export async function referralPage(
  database: DataSource,
  agency: string,
  after: Position | null,
  limit: number,
): Promise<{ row: ReferralRow; position: Position }[]> {
  const page = database
    .getRepository(ReferralRow)
    .createQueryBuilder("r")
    .addSelect(microsOf("r.referred_at"), "micros")
    .where("r.provider_agency = :agency AND r.consented_at IS NOT NULL", { agency })
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
