import { disclosure, type Disclosure } from "./part2";
import type { ReferralFacts } from "./referral";

export interface Reader {
  readonly subject: string;
  readonly agency: string;
  readonly roles: readonly string[];
}

/** Whose records of an element a reader may see in full. */
export type Standpoint = "everyone's" | "own-agency's" | "release-required";

/**
 * From where a reader looks at needs or attendance. A provider sees his own agency's, whatever else he is; the
 * justice coordinator sees every need; anyone else would need a live release that names him.
 */
export function standpointOf(reader: Reader, element: "service-needs" | "service-attendance"): Standpoint {
  if (reader.roles.includes("provider")) return "own-agency's";
  if (element === "service-needs" && reader.roles.includes("coordinator")) return "everyone's";
  return "release-required";
}

/** How a reader may see one referral and all that hangs on it. */
export function referralDisclosure(reader: Reader, referral: ReferralFacts, at: Date): Disclosure {
  if (reader.roles.includes("provider")) {
    const his = referral.providerAgency === reader.agency && referral.consentedAt !== null;
    return his ? "free" : "withheld";
  }
  return disclosure(referral, reader.agency, at);
}

const JUSTICE_ROLES = ["detective", "coordinator", "prosecutor", "probation"];

/** True for readers of the whole ledger of promises; everyone else sees those his agency owns. */
export function seesEveryPromise(reader: Reader): boolean {
  return reader.roles.every((role) => JUSTICE_ROLES.includes(role));
}
