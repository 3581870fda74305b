import type { ApolloServerOptionsWithGateway, BaseContext } from "@apollo/server";
import { GraphQLError, getVariableValues } from "graphql";
import type { Engine, ScopeSet } from "./engine/engine";
import type { Planner } from "./engine/plan";

export interface GatewayContext extends BaseContext {
  readonly scopes: ScopeSet;
  /** Sent with every request to a subgraph. */
  readonly headers: Record<string, string>;
}

type Gateway = ApolloServerOptionsWithGateway<GatewayContext>["gateway"];

function operationMissing(operationName: string | undefined): GraphQLError {
  return new GraphQLError(
    operationName
      ? "The document holds no operation of the name given."
      : "The document holds several operations: name the one to run.",
  );
}

/** Puts the engine behind Apollo Server through its public gateway interface. */
export function gatewayOf(engine: Engine, planner: Planner, supergraphSdl: string): Gateway {
  return {
    onSchemaLoadOrUpdate: (callback) => {
      callback({ apiSchema: planner.apiSchema, coreSupergraphSdl: supergraphSdl });
      return () => undefined;
    },
    load: async () => ({
      executor: async ({ document, operation, operationName, queryHash, request, context }) => {
        if (!operation)
          return { errors: [operationMissing(request.operationName ?? operationName ?? undefined)] };
        const variables = getVariableValues(
          planner.apiSchema,
          operation.variableDefinitions ?? [],
          request.variables ?? {},
          { maxErrors: 20 },
        );
        if (variables.errors) return { errors: variables.errors };
        const { headers, scopes } = context as GatewayContext;
        const { data, errors } = await engine.execute({
          document,
          operation,
          documentHash: queryHash,
          variables: variables.coerced,
          scopes,
          headers,
        });
        if (errors.length === 0) return { data };
        return {
          data,
          errors: errors.map(({ message, path, extensions }) => {
            return new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null });
          }),
        };
      },
    }),
    stop: async () => undefined,
  };
}
