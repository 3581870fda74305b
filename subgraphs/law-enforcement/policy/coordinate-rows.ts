import type { ActionScope } from "../../../policy/actions";
import type { Scope } from "../../../policy/matrix";
import type { PolicyTable, Requirement } from "../../../platform/policy/policy-table";

export type LawEnforcementScope = Scope | ActionScope;
export type Rows = PolicyTable<LawEnforcementScope>;

export const OPAQUE = "authenticated";

/** Gives every field of a type that says one thing the same row. */
export function all(
  type: string,
  requirement: Requirement<LawEnforcementScope>,
  fields: readonly string[],
): Rows {
  return Object.fromEntries(fields.map((field) => [`${type}.${field}`, requirement]));
}

/** What opens a container: whatever opens anything in it. */
export function anyOf(...rows: readonly Rows[]): Requirement<LawEnforcementScope> {
  const scopes = rows.flatMap((row) => Object.values(row)).flatMap((one) => (one === OPAQUE ? [] : [...one]));
  const [first, ...rest] = [...new Set(scopes)];
  if (first === undefined) throw new Error("A container with nothing in it needs no row of its own.");
  return [first, ...rest];
}
