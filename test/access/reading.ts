import { TypeInfo, visit, visitWithTypeInfo, type DocumentNode, type GraphQLSchema } from "graphql";

/** Every field that a document names, as `Type.field`, whatever its conditions say; protocol and introspection left out. */
export function fieldsRead(schema: GraphQLSchema, document: DocumentNode): Set<string> {
  const found = new Set<string>();
  const typeInfo = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: ({ name: { value } }) => {
        if (!value.startsWith("_")) found.add(`${typeInfo.getParentType()?.name ?? "?"}.${value}`);
      },
    }),
  );
  return found;
}
