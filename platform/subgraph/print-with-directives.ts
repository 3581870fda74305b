import {
  isInterfaceType,
  isObjectType,
  parse,
  printSchema,
  visit,
  type DocumentNode,
  type GraphQLSchema,
} from "graphql";

/**
 * The SDL of a schema built from classes, with the directives that the classes carry on types and fields: graphql-js
 * prints none, and Apollo's printer expects whole definitions where type-graphql keeps only the directives.
 */
export function printWithDirectives(schema: GraphQLSchema): DocumentNode {
  const typeOf = (name: string) => {
    const type = schema.getType(name);
    return isObjectType(type) || isInterfaceType(type) ? type : undefined;
  };
  return visit(parse(printSchema(schema), { noLocation: true }), {
    enter: (node) => {
      if (node.kind !== "ObjectTypeDefinition" && node.kind !== "InterfaceTypeDefinition") return undefined;
      const type = typeOf(node.name.value);
      return {
        ...node,
        directives: type?.astNode?.directives ?? [],
        fields: (node.fields ?? []).map((field) => ({
          ...field,
          directives: [
            ...(field.directives ?? []),
            ...(type?.getFields()[field.name.value]?.astNode?.directives ?? []),
          ],
        })),
      };
    },
  });
}
