import type { Role } from "./matrix";

/**
 * Roles that no agency holds together: who helps a victim and who helps the abusive partner are never the same people, with
 * the same keys and the same records. An organisation that does both is two agencies. Source: the firewall between help for
 * the two sides; VAWA 34 U.S.C. 12291(b)(2).
 */
export const SEPARATE_ROLES: readonly (readonly [Role, Role])[] = [["advocate", "provider"]];

/** The pairs among an agency's roles that it may not hold together. */
export function keptApart(roles: readonly string[]): readonly (readonly [Role, Role])[] {
  return SEPARATE_ROLES.filter((pair) => pair.every((role) => roles.includes(role)));
}
