import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
} from "graphql";
import { meets, type PolicyTable } from "../../platform/policy/policy-table";
import { selectEverything } from "./select-everything";

/** One request of a subgraph: a root field, or an entity by its key. */
export interface OneRequest {
  /** `Query.person`, `Mutation.confirmLevel`, or the name of an entity type. */
  readonly name: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** What to give for arguments and keys. */
export interface Values {
  /** By `field(argument)`, or by the argument's or input field's own name; of enums the first value is the default. */
  readonly of: Readonly<Record<string, unknown>>;
  /** The representation of each entity type. */
  readonly entities: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function valueOf(
  { of }: Values,
  field: string,
  { name, type, defaultValue }: GraphQLArgument | GraphQLInputField,
): unknown {
  const special = `${field}(${name})`;
  if (special in of) return of[special];
  if (name in of) return of[name];
  if (!isNonNullType(type) || defaultValue !== undefined) return undefined;
  return made({ of, entities: {} }, field, type.ofType, name);
}

function made(values: Values, field: string, type: GraphQLInputType, name: string): unknown {
  if (isListType(type) || isNonNullType(type)) {
    const one = made(values, field, type.ofType, name);
    return isListType(type) ? [one] : one;
  }
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return Object.fromEntries(fields.map((one) => [one.name, valueOf(values, field, one)]));
  }
  throw new Error(
    `Say what to give for ${field}(${name}): a new argument has to be asked with a value that finds something.`,
  );
}

/**
 * Every request there is to a subgraph for a caller of these scopes, each with all that he may select: one a root field,
 * one an entity type. Derived from the schema, so that a new field or type is asked too.
 *
 * @throws Error naming an argument or an entity for which no value is known.
 */
export function everyRequest(
  schema: GraphQLSchema,
  policy: PolicyTable,
  scopes: ReadonlySet<string>,
  values: Values,
): OneRequest[] {
  const requests: OneRequest[] = [];
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      const name = `${root!.name}.${field.name}`;
      if (field.name.startsWith("_") || !meets(policy[name], scopes)) continue;
      const given = field.args.flatMap((argument) => {
        const value = valueOf(values, field.name, argument);
        return value === undefined ? [] : [{ argument, value }];
      });
      const list = (texts: string[]) => (texts.length === 0 ? "" : `(${texts.join(", ")})`);
      const declared = list(given.map(({ argument }) => `$${argument.name}: ${String(argument.type)}`));
      const passed = list(given.map(({ argument }) => `${argument.name}: $${argument.name}`));
      const selection = selectEverything(schema, policy, scopes, getNamedType(field.type).name);
      requests.push({
        name,
        query: `${root!.name.toLowerCase()} ${declared} { ${field.name} ${passed} ${selection} }`,
        variables: Object.fromEntries(given.map(({ argument, value }) => [argument.name, value])),
      });
    }
  }
  const entity = schema.getType("_Entity");
  for (const { name } of isUnionType(entity) ? entity.getTypes() : []) {
    const representation = values.entities[name];
    if (representation === undefined) throw new Error(`Say by which key to ask for a ${name}.`);
    const selection = selectEverything(schema, policy, scopes, name);
    requests.push({
      name,
      query: `query ($representations: [_Any!]!) {
        _entities(representations: $representations) { ... on ${name} ${selection} } }`,
      variables: { representations: [{ __typename: name, ...representation }] },
    });
  }
  return requests;
}
