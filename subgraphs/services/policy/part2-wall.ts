import type { WallCondition } from "./conflict-wall";

/**
 * What `disclosure` in domain/part2.ts decides, in SQL, of records that hang on a referral; `referralId` is the column that
 * holds its id. A list that is read page by page has to leave out in the statement what it may not show.
 */
export function disclosedRecords(agency: string, now: Date, referralId: string): WallCondition {
  return {
    sql: `(${referralId} IS NULL OR EXISTS (
      SELECT FROM referral under WHERE under.id = ${referralId} AND (
        NOT under.part2 OR under.provider_agency = :part2Agency
        OR (under.answered_at IS NULL AND under.state NOT IN ('accepted', 'declined')
            AND split_part(reverse(under.referred_by), '@', 1) = reverse(:part2Agency))
        OR EXISTS (SELECT FROM part2_consent consent
          WHERE consent.referral_id = under.id AND consent.recipient_agency = :part2Agency
            AND consent.given_at <= :part2At::timestamptz AND consent.expires_at > :part2At::timestamptz
            AND (consent.revoked_at IS NULL OR consent.revoked_at > :part2At::timestamptz)))))`,
    parameters: { part2Agency: agency, part2At: now.toISOString() },
  };
}
