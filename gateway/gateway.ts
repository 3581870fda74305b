import type { ApolloServerOptionsWithGateway, BaseContext } from "@apollo/server";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Planner } from "./engine/plan";
import type { Identity } from "./identity/identify";
import type { Operations } from "./operations";

export interface GatewayContext extends BaseContext, Identity {
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
}

type Gateway = ApolloServerOptionsWithGateway<GatewayContext>["gateway"];

function operationMissing(operationName: string | undefined): GraphQLError {
  return new GraphQLError(
    operationName
      ? "The document holds no operation of the name given."
      : "The document holds several operations: name the one to run.",
  );
}

/** What one supergraph makes of the gateway: replaced whole when there is another. */
export interface Served {
  readonly sdl: string;
  readonly planner: Planner;
  readonly operations: Operations;
}

/** The supergraph in force, and those who want to hear of the next. */
export interface Serving {
  readonly current: () => Served;
  readonly onChange: (listener: (served: Served) => void) => void;
}

/** Puts the engine behind Apollo Server through its public gateway interface. */
export function gatewayOf(serving: Serving): Gateway {
  return {
    onSchemaLoadOrUpdate: (callback) => {
      const announce = ({ planner, sdl }: Served) =>
        callback({ apiSchema: planner.apiSchema, coreSupergraphSdl: sdl });
      announce(serving.current());
      serving.onChange(announce);
      return () => undefined;
    },
    load: async () => ({
      executor: async ({ document, operation, source, request, context }) => {
        if (!operation) return { errors: [operationMissing(request.operationName)] };
        const { headers, scopes, signal } = context as GatewayContext;
        const { operations } = serving.current();
        const prepared = operations.prepare(source, request.operationName, document, operation);
        const { data, errors } = await prepared.execute({
          variables: request.variables,
          scopes,
          headers,
          signal,
        });
        return {
          ...(data === undefined ? {} : { data }),
          ...(errors.length === 0 ? {} : { errors: errors.map(asGraphQLError) }),
        };
      },
    }),
    stop: async () => undefined,
  };
}

function asGraphQLError(error: GraphQLFormattedError | GraphQLError): GraphQLError {
  if (error instanceof GraphQLError) return error;
  return new GraphQLError(error.message, { path: error.path ?? null, extensions: error.extensions ?? null });
}
