/** What a provider is asked for. Keys are the names on the wire, values those in the records. */
export const ServiceKind = {
  HOUSING: "housing",
  EMPLOYMENT: "employment",
  EDUCATION: "education",
  INTERVENTION_PROGRAMME: "intervention-programme",
  PARENTING: "parenting",
  MENTAL_HEALTH: "mental-health",
  SUBSTANCE_USE_TREATMENT: "substance-use-treatment",
  LEGAL_HELP: "legal-help",
} as const;
export type ServiceKind = (typeof ServiceKind)[keyof typeof ServiceKind];

export const ReferralState = {
  REFERRED: "referred",
  ACCEPTED: "accepted",
  DECLINED: "declined",
  CLOSED: "closed",
} as const;
export type ReferralState = (typeof ReferralState)[keyof typeof ReferralState];

/** A referral, as the rules about it need it. */
export interface ReferralFacts {
  readonly providerAgency: string;
  readonly state: ReferralState;
  readonly consentedAt: Date | null;
  readonly part2: boolean;
  readonly part2Consents: readonly Part2Consent[];
}

/** A patient's written consent to tell one recipient what 42 CFR Part 2 protects. */
export interface Part2Consent {
  /** The agency that may be told (42 CFR 2.31(a)(4)). */
  readonly recipientAgency: string;
  readonly givenAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

/** A referral that he agreed to and that still runs: the ground on which a provider knows him. */
export function isRunning({ state, consentedAt }: ReferralFacts): boolean {
  return consentedAt !== null && (state === "referred" || state === "accepted");
}
