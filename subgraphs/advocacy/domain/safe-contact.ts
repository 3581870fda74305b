import type { AddressComparison } from "./compare-addresses";

/** How an advocate turns to a victim. A message is one that is left on a telephone for her. */
export const OutreachMeans = { LETTER: "letter", CALL: "call", MESSAGE: "message", VISIT: "visit" } as const;
export type OutreachMeans = (typeof OutreachMeans)[keyof typeof OutreachMeans];

/** Hours of a day by the site's clocks, "09:00" to "17:30"; past midnight where `until` is the earlier. */
export interface SafeHours {
  readonly from: string;
  readonly until: string;
}

/** What she herself said of how she may be reached without danger. */
export interface SafeContactRule {
  readonly mayCall: boolean;
  readonly mayWrite: boolean;
  readonly mayLeaveMessage: boolean;
  readonly mayVisit: boolean;
  /** For calls, messages and visits; null: at any. */
  readonly hours: SafeHours | null;
  /** In which she wants to be addressed, a BCP 47 tag. */
  readonly language: string;
  /** When she said it. */
  readonly toldAt: Date;
  readonly recordedAt: Date;
}

/** The site's choice: how long what she said is relied on, and by which clocks its hours are told. */
export interface SafeContactTerms {
  /** Days after which what she said is no longer known to be so (assumption: no published number). */
  readonly safeContactDays: number;
  /** An IANA time zone. */
  readonly timeZone: string;
}

/** Why a means is not safe, or is not known to be. */
export const SafeContactReason = {
  NEVER_ASKED: "NEVER_ASKED",
  ASKED_TOO_LONG_AGO: "ASKED_TOO_LONG_AGO",
  SHE_SAID_NO: "SHE_SAID_NO",
  OUTSIDE_HER_HOURS: "OUTSIDE_HER_HOURS",
  ADDRESS_SHARED: "ADDRESS_SHARED",
  ADDRESS_UNKNOWN: "ADDRESS_UNKNOWN",
} as const;
export type SafeContactReason = keyof typeof SafeContactReason;

/** Null: it is safe as far as she said and her agency knows. */
export type Unsafe = SafeContactReason | null;

/** What is known of one victim. */
export interface SafetyFacts {
  /** The newest that was recorded; null: none. */
  readonly rule: SafeContactRule | null;
  readonly addresses: AddressComparison;
}

const DAY_MS = 86_400_000;

const SAID: Readonly<Record<OutreachMeans, (rule: SafeContactRule) => boolean>> = {
  letter: ({ mayWrite }) => mayWrite,
  call: ({ mayCall }) => mayCall,
  message: ({ mayCall, mayLeaveMessage }) => mayCall && mayLeaveMessage,
  visit: ({ mayVisit }) => mayVisit,
};

/** "09:05" at the site. */
function clockAt(now: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    timeZone,
  }).format(now);
}

function isWithin({ from, until }: SafeHours, clock: string): boolean {
  return from <= until ? from <= clock && clock < until : clock >= from || clock < until;
}

/** Of several recordings the newest, whatever older ones allow; null: none. */
export function newestRule<Rule extends SafeContactRule>(rules: readonly Rule[]): Rule | null {
  return rules.reduce<Rule | null>(
    (newest, rule) => (newest === null || rule.recordedAt >= newest.recordedAt ? rule : newest),
    null,
  );
}

/**
 * Why she may not be turned to by this means at `now`; null: she may. Only what she said herself, not too long ago,
 * allows anything, and a letter only when her addresses and his are known to be apart besides.
 */
export function unsafeBecause(
  { rule, addresses }: SafetyFacts,
  means: OutreachMeans,
  { safeContactDays, timeZone }: SafeContactTerms,
  now: Date,
): Unsafe {
  // Before what she said: a shared letter box is the more important to know.
  if (means === "letter" && addresses === "shared") return "ADDRESS_SHARED";
  if (rule === null) return "NEVER_ASKED";
  if (now.getTime() - rule.toldAt.getTime() > safeContactDays * DAY_MS) return "ASKED_TOO_LONG_AGO";
  if (!SAID[means](rule)) return "SHE_SAID_NO";
  if (means === "letter") return addresses === "apart" ? null : "ADDRESS_UNKNOWN";
  if (rule.hours !== null && !isWithin(rule.hours, clockAt(now, timeZone))) return "OUTSIDE_HER_HOURS";
  return null;
}
