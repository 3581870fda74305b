import {
  Kind,
  buildASTSchema,
  parse,
  printSchema,
  visit,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type NamedTypeNode,
} from "graphql";
import type { MaySee } from "./prune";

function nameOf(definition: DefinitionNode): string | undefined {
  return "name" in definition ? definition.name?.value : undefined;
}

function typeOf(field: FieldDefinitionNode): string {
  let type = field.type;
  while (type.kind !== Kind.NAMED_TYPE) type = type.type;
  return type.name.value;
}

/** Drops the fields that are cut, then, until nothing changes, the types left empty and all that names them. */
function withoutCut(definitions: readonly DefinitionNode[], maySee: MaySee): DefinitionNode[] {
  const dropped = new Set<string>();
  const stands = (type: NamedTypeNode) => !dropped.has(type.name.value);
  const narrowed = (definition: DefinitionNode): DefinitionNode[] => {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION: {
        const fields = (definition.fields ?? []).filter(
          (field) => maySee(definition.name.value, field.name.value) && !dropped.has(typeOf(field)),
        );
        return fields.length === 0
          ? []
          : [{ ...definition, fields, interfaces: (definition.interfaces ?? []).filter(stands) }];
      }
      case Kind.UNION_TYPE_DEFINITION: {
        const types = (definition.types ?? []).filter(stands);
        return types.length === 0 ? [] : [{ ...definition, types }];
      }
      default:
        return [definition];
    }
  };
  let current = [...definitions];
  for (;;) {
    const next = current.flatMap(narrowed);
    const left = new Set(next.map(nameOf));
    const before = dropped.size;
    for (const definition of current) {
      const name = nameOf(definition);
      if (name !== undefined && !left.has(name)) dropped.add(name);
    }
    current = next;
    if (dropped.size === before) return current;
  }
}

/** Leaves only what an operation can reach: types of fields and arguments, and implementers of reached interfaces. */
function reachable(definitions: readonly DefinitionNode[], roots: readonly string[]): DefinitionNode[] {
  const byName = new Map(definitions.map((definition) => [nameOf(definition), definition]));
  const reached = new Set<string>();
  const reach = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    const definition = byName.get(name);
    if (definition) visit(definition, { NamedType: (type) => reach(type.name.value) });
    for (const other of definitions) {
      const implementer =
        other.kind === Kind.OBJECT_TYPE_DEFINITION && other.interfaces?.some((i) => i.name.value === name);
      if (implementer) reach(other.name.value);
    }
  };
  roots.forEach(reach);
  const directives = definitions.filter((definition) => definition.kind === Kind.DIRECTIVE_DEFINITION);
  for (const directive of directives) visit(directive, { NamedType: (type) => reach(type.name.value) });
  return definitions.filter((d) => d.kind === Kind.DIRECTIVE_DEFINITION || reached.has(nameOf(d) ?? ""));
}

/**
 * The API as a caller with these sights has it: cut fields are not there, nor types that only they reached. A schema
 * must have a query: who may query nothing gets one field that says so.
 */
export function viewOf(apiSchema: GraphQLSchema, maySee: MaySee): GraphQLSchema {
  const printed: DocumentNode = parse(printSchema(apiSchema));
  const definitions = withoutCut(printed.definitions, maySee);
  const query = apiSchema.getQueryType()?.name ?? "Query";
  if (!definitions.some((definition) => nameOf(definition) === query)) {
    definitions.push(
      ...parse(`type ${query} { "Your role may query nothing here." nothing: Boolean }`).definitions,
    );
  }
  const roots = [query, apiSchema.getMutationType()?.name, apiSchema.getSubscriptionType()?.name];
  return buildASTSchema({
    kind: Kind.DOCUMENT,
    definitions: reachable(
      definitions,
      roots.filter((name) => name !== undefined),
    ),
  });
}
