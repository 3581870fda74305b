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
  type InterfaceTypeDefinitionNode,
  type NamedTypeNode,
  type ObjectTypeDefinitionNode,
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

type WithFields = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

function isWithFields(definition: DefinitionNode): definition is WithFields {
  return (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
  );
}

/** What narrowing makes smaller, whatever it leaves out: types and their fields. */
function sizeOf(definitions: readonly DefinitionNode[]): number {
  return definitions.reduce((size, one) => size + 1 + (isWithFields(one) ? (one.fields ?? []).length : 0), 0);
}

/** Drops the fields that are cut, then, until nothing changes, the types left empty and all that names them. */
function withoutCut(definitions: readonly DefinitionNode[], maySee: MaySee): DefinitionNode[] {
  const dropped = new Set<string>();
  const stands = (type: NamedTypeNode) => !dropped.has(type.name.value);
  let current = [...definitions];
  /** Of an interface what every implementer left still has: where one lacks it, the others have it themselves. */
  const isLeft = (definition: WithFields, field: FieldDefinitionNode): boolean => {
    const ofImplementers = current.filter(
      (other): other is WithFields =>
        isWithFields(other) &&
        (other.interfaces ?? []).some(({ name }) => name.value === definition.name.value),
    );
    return definition.kind === Kind.OBJECT_TYPE_DEFINITION || ofImplementers.length === 0
      ? maySee(definition.name.value, field.name.value)
      : ofImplementers.every(({ fields }) => fields?.some(({ name }) => name.value === field.name.value));
  };
  const narrowed = (definition: DefinitionNode): DefinitionNode[] => {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION: {
        if (!maySee(definition.name.value, "__typename")) return [];
        const fields = (definition.fields ?? []).filter(
          (field) => isLeft(definition, field) && !dropped.has(typeOf(field)),
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
  for (;;) {
    const next = current.flatMap(narrowed);
    const left = new Set(next.map(nameOf));
    const before = sizeOf(current);
    for (const definition of current) {
      const name = nameOf(definition);
      if (name !== undefined && !left.has(name)) dropped.add(name);
    }
    current = next;
    if (sizeOf(current) === before) return current;
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
