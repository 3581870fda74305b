import { grantedTo } from "../../../policy/granted";
import type { Caller } from "../../../platform/caller/caller";

/** All that a caller's roles may see and do, taken together. A role nobody knows adds nothing. */
export function scopesOfCaller(caller: Pick<Caller, "roles">): ReadonlySet<string> {
  return grantedTo(caller.roles);
}
