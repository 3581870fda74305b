import {
  getArgumentValues,
  getNamedType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { isUuid } from "../store/uuid";
import type { AccessedRecord } from "./access";

type Values = Readonly<Record<string, unknown>>;

export interface Asked {
  readonly records: AccessedRecord[];
  /** What was sent to `_entities`, by the key that records carry. */
  readonly representations: Map<string, Values>;
}

const isObject = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A representation's key: the response may hold several lists of entities, each under its own name. */
export const representationKey = (responseName: string, index: number) => `${responseName} ${index}`;

function recordOf(type: unknown, id: unknown, representation: string | null): AccessedRecord[] {
  if (typeof type !== "string" || typeof id !== "string" || !isUuid(id)) return [];
  return [{ type, id: id.toLowerCase(), representation, provenance: null }];
}

/** The fields at the top of an operation, fragments opened. */
function rootFields(document: DocumentNode, { selectionSet }: OperationDefinitionNode): FieldNode[] {
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one.selectionSet] as const] : [],
    ),
  );
  const open = (selections: SelectionSetNode | undefined): FieldNode[] =>
    (selections?.selections ?? []).flatMap((node) => {
      if (node.kind === Kind.FIELD) return [node];
      return open(node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : fragments.get(node.name.value));
    });
  return open(selectionSet);
}

function argumentsOf(root: GraphQLObjectType, node: FieldNode, variables: Values): Values {
  const field = root.getFields()[node.name.value];
  if (!field || !node.arguments?.length) return {};
  try {
    return getArgumentValues(field, node, variables);
  } catch {
    // A request with such arguments is answered nothing either.
    return {};
  }
}

/**
 * The records that an operation names, found or not: the representations sent to `_entities`, and the argument `id` of
 * any other root field. An id that is no UUID is not one of the hub's and is left out.
 */
export function askedFor(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Values,
): Asked {
  const asked: Asked = { records: [], representations: new Map() };
  const root = schema.getRootType(operation.operation);
  if (!root) return asked;
  for (const node of rootFields(document, operation)) {
    const given = argumentsOf(root, node, variables);
    const target = getNamedType(root.getFields()[node.name.value]?.type);
    if (isObjectType(target)) asked.records.push(...recordOf(target.name, given["id"], null));
    const sent: unknown = given["representations"];
    if (node.name.value !== "_entities" || !Array.isArray(sent)) continue;
    for (const [index, representation] of (sent as unknown[]).entries()) {
      if (!isObject(representation)) continue;
      const key = representationKey((node.alias ?? node.name).value, index);
      asked.representations.set(key, representation);
      asked.records.push(...recordOf(representation["__typename"], representation["id"], key));
    }
  }
  return asked;
}
