import { noticeOf, type Disclosure } from "./part2";
import { isRunning, type ReferralFacts } from "./referral";

/** All that most partners learn: he was referred, or he goes. */
export const ServiceStanding = { REFERRED: "referred", ENGAGED: "engaged" } as const;
export type ServiceStanding = (typeof ServiceStanding)[keyof typeof ServiceStanding];

export interface StandingFact {
  readonly referral: ReferralFacts;
  /** How the reader may see this referral. */
  readonly disclosure: Disclosure;
  /** He came at least once. */
  readonly attended: boolean;
}

export interface Standing {
  readonly standing: ServiceStanding | null;
  readonly notice: string | null;
}

/**
 * Where a person stands with the services, out of the referrals he agreed to that still run, that the reader may see, and
 * of which he agreed that partners know; the provider knows his own: engaged when he came at least once, else referred, else nothing. The notice goes with it when a Part 2 record is
 * among them.
 */
export function standingOf(facts: readonly StandingFact[], readerAgency: string): Standing {
  const mayKnow = ({ partnersMayKnow, providerAgency }: ReferralFacts) =>
    partnersMayKnow || providerAgency === readerAgency;
  const told = facts.filter(
    ({ referral, disclosure }) => disclosure !== "withheld" && isRunning(referral) && mayKnow(referral),
  );
  if (told.length === 0) return { standing: null, notice: null };
  const notice = told.some(({ disclosure }) => disclosure === "with-notice") ? noticeOf("with-notice") : null;
  return { standing: told.some(({ attended }) => attended) ? "engaged" : "referred", notice };
}
