import { isAheadOf } from "./days";
import type { Part2Consent, ReferralFacts } from "./referral";
import { accept, refuse, type Result } from "./result";

/** What must travel with every disclosure of a Part 2 record (42 CFR 2.32(a)(2), the short form). */
export const REDISCLOSURE_NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records.";

/** True while a consent holds: from when it was given until it expires or is revoked. */
export function isLive(consent: Part2Consent, at: Date): boolean {
  if (consent.givenAt > at || consent.expiresAt <= at) return false;
  return consent.revokedAt === null || consent.revokedAt > at;
}

/** A record that may be protected as one of substance-use treatment. */
export type Part2Record = Pick<
  ReferralFacts,
  "providerAgency" | "referredByAgency" | "state" | "answeredAt" | "part2" | "part2Consents"
>;

export type Disclosure = "free" | "with-notice" | "withheld";

/** The programme has answered nothing yet: what there is, is what the partner that proposed it knows by itself. */
const isUnanswered = ({ state, answeredAt }: Part2Record) =>
  answeredAt === null && state !== "accepted" && state !== "declined";

/**
 * Whether a record may be shown to someone of `readerAgency`: within the provider's own agency freely, and to the agency
 * that proposed it until the programme answers (42 CFR 2.11: a record is one that the programme made or received of its
 * patient); outside it a Part 2 record only under a live consent that names that agency as its recipient (42 CFR
 * 2.31(a)(4)), and then the notice goes with it. Withheld is as if there were no record.
 */
export function disclosure(record: Part2Record, readerAgency: string, at: Date): Disclosure {
  if (!record.part2 || record.providerAgency === readerAgency) return "free";
  const opens = ({ recipientAgency }: Part2Consent) => recipientAgency === readerAgency;
  if (record.part2Consents.some((consent) => opens(consent) && isLive(consent, at))) return "with-notice";
  return record.referredByAgency === readerAgency && isUnanswered(record) ? "free" : "withheld";
}

/** The notice that goes with a disclosure, if one must. */
export function noticeOf(how: Disclosure): string | null {
  return how === "with-notice" ? REDISCLOSURE_NOTICE : null;
}

/** Why a consent is not recorded. */
export type ConsentRefusal =
  "NO_PART2_RECORD" | "NO_AGENCY" | "IN_THE_FUTURE" | "ALREADY_EXPIRED" | "ENDS_BEFORE_IT_BEGINS";

const AGENCY = /^[a-z][a-z0-9-]{1,62}$/;

/** Decides whether a consent is one: for a Part 2 record, to an agency other than the programme, given and not over (SV31). */
export function decideConsent(
  told: Pick<Part2Consent, "recipientAgency" | "givenAt" | "expiresAt">,
  record: Pick<ReferralFacts, "part2" | "providerAgency">,
  now: Date,
): Result<"given", { readonly code: ConsentRefusal }> {
  if (!record.part2) return refuse({ code: "NO_PART2_RECORD" });
  const { recipientAgency, givenAt, expiresAt } = told;
  if (!AGENCY.test(recipientAgency) || recipientAgency === record.providerAgency) {
    return refuse({ code: "NO_AGENCY" });
  }
  if (isAheadOf(givenAt, now)) return refuse({ code: "IN_THE_FUTURE" });
  if (expiresAt <= givenAt) return refuse({ code: "ENDS_BEFORE_IT_BEGINS" });
  return expiresAt <= now ? refuse({ code: "ALREADY_EXPIRED" }) : accept("given");
}
