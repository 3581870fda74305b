import type { IncomingMessage, ServerResponse } from "node:http";
import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { GraphQLError, parse } from "graphql";
import type { Logger } from "pino";
import { unauthenticated } from "../platform/caller/unauthenticated";
import type { VerifyToken } from "../platform/caller/verify-token";
import { failureFacts } from "../platform/http/failure-facts";
import { openDoor, type Door, type PostedOperation } from "../platform/http/graphql-door";
import { maySeeOf, type MaySee } from "./authorization/prune";
import { requirementsOf } from "./authorization/requirements";
import { createEngine, type ScopeSet } from "./engine/engine";
import { createSubgraphClient } from "./engine/subgraph-client";
import { gatewayOf, type GatewayContext } from "./gateway";
import { PREFLIGHTED_HEADERS, statusForOlderClients } from "./http-conventions";
import { holdToLimits } from "./limits";
import { createOperations, textOf, type Operations } from "./operations";
import { loadScopes, loadSupergraph } from "./supergraph/load-supergraph";

/** Who may come in and see what; "open" lets anybody see everything, and is for trying other supergraphs only. */
export type Access = { readonly verifyToken: VerifyToken; readonly scopesFile: string } | "open";

export interface GatewayOptions {
  readonly supergraphFile: string;
  /** Subgraph name to address, where it differs from the one in the supergraph. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly access: Access;
  readonly port: number;
  readonly host: string;
  readonly log: Logger;
}

/** Before parsing and validation: a hostile document must not cost what it would take to refuse it there. */
const limits: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async () => ({ didResolveSource: async ({ source }) => holdToLimits(source) }),
};

interface OpenedAccess {
  readonly contextOf: (request: IncomingMessage, response: ServerResponse) => Promise<GatewayContext>;
  readonly maySeeOf: (scopes: ScopeSet) => MaySee;
}

/** Answers what has been asked before; what then does not run (wrong variables) Apollo Server reports. */
function answerKnown(operations: Operations, posted: PostedOperation, context: GatewayContext) {
  const operation = operations.known(posted);
  return operation?.execute({ ...context, variables: posted.variables }).then(textOf);
}

/** Aborts when the client goes away before it has its answer. */
function departureOf(response: ServerResponse): AbortSignal {
  const departure = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) departure.abort();
  });
  return departure.signal;
}

async function openAccess(access: Access, supergraphSdl: string): Promise<OpenedAccess> {
  if (access === "open") {
    const everything = { key: "everything", scopes: new Set<string>() };
    return {
      contextOf: async (_request, response) => ({
        scopes: everything,
        headers: {},
        signal: departureOf(response),
      }),
      maySeeOf: () => () => true,
    };
  }
  const requirements = requirementsOf(parse(supergraphSdl));
  const scopesOf = await loadScopes(access.scopesFile);
  return {
    contextOf: async (request, response) => {
      try {
        const caller = await access.verifyToken(request.headers.authorization);
        return {
          scopes: scopesOf(caller.roles),
          headers: { authorization: `Bearer ${caller.token}` },
          signal: departureOf(response),
        };
      } catch (error) {
        throw unauthenticated(error);
      }
    },
    maySeeOf: ({ scopes }) => maySeeOf(requirements, scopes),
  };
}

/**
 * Starts the one public door.
 *
 * @throws Error in one sentence: supergraph missing or with a gap, no address for a subgraph, port in use.
 */
export async function startGateway(options: GatewayOptions): Promise<Door> {
  const { sdl, planner } = await loadSupergraph(options.supergraphFile);
  const { contextOf, maySeeOf } = await openAccess(options.access, sdl);
  const clients = new Map(
    [...planner.subgraphs].map(([name, address]) => [
      name,
      createSubgraphClient(options.addresses[name] ?? address),
    ]),
  );
  const subgraphs = new Map([...clients].map(([name, client]) => [name, client.ask]));
  const engine = createEngine({ planner, maySeeOf, subgraphs });

  const operations = createOperations(engine);
  const apollo = new ApolloServer<GatewayContext>({
    gateway: gatewayOf(operations, planner, sdl),
    plugins: [limits, statusForOlderClients, ApolloServerPluginLandingPageDisabled()],
    // An open gateway has no credential for a forged request to ride on.
    csrfPrevention: options.access === "open" ? false : { requestHeaders: PREFLIGHTED_HEADERS },
    // The engine answers introspection itself, from the caller's own view.
    introspection: true,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => {
      if (formatted.extensions?.["code"] !== "INTERNAL_SERVER_ERROR") return formatted;
      const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
      options.log.error(failureFacts(cause), "the engine failed");
      return { ...formatted, message: "The hub failed to answer." };
    },
  });
  await apollo.start();
  const door = await openDoor({
    apollo,
    contextOf,
    answerKnown: (posted, context) => answerKnown(operations, posted, context),
    port: options.port,
    host: options.host,
    ready: async () => true,
    onFailure: (error) => options.log.error(failureFacts(error), "a request failed"),
  });
  return {
    url: door.url,
    close: async () => {
      await door.close();
      await apollo.stop();
      await Promise.all([...clients.values()].map((client) => client.close()));
    },
  };
}
