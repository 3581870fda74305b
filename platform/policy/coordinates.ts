import {
  TypeInfo,
  getNamedType,
  isCompositeType,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
} from "graphql";

/**
 * Every coordinate (`Type.field`) that a document reads, each once, in order of first use: fragments included,
 * introspection fields left out. The document must be valid against the schema.
 */
export function coordinatesOf(schema: GraphQLSchema, document: DocumentNode): string[] {
  const found = new Set<string>();
  const typeInfo = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: (node) => {
        const parent = typeInfo.getParentType();
        if (node.name.value.startsWith("__")) return;
        if (!parent || !isCompositeType(getNamedType(parent))) {
          throw new Error(
            `No type is known for the field ${node.name.value}: the document was not validated.`,
          );
        }
        found.add(`${parent.name}.${node.name.value}`);
      },
    }),
  );
  return [...found];
}
