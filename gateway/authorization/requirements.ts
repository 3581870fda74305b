import { Kind, type ConstDirectiveNode, type ConstValueNode, type DocumentNode } from "graphql";

/** Any one of the lists is enough; of a list, every scope. The empty list asks only for a known caller. */
export type ScopeAlternatives = readonly (readonly string[])[];

/** What each coordinate (`Type.field`) of the supergraph asks. A coordinate that is not here is open to nobody. */
export type Requirements = ReadonlyMap<string, ScopeAlternatives>;

/** True when the scopes meet one of the alternatives. No alternatives, no entry: not met. */
export function meetsAlternatives(
  alternatives: ScopeAlternatives | undefined,
  scopes: ReadonlySet<string>,
): boolean {
  return alternatives?.some((all) => all.every((scope) => scopes.has(scope))) ?? false;
}

function strings(value: ConstValueNode): string[] {
  if (value.kind === Kind.STRING) return [value.value];
  return value.kind === Kind.LIST ? value.values.flatMap(strings) : [];
}

function alternativesOf(
  directives: readonly ConstDirectiveNode[] | undefined,
): ScopeAlternatives | undefined {
  let alternatives: ScopeAlternatives | undefined;
  for (const directive of directives ?? []) {
    switch (directive.name.value) {
      case "authenticated":
        alternatives ??= [[]];
        break;
      case "requiresScopes": {
        const scopes = directive.arguments?.find((argument) => argument.name.value === "scopes")?.value;
        alternatives = scopes?.kind === Kind.LIST ? scopes.values.map(strings) : [];
        break;
      }
      case "policy":
        // Policies are decided by scopes here; one that is not understood opens nothing.
        return [];
      default:
        break;
    }
  }
  return alternatives;
}

/**
 * Reads the requirement of every field from the supergraph's own directives, whoever composed it.
 *
 * @throws Error naming every field of a query, mutation or entity type that carries no requirement: the gateway does
 * not start on a gap.
 */
export function requirementsOf(supergraph: DocumentNode): Requirements {
  const requirements = new Map<string, ScopeAlternatives>();
  const gaps: string[] = [];
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION)
      continue;
    const ofType = alternativesOf(definition.directives);
    for (const field of definition.fields ?? []) {
      const coordinate = `${definition.name.value}.${field.name.value}`;
      const ofField = alternativesOf(field.directives);
      const both =
        ofField && ofType ? ofField.flatMap((f) => ofType.map((t) => [...f, ...t])) : (ofField ?? ofType);
      if (both) requirements.set(coordinate, both);
      else gaps.push(coordinate);
    }
  }
  if (gaps.length > 0) {
    throw new Error(`The supergraph leaves these fields without a requirement: ${gaps.join(", ")}.`);
  }
  return requirements;
}
