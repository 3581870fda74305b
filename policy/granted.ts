import { actionScopesOf } from "./actions";
import { ROLES, scopesOf } from "./matrix";

/** Every scope that these roles grant, to see and to act. A role that the matrix does not know grants nothing. */
export function grantedTo(roles: readonly string[]): ReadonlySet<string> {
  const known = ROLES.filter((role) => roles.includes(role));
  return new Set<string>(known.flatMap((role) => [...scopesOf(role), ...actionScopesOf(role)]));
}
