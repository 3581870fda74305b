/**
 * What breaking the glass opens: for one person in one role, the full form of one element of which the role holds a limited
 * form. Never an element of which the role holds nothing ("-"), nor one that only a release, an agency's own work or an
 * aggregate opens (R, O, N, A, M): there no emergency puts the caller in the place of the one who decides.
 */
import { cellOf, type Element, type Role, type Scope } from "./matrix";

/**
 * The agency that holds an element and so may open it, and hears of it. Elements that no role holds in a limited form
 * are not here; nor are promises, which two agencies hold: neither can open the other's.
 */
export const HELD_BY = {
  "offender-identity": "law-enforcement",
  tier: "law-enforcement",
  "tier-reasons": "law-enforcement",
  charges: "law-enforcement",
  conditions: "law-enforcement",
  orders: "law-enforcement",
  warrants: "law-enforcement",
  "incident-narrative": "law-enforcement",
  intelligence: "law-enforcement",
  "victim-identity": "law-enforcement",
  "victim-contact": "law-enforcement",
  "lethality-screen": "law-enforcement",
  "contact-record": "law-enforcement",
  "exposure-letter": "law-enforcement",
  "service-needs": "services",
  "service-attendance": "services",
} as const satisfies Partial<Record<Element, string>>;

/**
 * The scopes that a role gains when it opens an element; none: it may not. A limited form (L) opens to the full one, less
 * the addresses within it, as an advocate has orders of protection (F*); F* opens to the addresses. So no one opening
 * brings anybody from a limited form to a protected address.
 */
export function openedScopes(element: Element, role: Role): Scope[] {
  const cell = cellOf(element, role);
  if (cell === "F*") return [`${element}:X`];
  return cell.startsWith("L") ? [`${element}:F`] : [];
}

/** True for a name of an element that some agency opens. */
export function isOpenable(element: string): element is keyof typeof HELD_BY {
  return Object.hasOwn(HELD_BY, element);
}

/** What each role may open, and what it gains: role, element, the agency that opens it, scopes. For the gateway's table. */
export function breakGlassOf(role: Role): Record<string, { heldBy: string; scopes: Scope[] }> {
  return Object.fromEntries(
    (Object.keys(HELD_BY) as (keyof typeof HELD_BY)[])
      .map((element) => [element, { heldBy: HELD_BY[element], scopes: openedScopes(element, role) }] as const)
      .filter(([, { scopes }]) => scopes.length > 0),
  );
}
