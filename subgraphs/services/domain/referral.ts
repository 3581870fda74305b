import { accept, refuse, type Result } from "./result";

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

/**
 * Where a referral stands. `proposed`: he was not asked yet. `referred`: he agreed. `refused`: he did not. `declined`: the
 * provider did not take him.
 */
export const ReferralState = {
  PROPOSED: "proposed",
  REFERRED: "referred",
  ACCEPTED: "accepted",
  DECLINED: "declined",
  REFUSED: "refused",
  CLOSED: "closed",
} as const;
export type ReferralState = (typeof ReferralState)[keyof typeof ReferralState];

export type ReferralEvent = "agree" | "refuse" | "accept" | "decline" | "close";

/** Why an event does not fit a state: he was not asked, he agreed already, he was taken already, or it is over. */
export type ReferralMoveRefusal = "NOT_AGREED" | "ALREADY_AGREED" | "ALREADY_ACCEPTED" | "OVER";

type Next = { readonly to: ReferralState } | { readonly no: ReferralMoveRefusal };

const to = (state: ReferralState): Next => ({ to: state });
const no = (code: ReferralMoveRefusal): Next => ({ no: code });
const OVER = no("OVER");
const ENDED = { agree: OVER, refuse: OVER, accept: OVER, decline: OVER, close: OVER } as const;

/** What each event does in each state (SV26): a missing cell does not compile. Who no longer agrees ends what runs. */
const MOVES: Readonly<Record<ReferralState, Readonly<Record<ReferralEvent, Next>>>> = {
  proposed: {
    agree: to("referred"),
    refuse: to("refused"),
    accept: no("NOT_AGREED"),
    decline: no("NOT_AGREED"),
    close: to("closed"),
  },
  referred: {
    agree: no("ALREADY_AGREED"),
    refuse: to("closed"),
    accept: to("accepted"),
    decline: to("declined"),
    close: to("closed"),
  },
  accepted: {
    agree: no("ALREADY_AGREED"),
    refuse: to("closed"),
    accept: no("ALREADY_ACCEPTED"),
    decline: no("ALREADY_ACCEPTED"),
    close: to("closed"),
  },
  declined: ENDED,
  refused: ENDED,
  closed: ENDED,
};

/** The state after an event, or why there is none (SV26). */
export function referralAfter(
  state: ReferralState,
  event: ReferralEvent,
): Result<ReferralState, { readonly code: ReferralMoveRefusal }> {
  const next = MOVES[state][event];
  return "to" in next ? accept(next.to) : refuse({ code: next.no });
}

/** A referral, as the rules about it need it. */
export interface ReferralFacts {
  readonly providerAgency: string;
  /** Who proposed it; null: nobody wrote it down. */
  readonly referredByAgency: string | null;
  readonly state: ReferralState;
  readonly consentedAt: Date | null;
  /** When the provider took him or did not. */
  readonly answeredAt: Date | null;
  /** He agreed that the partners know that he was referred, and whether he goes. */
  readonly partnersMayKnow: boolean;
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
