import { grantedTo } from "../../../policy/granted";
import type { BrokenGlass } from "../../../platform/break-glass/break-glass";
import type { Caller } from "../../../platform/caller/caller";

/** All that a caller's roles may see and do, taken together, and what he has opened. A role nobody knows adds nothing. */
export function scopesOfCaller(
  caller: Pick<Caller, "roles">,
  breakGlass: BrokenGlass | null = null,
): ReadonlySet<string> {
  const granted = grantedTo(caller.roles);
  return breakGlass ? new Set([...granted, ...breakGlass.scopes]) : granted;
}
