import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
import { LRUCache } from "lru-cache";
import type { PostedOperation } from "../platform/http/graphql-door";
import { costOf, refusalOfCost } from "./cost";
import type { Engine, EngineAnswer, PreparedOperation } from "./engine/engine";

/** Operations kept ready; agencies' tools use some hundreds. */
export const KNOWN_OPERATIONS = 2_000;

/** Operations that have been parsed and validated, by their text: ready to run again without either. */
export interface Operations {
  /** An operation seen before, or undefined. */
  known(posted: PostedOperation): PreparedOperation | undefined;
  /** Prepares a valid operation, or finds it prepared. */
  prepare(
    source: string,
    name: string | undefined,
    document: DocumentNode,
    operation: OperationDefinitionNode,
  ): PreparedOperation;
}

/** The operation, refused whenever it would cost too much as it is asked. */
function withinCost(
  operation: PreparedOperation,
  cost: (variables: Readonly<Record<string, unknown>>) => number,
): PreparedOperation {
  return {
    execute: async (request) => {
      const refusal = refusalOfCost(cost(request.variables ?? {}));
      return refusal ? { data: undefined, errors: [refusal] } : operation.execute(request);
    },
    subscribe: (request) => {
      const refusal = refusalOfCost(cost(request.variables ?? {}));
      return refusal ? { errors: [refusal] } : operation.subscribe(request);
    },
  };
}

export function createOperations(engine: Engine, schema: GraphQLSchema): Operations {
  const prepared = new LRUCache<string, PreparedOperation>({ max: KNOWN_OPERATIONS });
  // A name cannot hold a line break, so two pairs never share a key.
  const keyOf = (source: string, name: string | undefined) => `${name ?? ""}\n${source}`;
  return {
    known: ({ query, operationName }) => prepared.get(keyOf(query, operationName)),
    prepare: (source, name, document, operation) => {
      const key = keyOf(source, name);
      let ready = prepared.get(key);
      if (!ready) {
        ready = withinCost(engine.prepare(document, operation), costOf(schema, document, operation));
        prepared.set(key, ready);
      }
      return ready;
    },
  };
}

/** The answer's text, as Apollo Server would send it; undefined when the operation did not run. */
export function textOf({ data, errors }: EngineAnswer): string | undefined {
  if (data === undefined) return undefined;
  return errors.length === 0
    ? `{"data":${JSON.stringify(data)}}`
    : `{"errors":${JSON.stringify(errors)},"data":${JSON.stringify(data)}}`;
}
