import type { DataSource } from "typeorm";
import { ReferralRow } from "./entities/referral";

/**
 * An agency's referrals that he agreed to, newest first, after one of them; from the start when that is not among them.
 */
export async function referralPage(
  database: DataSource,
  agency: string,
  first: number,
  after: string | null,
): Promise<ReferralRow[]> {
  return database
    .getRepository(ReferralRow)
    .createQueryBuilder("r")
    .leftJoin(ReferralRow, "last", "last.id = :after AND last.provider_agency = :agency", { after, agency })
    .where("r.provider_agency = :agency AND r.consented_at IS NOT NULL")
    .andWhere(
      `(last.id IS NULL OR r.referred_at < last.referred_at
        OR (r.referred_at = last.referred_at AND r.id > last.id))`,
    )
    .orderBy("r.referred_at", "DESC")
    .addOrderBy("r.id", "ASC")
    .limit(first)
    .getMany();
}
