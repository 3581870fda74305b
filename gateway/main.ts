import type { ServerResponse } from "node:http";
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { GraphQLError, parse, print, type DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";
import type { Logger } from "pino";
import { createAdmission } from "./admission";
import { createOpened, loadBreakGlass } from "./break-glass";
import type { VerifyToken } from "../platform/caller/verify-token";
import { failureFacts } from "../platform/http/failure-facts";
import { openDoor, type Door, type PostedOperation } from "../platform/http/graphql-door";
import { maySeeOf, type MaySee } from "./authorization/prune";
import { requirementsOf } from "./authorization/requirements";
import { createEngine, type ScopeSet } from "./engine/engine";
import { createSubgraphClient, type AskSubgraph } from "./engine/subgraph-client";
import { createFrontPage } from "./front-page";
import { createExplorer, type ExplorerVisitors } from "./explorer";
import { gatewayOf, type GatewayContext, type Served, type Serving } from "./gateway";
import { PREFLIGHTED_HEADERS, statusForOlderClients } from "./http-conventions";
import { hubSignersOf } from "./hub-signers";
import { createIdentify, identifyNobody, type Identify } from "./identity/identify";
import { createMetrics, serveMetrics, type Metrics } from "./metrics";
import { createEventStreamDoor } from "./subscriptions/sse-door";
import { openStreams } from "./subscriptions/open-streams";
import type { StreamLimits } from "./subscriptions/streams";
import { KNOWN_OPERATIONS, createOperations, textOf, type Operations } from "./operations";
import { loadScopes, loadSupergraph, type LoadedSupergraph } from "./supergraph/load-supergraph";
import { watchSupergraph } from "./supergraph/watch-supergraph";
import { documentIdOf, loadTrustedDocuments, type TrustedDocuments } from "./trusted-documents";

/** Who may come in and see what; "open" lets anybody see everything, and is for trying other supergraphs only. */
export type Access = GuardedAccess | "open";

interface GuardedAccess {
  readonly verifyToken: VerifyToken;
  readonly scopesFile: string;
  /** Subgraph name to the secret that the hub shares with it alone: requests to it are signed. */
  readonly hubSecrets: Readonly<Record<string, string>>;
  /** What each role may open in an emergency; absent: nothing. */
  readonly breakGlassFile?: string;
}

export interface GatewayOptions {
  readonly supergraphFile: string;
  /** Subgraph name to address, where it differs from the one in the supergraph. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly access: Access;
  /** A list of the operations that may run; not enforced, others run too and are logged. */
  readonly trustedDocuments?: { readonly file: string; readonly enforced: boolean } | undefined;
  /** The API explorer at /explorer; absent: there is none. */
  readonly explorer?: ExplorerVisitors | undefined;
  /** Streams at one time. */
  readonly streamLimits?: StreamLimits;
  /** ms for the first message on a new socket. */
  readonly socketInitTimeout?: number;
  /** ms between the signs of life on a stream. */
  readonly streamHeartbeat?: number;
  readonly port: number;
  readonly host: string;
  /** Where /metrics is served, on the same host; absent: nowhere. */
  readonly metricsPort?: number | undefined;
  readonly log: Logger;
}

/** ms that one operation's planning may hold all others up before it is logged. */
const LONG_PLANNING = 200;

export interface GatewayDoor extends Door {
  readonly metricsUrl?: string;
}

/** Lets clients that know operations by Apollo's persisted-query hash name the listed ones; nobody adds to the list. */
function listedQueries(trusted: TrustedDocuments) {
  return {
    cache: {
      get: async (key: string) => trusted.textOf(key.replace(/^apq:/, "")),
      set: async () => undefined,
      delete: async () => undefined,
    },
  };
}

/** Apollo Server's own store is bounded by bytes of JSON, which are many times as many in memory. */
function parsedDocuments() {
  const documents = new LRUCache<string, DocumentNode>({ max: KNOWN_OPERATIONS });
  return {
    get: async (key: string) => documents.get(key),
    set: async (key: string, document: DocumentNode) => void documents.set(key, document),
    delete: async (key: string) => documents.delete(key),
  };
}

/** The client, with its failures counted. */
function counted(name: string, ask: AskSubgraph, metrics: Metrics): AskSubgraph {
  return async (request) => {
    const answer = await ask(request);
    if (answer.kind !== "answered") metrics.subgraphFailed(name, answer.kind);
    return answer;
  };
}

interface OpenedAccess {
  readonly identify: Identify;
  /** Who may see what of a supergraph. */
  readonly protect: (supergraphSdl: string) => (scopes: ScopeSet) => MaySee;
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

async function openAccess(access: Access): Promise<OpenedAccess> {
  if (access === "open") return { identify: identifyNobody, protect: () => () => () => true };
  const table = access.breakGlassFile === undefined ? {} : await loadBreakGlass(access.breakGlassFile);
  const withOpened = createOpened(table, access.hubSecrets);
  return {
    identify: createIdentify(access.verifyToken, await loadScopes(access.scopesFile), withOpened),
    protect: (sdl) => {
      const requirements = requirementsOf(parse(sdl));
      return ({ scopes }) => maySeeOf(requirements, scopes);
    },
  };
}

/**
 * Starts the one public door.
 *
 * @throws Error in one sentence: supergraph missing or with a gap, no address for a subgraph, no secret shared with one,
 * port in use.
 */
export async function startGateway(options: GatewayOptions): Promise<GatewayDoor> {
  const loaded = await loadSupergraph(options.supergraphFile);
  const { planner } = loaded;
  const { identify, protect } = await openAccess(options.access);
  const signers =
    options.access === "open" ? undefined : hubSignersOf(options.access.hubSecrets, planner.subgraphs.keys());
  const addressOf = (name: string, address: string) => options.addresses[name] ?? address;
  const clients = new Map(
    [...planner.subgraphs].map(([name, address]) => {
      const sign = signers?.get(name);
      return [name, createSubgraphClient(addressOf(name, address), sign ? { sign } : {})];
    }),
  );
  const metrics = options.metricsPort === undefined ? undefined : createMetrics();
  const subgraphs = new Map(
    [...clients].map(([name, { ask }]) => [name, metrics ? counted(name, ask, metrics) : ask]),
  );
  const planned = (milliseconds: number, document: DocumentNode): void => {
    metrics?.planned(milliseconds);
    if (milliseconds < LONG_PLANNING) return;
    const documentId = documentIdOf(print(document));
    options.log.warn({ documentId, milliseconds }, "planning an operation held up all others");
  };
  function serve({ sdl, planner }: LoadedSupergraph): Served {
    for (const name of planner.subgraphs.keys()) {
      if (!clients.has(name)) throw new Error(`The subgraph ${name} is new: start the gateway again.`);
    }
    const engine = createEngine({ planner, maySeeOf: protect(sdl), subgraphs, planned });
    return { sdl, planner, operations: createOperations(engine, planner.apiSchema) };
  }
  let served = serve(loaded);
  const listeners: ((served: Served) => void)[] = [];
  const serving: Serving = { current: () => served, onChange: (listener) => listeners.push(listener) };

  const list = options.trustedDocuments;
  const trusted = list && (await loadTrustedDocuments(list.file));
  const admit = createAdmission({ trusted, enforced: list?.enforced ?? false, log: options.log });
  const apollo = new ApolloServer<GatewayContext>({
    gateway: gatewayOf(serving),
    plugins: [statusForOlderClients, ApolloServerPluginLandingPageDisabled()],
    // An open gateway has no credential for a forged request to ride on.
    csrfPrevention: options.access === "open" ? false : { requestHeaders: PREFLIGHTED_HEADERS },
    // The engine answers introspection itself, from the caller's own view.
    introspection: true,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    documentStore: parsedDocuments(),
    ...(trusted && list?.enforced ? { persistedQueries: listedQueries(trusted) } : {}),
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => {
      if (formatted.extensions?.["code"] !== "INTERNAL_SERVER_ERROR") return formatted;
      const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
      options.log.error(failureFacts(cause), "the engine failed");
      return { ...formatted, message: "The hub failed to answer." };
    },
  });
  await apollo.start();
  const { upstreams, streams, sockets } = openStreams({
    serving,
    addressOf,
    admit,
    identify,
    signers,
    limits: options.streamLimits,
    initTimeout: options.socketInitTimeout,
    heartbeat: options.streamHeartbeat,
    documentText: trusted && ((id) => trusted.textOf(id)),
    log: options.log,
  });
  const figures = metrics && (await serveMetrics(metrics, options.metricsPort ?? 0, options.host));
  const door = await openDoor({
    apollo,
    contextOf: async (request, response) => ({
      ...(await identify(request.headers)),
      signal: departureOf(response),
    }),
    admit,
    ...(trusted ? { documentText: (id: string) => trusted.textOf(id) } : {}),
    answerAsEvents: createEventStreamDoor(streams, options.streamHeartbeat),
    pageOf: createFrontPage(options.explorer && createExplorer(options.explorer)),
    attach: (server) => sockets.attach(server),
    answerKnown: (posted, context) => answerKnown(served.operations, posted, context),
    port: options.port,
    host: options.host,
    ready: async () => true,
    onFailure: (error) => options.log.error(failureFacts(error), "a request failed"),
  });
  const watch = watchSupergraph(
    options.supergraphFile,
    (changed) => {
      served = serve(changed);
      for (const listener of listeners) listener(served);
    },
    options.log,
  );
  return {
    url: door.url,
    ...(figures ? { metricsUrl: figures.url } : {}),
    close: async () => {
      watch.close();
      await figures?.close();
      metrics?.close();
      // An open stream would keep the door from closing.
      await sockets.close();
      streams.end();
      await door.close();
      await apollo.stop();
      await Promise.all([...clients.values(), ...upstreams].map((one) => one.close()));
    },
  };
}
