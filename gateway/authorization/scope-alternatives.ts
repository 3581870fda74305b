/** Any one of the lists is enough; of a list, every scope. The empty list asks only for a known caller. */
export type ScopeAlternatives = readonly (readonly string[])[];

/** Met by whom the gateway knows, with no scope besides. */
export const KNOWN_CALLER: ScopeAlternatives = [[]];
/** Met by nobody. */
export const NOBODY: ScopeAlternatives = [];

export function meets(alternatives: ScopeAlternatives, scopes: ReadonlySet<string>): boolean {
  return alternatives.some((all) => all.every((scope) => scopes.has(scope)));
}

const within = (some: readonly string[], all: readonly string[]) =>
  some.every((scope) => all.includes(scope));

/** True when whoever meets the one meets the other. */
export function implies(one: ScopeAlternatives, other: ScopeAlternatives): boolean {
  return one.every((scopes) => other.some((enough) => within(enough, scopes)));
}

/** What both ask, without the alternatives that ask for more than another one does. */
export function bothOf(one: ScopeAlternatives, other: ScopeAlternatives): ScopeAlternatives {
  const all = one.flatMap((first) => other.map((second) => [...new Set([...first, ...second])]));
  return all.filter(
    (scopes, at) =>
      !all.some(
        (less, before) =>
          before !== at && within(less, scopes) && (less.length < scopes.length || before < at),
      ),
  );
}

/** What all of them ask; undefined when there is none. */
export function allOf(each: readonly (ScopeAlternatives | undefined)[]): ScopeAlternatives | undefined {
  return each.reduce(
    (together, one) => (together && one ? bothOf(together, one) : (together ?? one)),
    undefined,
  );
}
