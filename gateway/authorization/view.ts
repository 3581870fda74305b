import {
  Kind,
  buildASTSchema,
  getNamedType,
  isObjectType,
  parse,
  printSchema,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type NamedTypeNode,
} from "graphql";
import type { MaySee } from "./prune";

function referencedTypes(document: DocumentNode, roots: readonly string[]): Set<string> {
  const byName = new Map(
    document.definitions.flatMap((d) => ("name" in d && d.name ? [[d.name.value, d] as const] : [])),
  );
  const reached = new Set<string>();
  const reach = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    const definition = byName.get(name);
    if (definition) visit(definition, { NamedType: (type: NamedTypeNode) => reach(type.name.value) });
  };
  roots.forEach(reach);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.DIRECTIVE_DEFINITION) {
      visit(definition, { NamedType: (type: NamedTypeNode) => reach(type.name.value) });
    }
    // Whoever may see an interface may meet each of its implementers.
    if (
      definition.kind === Kind.OBJECT_TYPE_DEFINITION &&
      definition.interfaces?.some((i) => reached.has(i.name.value))
    ) {
      reach(definition.name.value);
    }
  }
  return reached;
}

/**
 * The API as a caller with these sights has it: cut fields are not there, nor types that only they reached. An
 * operation type that would be empty keeps one field that says so, since a schema must have a query.
 */
export function viewOf(apiSchema: GraphQLSchema, maySee: MaySee): GraphQLSchema {
  const withoutCutFields = visit(parse(printSchema(apiSchema)), {
    FieldDefinition: (field, _key, _parent, _path, ancestors) => {
      const owner = ancestors.findLast(
        (a): a is { kind: string; name: { value: string } } & (typeof a & object) =>
          "kind" in a && "name" in a,
      );
      return owner && maySee(owner.name.value, field.name.value) ? undefined : null;
    },
  });
  const empty = new Set(
    withoutCutFields.definitions.flatMap((d) =>
      (d.kind === Kind.OBJECT_TYPE_DEFINITION || d.kind === Kind.INTERFACE_TYPE_DEFINITION) &&
      !d.fields?.length
        ? [d.name.value]
        : [],
    ),
  );
  const definitions = visit(withoutCutFields, {
    FieldDefinition: (field) => {
      let type = field.type;
      while (type.kind !== Kind.NAMED_TYPE) type = type.type;
      return empty.has(type.name.value) ? null : undefined;
    },
  }).definitions.filter((d) => !("name" in d && d.name && empty.has(d.name.value)));

  const queryName = apiSchema.getQueryType()?.name ?? "Query";
  const hasQuery = definitions.some((d) => "name" in d && d.name?.value === queryName);
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: hasQuery
      ? definitions
      : [
          ...definitions,
          ...parse(`type ${queryName} { "Your role may query nothing here." nothing: Boolean }`).definitions,
        ],
  };
  const roots = [apiSchema.getQueryType(), apiSchema.getMutationType(), apiSchema.getSubscriptionType()];
  const reached = referencedTypes(
    document,
    roots.flatMap((type) => (isObjectType(type) ? [getNamedType(type).name] : [])),
  );
  return buildASTSchema({
    kind: Kind.DOCUMENT,
    definitions: document.definitions.filter(
      (d) => d.kind === Kind.DIRECTIVE_DEFINITION || !("name" in d && d.name) || reached.has(d.name.value),
    ),
  });
}
