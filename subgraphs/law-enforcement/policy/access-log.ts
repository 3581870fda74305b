import type { VisibleAccesses } from "../../../platform/access-record/access-log";
import { visibleAccesses } from "../../../platform/access-record/visible-accesses";
import type { Caller } from "../../../platform/caller/caller";
import { scopesOfCaller } from "./scopes-of-caller";

/** Which accesses of this agency's record a caller sees. What he opened in an emergency opens none. */
export function loggedAccesses(caller: Caller): VisibleAccesses | null {
  return visibleAccesses(scopesOfCaller(caller), caller);
}

/** Which of them he sees to watch over what was opened in an emergency, whoever made them. */
export function emergencyAccesses(caller: Caller): VisibleAccesses | null {
  return scopesOfCaller(caller).has("act:read-openings") ? () => "grant_id IS NOT NULL" : null;
}
