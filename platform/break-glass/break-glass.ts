import type { Caller } from "../caller/caller";
import { grantRefused, statedHolder, verifyGrant } from "./grant";

/** What a caller's grant opens in this request. */
export interface BrokenGlass {
  readonly grantId: string;
  readonly element: string;
  readonly reason: string;
  readonly scopes: readonly string[];
}

/** How an agency that opens elements checks a grant. */
export interface GlassOfAgency {
  /** Its subgraph. */
  readonly heldBy: string;
  /** None: the role may not open the element. */
  readonly openedScopes: (element: string, role: string) => readonly string[];
  /** The opening as the agency wrote it: a grant that stands in no row was signed by somebody else. */
  readonly find: (grantId: string) => Promise<Opening | null>;
  readonly now: () => Date;
}

interface Opening {
  readonly subject: string;
  readonly agency: string;
  readonly role: string;
  readonly element: string;
  readonly reason: string;
  readonly expiresAt: Date;
}

/**
 * Checks a grant at the agency itself: signature, caller, role, time, and its own row. Null without a grant, and with one
 * of another agency's, which cannot be verified here and opens nothing.
 *
 * @throws GraphQLError `BREAK_GLASS_REFUSED` with a reason out of a closed list.
 */
export async function brokenGlassOf(
  header: string | readonly string[] | undefined,
  caller: Caller,
  hubSecret: string,
  agency: GlassOfAgency | undefined,
): Promise<BrokenGlass | null> {
  const text = String(header ?? "");
  if (text === "" || !agency || statedHolder(text) !== agency.heldBy) return null;
  const instant = agency.now();
  const grant = await verifyGrant(text, caller, () => hubSecret, instant);
  const { element, role } = grant;
  const scopes = agency.openedScopes(element, role);
  if (scopes.length === 0) throw grantRefused("GRANT_OPENS_NOTHING");
  const opening = await agency.find(grant.id);
  const isRecorded =
    opening !== null &&
    opening.subject === grant.subject &&
    opening.agency === grant.agency &&
    opening.role === role &&
    opening.element === element;
  if (!isRecorded) throw grantRefused("GRANT_UNKNOWN");
  if (opening.expiresAt <= instant) throw grantRefused("GRANT_EXPIRED");
  return { grantId: grant.id, element, reason: opening.reason, scopes };
}
