import { disclosure, type Disclosure } from "./part2";
import type { ReferralFacts } from "./referral";

export interface Reader {
  readonly subject: string;
  readonly agency: string;
  readonly roles: readonly string[];
}

/**
 * Whose records of an element a reader may see, narrowest first. Withheld: nobody's, as if there were none. Theirs who are
 * shown: of persons whom law enforcement shows the reader, as the hub's request says.
 */
const STANDPOINTS = [
  "withheld",
  "release-required",
  "own-agency's",
  "theirs-who-are-shown",
  "everyone's",
] as const;
export type Standpoint = (typeof STANDPOINTS)[number];

/**
 * From where each role looks at each element: the rows that go with its scopes. A role that holds no scope for an
 * element has no line in it, and what has no line is withheld.
 */
export const STANDPOINT_OF_ROLE = {
  needs: new Map<string, Standpoint>([
    ["coordinator", "everyone's"],
    ["provider", "own-agency's"],
    ["probation", "release-required"],
  ]),
  /** Law enforcement shows a messenger whom he is about to meet. */
  "needs-to-pass-on": new Map<string, Standpoint>([
    ["coordinator", "everyone's"],
    ["messenger", "theirs-who-are-shown"],
    ["provider", "own-agency's"],
  ]),
  attendance: new Map<string, Standpoint>([
    ["provider", "own-agency's"],
    ["probation", "release-required"],
  ]),
  standing: new Map<string, Standpoint>([
    ["detective", "everyone's"],
    ["coordinator", "everyone's"],
    ["prosecutor", "everyone's"],
    ["provider", "own-agency's"],
  ]),
  promises: new Map<string, Standpoint>([
    ["detective", "everyone's"],
    ["coordinator", "everyone's"],
    ["prosecutor", "everyone's"],
    // Law enforcement knows whom probation supervises.
    ["probation", "theirs-who-are-shown"],
    ["provider", "own-agency's"],
    ["messenger", "own-agency's"],
  ]),
} as const;
export type ServicesElement = keyof typeof STANDPOINT_OF_ROLE;

/**
 * From where a reader looks at an element: the narrowest of his roles that have one, so that no mix of roles shows more
 * rows than each role that opens the field; withheld when none has.
 */
export function standpointOf(reader: Reader, element: ServicesElement): Standpoint {
  const his = reader.roles.flatMap((role) => STANDPOINT_OF_ROLE[element].get(role) ?? []);
  return STANDPOINTS.find((standpoint) => his.includes(standpoint)) ?? "withheld";
}

/** How a reader who looks from `standpoint` may see one referral and all that hangs on it. */
export function referralDisclosure(
  standpoint: Standpoint,
  readerAgency: string,
  referral: ReferralFacts,
  at: Date,
): Disclosure {
  switch (standpoint) {
    case "everyone's":
      return disclosure(referral, readerAgency, at);
    case "own-agency's":
      return referral.providerAgency === readerAgency && referral.consentedAt !== null ? "free" : "withheld";
    default:
      return "withheld";
  }
}
