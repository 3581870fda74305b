import { HELD_BY, isOpenable, openedScopes } from "../../../policy/break-glass";
import { MATRIX, ROLES } from "../../../policy/matrix";
import { hasControlCharacters } from "../domain/plain-text";
import { LONGEST_REASON, SHORTEST_REASON } from "../../../platform/break-glass/opening";

/** This subgraph, as grants name it. */
export const SUBGRAPH = "law-enforcement";

/** The scopes that a role gains by opening an element of this agency; none: it may not, or the element is not ours. */
export function scopesOpened(element: string, role: string): readonly string[] {
  const known = ROLES.find((one) => one === role);
  return known && isOpenable(element) && HELD_BY[element] === SUBGRAPH ? openedScopes(element, known) : [];
}

export type OpeningProblem =
  | "ELEMENT_UNKNOWN"
  | "ELEMENT_HELD_ELSEWHERE"
  | "NOT_OPENABLE"
  | "REASON_TOO_SHORT"
  | "REASON_TOO_LONG"
  | "REASON_HAS_CONTROL_CHARACTERS";

/** Why an opening is refused, or null. */
export function openingProblem(element: string, role: string, reason: string): OpeningProblem | null {
  if (!Object.hasOwn(MATRIX, element)) return "ELEMENT_UNKNOWN";
  if (isOpenable(element) && HELD_BY[element] !== SUBGRAPH) return "ELEMENT_HELD_ELSEWHERE";
  if (scopesOpened(element, role).length === 0) return "NOT_OPENABLE";
  if (reason.trim().length < SHORTEST_REASON) return "REASON_TOO_SHORT";
  if (reason.trim().length > LONGEST_REASON) return "REASON_TOO_LONG";
  return hasControlCharacters(reason) ? "REASON_HAS_CONTROL_CHARACTERS" : null;
}
