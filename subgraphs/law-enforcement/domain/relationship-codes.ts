import { lookUp, type UnknownCode } from "./code-table";
import type { Result } from "./result";

/** What a victim is to an offender, as far as this programme asks. */
export type RelationshipClass =
  "intimate-partner" | "other-family" | "known" | "stranger" | "unknown" | "victim-was-offender";

/**
 * NIBRS data element 35, relationship of victim to offender. Intimate partner violence is narrower than family violence:
 * a parent or a cohabitant who is no partner is not in it. `RELATIONSHIP_TYPE_ID` of the FBI extract is not used: it
 * puts a spouse and a grandparent in one class.
 */
const RELATIONSHIPS: Readonly<Record<string, RelationshipClass>> = {
  SE: "intimate-partner", // spouse
  CS: "intimate-partner", // common-law spouse
  XS: "intimate-partner", // ex-spouse
  BG: "intimate-partner", // boyfriend, girlfriend
  XR: "intimate-partner", // ex-boyfriend, ex-girlfriend
  HR: "intimate-partner", // retired in 2019, stands in older data
  PA: "other-family", // parent
  SB: "other-family", // sibling
  CH: "other-family", // child
  GP: "other-family", // grandparent
  GC: "other-family", // grandchild
  IL: "other-family", // in-law
  SP: "other-family", // stepparent
  SC: "other-family", // stepchild
  SS: "other-family", // stepsibling
  OF: "other-family", // other family member
  CF: "other-family", // child of boyfriend or girlfriend
  AQ: "known", // acquaintance
  FR: "known", // friend
  NE: "known", // neighbour
  BE: "known", // babysittee
  EE: "known", // employee
  ER: "known", // employer
  OK: "known", // otherwise known
  CO: "known", // cohabitant without an intimate relationship
  FP: "known", // foster parent
  FC: "known", // foster child
  ST: "stranger",
  RU: "unknown", // goes to a person, is never guessed
  VO: "victim-was-offender", // says nothing of the tie: the victim's other pairs do
};

/**
 * The class of a NIBRS relationship code. Source: NIBRS data element 35.
 * Refuses with UNKNOWN_RELATIONSHIP_CODE.
 */
export function relationshipClass(nibrsCode: string): Result<RelationshipClass, UnknownCode> {
  return lookUp(RELATIONSHIPS, nibrsCode, "UNKNOWN_RELATIONSHIP_CODE");
}
