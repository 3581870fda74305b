import { Kind, visit, type ConstDirectiveNode, type DocumentNode, type FieldDefinitionNode } from "graphql";
import { implies, type PolicyTable, type Requirement } from "./policy-table";

type FieldsOfType = Map<string, FieldDefinitionNode>;

function outputTypesOf(typeDefs: DocumentNode): Map<string, FieldsOfType> {
  const types = new Map<string, FieldsOfType>();
  for (const definition of typeDefs.definitions) {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.OBJECT_TYPE_EXTENSION:
      case Kind.INTERFACE_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_EXTENSION: {
        const fields = types.get(definition.name.value) ?? new Map<string, FieldDefinitionNode>();
        for (const field of definition.fields ?? []) fields.set(field.name.value, field);
        types.set(definition.name.value, fields);
        break;
      }
      default:
        break;
    }
  }
  return types;
}

function namedTypeOf(field: FieldDefinitionNode): string {
  let type = field.type;
  while (type.kind !== Kind.NAMED_TYPE) type = type.type;
  return type.name.value;
}

/** A field cut away becomes null, so it must be nullable, unless whoever reaches its parent may see it too. */
function nonNullFaults(types: Map<string, FieldsOfType>, policy: PolicyTable): string[] {
  const reachedThrough = new Map<string, string[]>();
  for (const [typeName, fields] of types) {
    for (const [fieldName, field] of fields) {
      const target = namedTypeOf(field);
      reachedThrough.set(target, [...(reachedThrough.get(target) ?? []), `${typeName}.${fieldName}`]);
    }
  }
  const faults: string[] = [];
  for (const [typeName, fields] of types) {
    for (const [fieldName, field] of fields) {
      const coordinate = `${typeName}.${fieldName}`;
      if (field.type.kind !== Kind.NON_NULL_TYPE || policy[coordinate] === "authenticated") continue;
      for (const parent of reachedThrough.get(typeName) ?? []) {
        if (!implies(policy[parent], policy[coordinate])) {
          faults.push(`${coordinate} is non-null, but ${parent} is open to callers who may not see it`);
        }
      }
    }
  }
  return faults;
}

function directiveOf(requirement: Requirement): ConstDirectiveNode {
  const name = (value: string) => ({ kind: Kind.NAME, value }) as const;
  if (requirement === "authenticated") return { kind: Kind.DIRECTIVE, name: name("authenticated") };
  const anyOf = requirement.map((scope) => ({
    kind: Kind.LIST as const,
    values: [{ kind: Kind.STRING as const, value: scope }],
  }));
  return {
    kind: Kind.DIRECTIVE,
    name: name("requiresScopes"),
    arguments: [{ kind: Kind.ARGUMENT, name: name("scopes"), value: { kind: Kind.LIST, values: anyOf } }],
  };
}

/**
 * Writes each coordinate's requirement into the SDL as `@authenticated` or `@requiresScopes`.
 *
 * @throws Error naming every field without a row, every row without a field, and every non-null field that a caller
 * could reach without being allowed to see it: the subgraph does not build.
 */
export function applyPolicy(typeDefs: DocumentNode, policy: PolicyTable): DocumentNode {
  const types = outputTypesOf(typeDefs);
  const coordinates = new Set(
    [...types].flatMap(([type, fields]) => [...fields.keys()].map((f) => `${type}.${f}`)),
  );
  const faults = [
    ...[...coordinates].filter((c) => !Object.hasOwn(policy, c)).map((c) => `${c} has no row in the policy`),
    ...Object.keys(policy)
      .filter((c) => !coordinates.has(c))
      .map((c) => `the policy's row ${c} names no field`),
    ...nonNullFaults(types, policy),
  ];
  if (faults.length > 0) throw new Error(`The policy does not fit the schema:\n  ${faults.join("\n  ")}`);

  return visit(typeDefs, {
    FieldDefinition: (field, _key, _parent, _path, ancestors) => {
      const owner = ancestors.at(-1) as { kind: string; name?: { value: string } } | readonly unknown[];
      const type = Array.isArray(owner)
        ? (ancestors.at(-2) as { name: { value: string } })
        : (owner as never);
      const requirement = policy[`${type.name.value}.${field.name.value}`]!;
      // The owner of an external field says what it asks; composition refuses a second opinion.
      if (field.directives?.some((directive) => directive.name.value === "external")) return undefined;
      return { ...field, directives: [...(field.directives ?? []), directiveOf(requirement)] };
    },
  });
}
