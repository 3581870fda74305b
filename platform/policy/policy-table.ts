/**
 * What one coordinate (`Type.field`) asks of a caller: any one of the scopes, or just to be a known caller.
 * "authenticated" is for what says nothing by itself, such as an opaque id.
 */
export type Requirement<Scope extends string = string> = "authenticated" | readonly [Scope, ...Scope[]];

/** One agency's rows: every field of its schema, and nothing else. A field without a row does not build. */
export type PolicyTable<Scope extends string = string> = Readonly<Record<string, Requirement<Scope>>>;

/** True when the scopes meet the requirement. A missing requirement is met by nobody. */
export function meets(requirement: Requirement | undefined, scopes: ReadonlySet<string>): boolean {
  if (requirement === undefined) return false;
  return requirement === "authenticated" || requirement.some((scope) => scopes.has(scope));
}

/** True when everyone who meets `outer` also meets `inner`. */
export function implies(outer: Requirement | undefined, inner: Requirement | undefined): boolean {
  if (inner === "authenticated") return true;
  if (inner === undefined || outer === undefined || outer === "authenticated") return false;
  return outer.every((scope) => inner.includes(scope));
}
