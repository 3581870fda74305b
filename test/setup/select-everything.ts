import { getNamedType, isObjectType, type GraphQLSchema } from "graphql";
import { meets, type PolicyTable } from "../../platform/policy/policy-table";

/**
 * A selection of every field below a type that these scopes may see. Where a type would come again below itself, only
 * its id is taken.
 */
export function selectEverything(
  schema: GraphQLSchema,
  policy: PolicyTable,
  scopes: ReadonlySet<string>,
  typeName: string,
  above: readonly string[] = [],
): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) return "";
  const fields = Object.values(type.getFields())
    .filter((field) => meets(policy[`${typeName}.${field.name}`], scopes))
    .map((field) => {
      const below = getNamedType(field.type).name;
      if ([typeName, ...above].includes(below)) return `${field.name} { id }`;
      return `${field.name} ${selectEverything(schema, policy, scopes, below, [typeName, ...above])}`;
    });
  return `{ ${fields.join(" ")} }`;
}
