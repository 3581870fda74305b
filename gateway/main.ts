import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import type { Logger } from "pino";
import { unauthenticated } from "../platform/caller/unauthenticated";
import type { VerifyToken } from "../platform/caller/verify-token";
import { openDoor, type Door } from "../platform/http/graphql-door";
import { createEngine } from "./engine/engine";
import { createSubgraphClient } from "./engine/subgraph-client";
import { gatewayOf, type GatewayContext } from "./gateway";
import { loadScopes, loadSupergraph } from "./supergraph/load-supergraph";

export interface GatewayOptions {
  readonly supergraphFile: string;
  readonly scopesFile: string;
  /** Subgraph name to address, where it differs from the one in the supergraph. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly verifyToken: VerifyToken;
  readonly port: number;
  readonly host: string;
  readonly log: Logger;
}

/** Bounds parsing; the largest operation of a conference tool has a few hundred tokens. */
const MOST_TOKENS = 10_000;

/**
 * Starts the one public door.
 *
 * @throws Error in one sentence: supergraph missing or with a gap, no address for a subgraph, port in use.
 */
export async function startGateway(options: GatewayOptions): Promise<Door> {
  const { sdl, planner, requirements } = await loadSupergraph(options.supergraphFile);
  const scopesOf = await loadScopes(options.scopesFile);
  const clients = new Map(
    [...planner.subgraphs].map(([name, address]) => [
      name,
      createSubgraphClient(options.addresses[name] ?? address),
    ]),
  );
  const subgraphs = new Map([...clients].map(([name, client]) => [name, client.ask]));
  const engine = createEngine({ planner, requirements, subgraphs });

  const apollo = new ApolloServer<GatewayContext>({
    gateway: gatewayOf(engine, planner, sdl),
    plugins: [ApolloServerPluginLandingPageDisabled()],
    // The engine answers introspection itself, from the caller's own view.
    introspection: true,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MOST_TOKENS },
    formatError: (formatted) => {
      if (formatted.extensions?.["code"] !== "INTERNAL_SERVER_ERROR") return formatted;
      options.log.error({ path: formatted.path }, "the engine failed");
      return { ...formatted, message: "The hub failed to answer." };
    },
  });
  await apollo.start();
  const door = await openDoor({
    apollo,
    contextOf: async (request) => {
      try {
        const caller = await options.verifyToken(request.headers.authorization);
        return { caller, scopes: scopesOf(caller.roles) };
      } catch (error) {
        throw unauthenticated(error);
      }
    },
    port: options.port,
    host: options.host,
    ready: async () => true,
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
