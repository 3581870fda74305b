import { actionScopesOf } from "../../../policy/actions";
import { ROLES, scopesOf, type Role } from "../../../policy/matrix";
import type { Caller } from "../../../platform/caller/caller";

/** All that a caller's roles may see and do, taken together. A role nobody knows adds nothing. */
export function scopesOfCaller(caller: Pick<Caller, "roles">): ReadonlySet<string> {
  const roles = ROLES.filter((role: Role) => caller.roles.includes(role));
  return new Set<string>(roles.flatMap((role) => [...scopesOf(role), ...actionScopesOf(role)]));
}
