import { lookUp, type UnknownCode } from "./code-table";
import type { Result } from "./result";

/** How badly a victim was hurt, as the report says. */
export type InjuryClass = "none" | "minor" | "major";

/** NIBRS data element 33, type of injury. Every code but N and M is a major injury in the FBI's own wording. */
const INJURIES: Readonly<Record<string, InjuryClass>> = {
  N: "none",
  M: "minor",
  B: "major", // apparent broken bones
  I: "major", // possible internal injury
  L: "major", // severe laceration
  O: "major", // other major injury
  T: "major", // loss of teeth
  U: "major", // unconscious
};

/** The class of a NIBRS injury code. Source: NIBRS data element 33. Refuses with UNKNOWN_INJURY_CODE. */
export function injuryClass(code: string): Result<InjuryClass, UnknownCode> {
  return lookUp(INJURIES, code, "UNKNOWN_INJURY_CODE");
}
