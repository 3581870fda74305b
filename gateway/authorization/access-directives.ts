import { Kind, type ConstDirectiveNode, type ConstValueNode, type DocumentNode } from "graphql";
import { argumentOf, namesOf } from "./linked-names";
import { KNOWN_CALLER, NOBODY, allOf, type ScopeAlternatives } from "./scope-alternatives";

/** What the directives on one definition ask together; undefined: nothing at all. */
export type ReadAccess = (
  directives: readonly ConstDirectiveNode[] | undefined,
) => ScopeAlternatives | undefined;

function scopesOf(value: ConstValueNode): string[] | undefined {
  const values = value.kind === Kind.LIST ? value.values : [value];
  const texts = values.flatMap((one) => (one.kind === Kind.STRING ? [one.value] : []));
  // What cannot be read must not ask for less.
  return texts.length === values.length ? texts : undefined;
}

function alternativesOf(directive: ConstDirectiveNode): ScopeAlternatives {
  const scopes = argumentOf(directive, "scopes");
  if (scopes?.kind === Kind.STRING) return [[scopes.value]];
  if (scopes?.kind !== Kind.LIST) return NOBODY;
  return scopes.values.flatMap((one) => {
    const all = scopesOf(one);
    return all ? [all] : [];
  });
}

/**
 * How this supergraph writes `@authenticated`, `@requiresScopes` and `@policy`, whatever it calls them. Nobody is granted
 * a policy here: what asks for one is nobody's.
 */
export function accessDirectivesOf(supergraph: DocumentNode): ReadAccess {
  const names = (directive: string) => namesOf(supergraph, directive, directive);
  const [authenticated, requiresScopes, policy] = [
    names("authenticated"),
    names("requiresScopes"),
    names("policy"),
  ];
  return (directives) =>
    allOf(
      (directives ?? []).map((directive) => {
        const name = directive.name.value;
        if (authenticated.has(name)) return KNOWN_CALLER;
        if (requiresScopes.has(name)) return alternativesOf(directive);
        return policy.has(name) ? NOBODY : undefined;
      }),
    );
}
