import {
  BREAK,
  Kind,
  executeSync,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { withoutUnused } from "../authorization/prune";
import { mergeInto, type JsonObject } from "./json";
import { fieldsOf } from "./selection";

interface IntrospectingRequest {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** True when the operation reads the schema itself somewhere. */
export function readsSchema(document: DocumentNode): boolean {
  let reads = false;
  visit(document, {
    Field: ({ name }) => {
      if (name.value !== "__schema" && name.value !== "__type") return undefined;
      reads = true;
      return BREAK;
    },
  });
  return reads;
}

/**
 * Answers `__schema` and `__type` from the caller's own view of the schema, into the data fetched so far. A schema is
 * public in form only: what a role may not see is not named to it either.
 */
export function introspect(request: IntrospectingRequest, view: GraphQLSchema, root: JsonObject): void {
  const queryType = view.getQueryType();
  if (!queryType) return;
  const fragments = request.document.definitions.filter((d) => d.kind === Kind.FRAGMENT_DEFINITION);
  const byName = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  const fields = fieldsOf(
    { schema: view, fragments: byName, conditions: request.variables },
    [request.operation.selectionSet],
    queryType,
  );
  const asked = [...fields.values()]
    .flat()
    .filter((f) => f.name.value === "__schema" || f.name.value === "__type");
  if (asked.length === 0) return;
  const operation = {
    ...request.operation,
    selectionSet: { kind: Kind.SELECTION_SET, selections: asked } as const,
  };
  const { data } = executeSync({
    schema: view,
    document: withoutUnused({ kind: Kind.DOCUMENT, definitions: [operation, ...fragments] }, operation),
    variableValues: request.variables,
    ...(request.operation.name ? { operationName: request.operation.name.value } : {}),
  });
  if (data) mergeInto(root, JSON.parse(JSON.stringify(data)) as JsonObject);
}
