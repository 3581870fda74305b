import { disclosure, noticeOf } from "../domain/part2";
import type { ReferralFacts } from "../domain/referral";

/** A record as it is shown; what protects it travels with it. */
export type Shown<Row> = Row & { readonly redisclosureNotice: string | null };

/** Of records that hang on a referral, or on none, those that a reader may be shown, each with its notice (SV32). */
export type Discloser = <Row extends { readonly referralId: string | null }>(
  rows: readonly Row[],
) => Promise<Shown<Row>[]>;

/** What a provider records under a Part 2 referral is disclosed as the referral is: that it is his, says who is treated. */
export function discloser(
  { agency }: { readonly agency: string },
  referralOf: (id: string) => Promise<ReferralFacts | null>,
  now: () => Date,
): Discloser {
  return async (rows) => {
    const all = await Promise.all(
      rows.map(async (row) => {
        if (row.referralId === null) return { ...row, redisclosureNotice: null };
        const referral = await referralOf(row.referralId);
        const how = referral === null ? "withheld" : disclosure(referral, agency, now());
        return how === "withheld" ? null : { ...row, redisclosureNotice: noticeOf(how) };
      }),
    );
    return all.filter((row) => row !== null);
  };
}
