import type { Part2Consent } from "./referral";

/** What must travel with every disclosure of a Part 2 record (42 CFR 2.32(a)(2), the short form). */
export const REDISCLOSURE_NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records.";

/** True while a consent holds: from when it was given until it expires or is revoked. */
export function isLive(consent: Part2Consent, at: Date): boolean {
  if (consent.givenAt > at || consent.expiresAt <= at) return false;
  return consent.revokedAt === null || consent.revokedAt > at;
}

/** A record that may be protected as one of substance-use treatment. */
export interface Part2Record {
  readonly providerAgency: string;
  readonly part2: boolean;
  readonly part2Consents: readonly Part2Consent[];
}

export type Disclosure = "free" | "with-notice" | "withheld";

/**
 * Whether a record may be shown to someone of `readerAgency`: within the provider's own agency freely; outside it a
 * Part 2 record only under a live consent that names that agency as its recipient (42 CFR 2.31(a)(4)), and then the
 * notice goes with it. Withheld is as if there were no record.
 */
export function disclosure(record: Part2Record, readerAgency: string, at: Date): Disclosure {
  if (!record.part2 || record.providerAgency === readerAgency) return "free";
  const opens = ({ recipientAgency }: Part2Consent) => recipientAgency === readerAgency;
  return record.part2Consents.some((consent) => opens(consent) && isLive(consent, at))
    ? "with-notice"
    : "withheld";
}

/** The notice that goes with a disclosure, if one must. */
export function noticeOf(how: Disclosure): string | null {
  return how === "with-notice" ? REDISCLOSURE_NOTICE : null;
}
