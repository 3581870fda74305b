import { textFault } from "./plain-text";
import type { SafeContactRule } from "./safe-contact";

/** Why what she said, or where she lives, is not recorded. A case that is not hers and one that is not there are the same. */
export const SafeContactFault = {
  IN_THE_FUTURE: "IN_THE_FUTURE",
  HOURS_NOT_VALID: "HOURS_NOT_VALID",
  LANGUAGE_NOT_VALID: "LANGUAGE_NOT_VALID",
  TEXT_MISSING: "TEXT_MISSING",
  TEXT_TOO_LONG: "TEXT_TOO_LONG",
  TEXT_HAS_CONTROL_CHARACTERS: "TEXT_HAS_CONTROL_CHARACTERS",
} as const;
export type SafeContactFault = keyof typeof SafeContactFault;

/** Four lines of an envelope. */
export const LONGEST_ADDRESS = 300;
/** Clocks of two machines differ. */
const CLOCK_TOLERANCE_MS = 60_000;
const HOUR = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
/** RFC 5646's shape; 35 characters are the longest that anyone has to take (RFC 4647). */
const LANGUAGE = /^(?=.{2,35}$)[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/;

/** The first fault of what she said; null: none. */
export function ruleFault(
  { hours, language, toldAt }: Omit<SafeContactRule, "recordedAt">,
  now: Date,
): SafeContactFault | null {
  if (toldAt.getTime() > now.getTime() + CLOCK_TOLERANCE_MS) return "IN_THE_FUTURE";
  if (hours !== null) {
    const { from, until } = hours;
    if (!HOUR.test(from) || !HOUR.test(until) || from === until) return "HOURS_NOT_VALID";
  }
  return LANGUAGE.test(language) ? null : "LANGUAGE_NOT_VALID";
}

/** The first fault of an address; null: none. One that cannot be compared with another is recorded all the same. */
export function addressFault(address: string): SafeContactFault | null {
  return textFault(address, LONGEST_ADDRESS);
}
