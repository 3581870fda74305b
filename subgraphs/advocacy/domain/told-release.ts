import { hasControlCharacters } from "./plain-text";
import type { ReleasableElement } from "./release";

/** The site's terms of releases. No law gives a number of days: short ones are the advice of the field (site choice). */
export interface ReleaseTerms {
  /** How long a release lasts when nobody says. */
  readonly defaultDays: number;
  /** The longest that a site allows; never above LONGEST_DAYS. */
  readonly longestDays: number;
  /** The agencies whose people can be named: those that may hold a role which reads under releases. */
  readonly recipients: ReadonlySet<string>;
}

/** No site allows longer. */
export const LONGEST_DAYS = 365;

/** A release as an advocate tells it, from the paper that her client signed. */
export interface ToldRelease {
  readonly caseId: string;
  readonly recipientAgency: string;
  /** One person of it, by the subject of that person's token; null: the agency. */
  readonly recipientSubject: string | null;
  /** The recipient as printed on the paper. */
  readonly recipientName: string;
  readonly elements: readonly ReleasableElement[];
  readonly purpose: string;
  /** Null: from now on. */
  readonly startsAt: Date | null;
  /** Null: the site's usual term after its start. */
  readonly expiresAt: Date | null;
  /** The language in which it was explained to her, a BCP 47 tag such as "es" or "zh-Hant". */
  readonly language: string;
  readonly explainedBy: string;
  /** Where the signed paper is kept. */
  readonly signedCopy: string;
}

/** Why a release is not recorded or not revoked. What is not hers and what is not there are the same. */
export const ReleaseProblem = {
  NOT_FOUND: "NOT_FOUND",
  NO_CLIENT: "NO_CLIENT",
  ALREADY_REVOKED: "ALREADY_REVOKED",
  KEY_IS_NO_UUID: "KEY_IS_NO_UUID",
  KEY_USED_OTHERWISE: "KEY_USED_OTHERWISE",
  RECIPIENT_UNKNOWN: "RECIPIENT_UNKNOWN",
  ELEMENTS_MISSING: "ELEMENTS_MISSING",
  ELEMENT_TWICE: "ELEMENT_TWICE",
  TEXT_MISSING: "TEXT_MISSING",
  TEXT_TOO_LONG: "TEXT_TOO_LONG",
  TEXT_HAS_CONTROL_CHARACTERS: "TEXT_HAS_CONTROL_CHARACTERS",
  LANGUAGE_NOT_VALID: "LANGUAGE_NOT_VALID",
  STARTS_IN_THE_PAST: "STARTS_IN_THE_PAST",
  ENDS_BEFORE_IT_STARTS: "ENDS_BEFORE_IT_STARTS",
  LASTS_TOO_LONG: "LASTS_TOO_LONG",
} as const;
export type ReleaseProblem = keyof typeof ReleaseProblem;

/** A problem, and the part of the input it is about; null: the whole. */
export interface ReleaseFault {
  readonly code: ReleaseProblem;
  readonly field: string | null;
}

/** Characters at most, by field: a line of a form each, the purpose a paragraph. */
const LONGEST = {
  recipientSubject: 200,
  recipientName: 200,
  purpose: 1_000,
  explainedBy: 200,
  signedCopy: 200,
} as const satisfies Partial<Record<keyof ToldRelease, number>>;
/** RFC 5646's shape; 35 characters are the longest that anyone has to take (RFC 4647). */
const LANGUAGE = /^(?=.{2,35}$)[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/;
/** Clocks of two machines differ; a start before that would be leave given after the telling. */
const CLOCK_TOLERANCE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Every fault of a release that is the same whenever it is told. */
export function formFaults(told: ToldRelease, terms: ReleaseTerms): ReleaseFault[] {
  const faults: ReleaseFault[] = [];
  const add = (code: ReleaseProblem, field: keyof ToldRelease) => faults.push({ code, field });
  if (!terms.recipients.has(told.recipientAgency)) add("RECIPIENT_UNKNOWN", "recipientAgency");
  if (told.elements.length === 0) add("ELEMENTS_MISSING", "elements");
  if (new Set(told.elements).size < told.elements.length) add("ELEMENT_TWICE", "elements");
  for (const field of Object.keys(LONGEST) as (keyof typeof LONGEST)[]) {
    const text = told[field];
    if (text === null) continue;
    if (text.trim() === "") add("TEXT_MISSING", field);
    if (text.length > LONGEST[field]) add("TEXT_TOO_LONG", field);
    if (hasControlCharacters(text)) add("TEXT_HAS_CONTROL_CHARACTERS", field);
  }
  if (!LANGUAGE.test(told.language)) add("LANGUAGE_NOT_VALID", "language");
  return faults;
}

/** From when until when a release told now lasts, under the site's terms. */
export function termOf(
  { startsAt, expiresAt }: Pick<ToldRelease, "startsAt" | "expiresAt">,
  terms: ReleaseTerms,
  now: Date,
): { startsAt: Date; expiresAt: Date } {
  const start = startsAt ?? now;
  return {
    startsAt: start,
    expiresAt: expiresAt ?? new Date(start.getTime() + terms.defaultDays * DAY_MS),
  };
}

/** Every fault of a release's term, told now: it opens nothing before it is told, and ends within the site's longest. */
export function termFaults(
  { startsAt, expiresAt }: { readonly startsAt: Date; readonly expiresAt: Date },
  terms: ReleaseTerms,
  now: Date,
): ReleaseFault[] {
  const faults: ReleaseFault[] = [];
  if (startsAt.getTime() < now.getTime() - CLOCK_TOLERANCE_MS) {
    faults.push({ code: "STARTS_IN_THE_PAST", field: "startsAt" });
  }
  if (expiresAt <= startsAt || expiresAt <= now) {
    faults.push({ code: "ENDS_BEFORE_IT_STARTS", field: "expiresAt" });
  }
  if (expiresAt.getTime() > now.getTime() + terms.longestDays * DAY_MS) {
    faults.push({ code: "LASTS_TOO_LONG", field: "expiresAt" });
  }
  return faults;
}
