import type { IncomingHttpHeaders } from "node:http";
import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import type { Access, Reader } from "../access-record/access";
import { createAccessRecording, recordAccesses, type Recorded } from "../access-record/record-accesses";
import { brokenGlassOf, type GlassOfAgency } from "../break-glass/break-glass";
import { BREAK_GLASS_HEADER } from "../break-glass/grant";
import type { Caller } from "../caller/caller";
import { PURPOSE_HEADER, purposeOf } from "../caller/purpose";
import { unauthenticated } from "../caller/unauthenticated";
import type { VerifyToken } from "../caller/verify-token";
import { failureFacts } from "../http/failure-facts";
import { openDoor, type BesideDoor, type Door } from "../http/graphql-door";
import { createHubVerifier } from "../hub-signature/verify";
import type { Feed } from "../outbox/feed";
import type { PolicyTable } from "../policy/policy-table";
import { createAudiences } from "./audiences";
import { createDocumentAuthorizer } from "./authorize-document";
import { createEventStreams } from "./event-streams";
import type { RequestContext, Stated } from "./request-context";
import { createStreamDoor, type StreamDoorLimits } from "./stream-door";
import { streamError } from "./stream-error";
import { mayTell } from "./shared-reading";
import { createStreamRequests } from "./stream-requests";
import type { SubgraphSchema } from "./subgraph-schema";

export interface SubgraphServerOptions<Context extends RequestContext> {
  readonly subgraph: SubgraphSchema;
  readonly policy: PolicyTable;
  readonly verifyToken: VerifyToken;
  /** Shared by this agency and the hub alone; at least 32 bytes. */
  readonly hubSecret: string;
  /** How this agency opens its elements in an emergency; absent: it opens none. */
  readonly glass?: GlassOfAgency;
  /** The agency's own context of one request: caller, scopes, loaders. */
  readonly contextOf: (caller: Caller, stated: Stated) => Context;
  /** Writes who read what where it belongs; while it rejects, nothing protected is answered. */
  readonly recordAccess: (access: Access, context: Context) => Promise<void>;
  /** The agency's events, for its subscriptions; absent: it has none. Closed by whoever made it, after the door. */
  readonly feed?: Feed;
  /** The callers (`callerName`) about whom the agency holds facts that change what they see. One small statement a database. */
  readonly personalCallers: () => Promise<ReadonlySet<string>>;
  /** Those who see what nobody else does, whatever is recorded; absent: nobody. */
  readonly isAlwaysPersonal?: (caller: Caller) => boolean;
  readonly streamLimits?: Partial<StreamDoorLimits>;
  /** By path: what the agency answers to other agencies, by their own signatures. */
  readonly beside?: Readonly<Record<string, BesideDoor>>;
  readonly port: number;
  readonly host: string;
  readonly ready: () => Promise<boolean>;
  readonly log: Logger;
}

interface Shared {
  /** Whether the answer may be told to all for whom the hub asks. */
  readonly mayTell: () => Promise<boolean>;
}

/** What happened inside stays inside: only errors made for the caller keep their message. */
function formattedForCaller(log: Logger) {
  return (formatted: { message: string; extensions?: Record<string, unknown> }, error: unknown) => {
    if (formatted.extensions?.["code"] !== "INTERNAL_SERVER_ERROR") return formatted;
    const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
    log.error(failureFacts(cause), "a resolver failed");
    return { ...formatted, message: "The agency's server failed to answer." };
  };
}

function readerOf({ subject, agency, roles }: Caller, { purpose, breakGlass }: Stated): Reader {
  return { subject, agency, role: roles.join(" "), purpose, breakGlass };
}

/**
 * Serves one agency's subgraph. Every request passes the same six: the hub's signature, over all of it; the user's
 * token, verified here again; a purpose; the policy, checked over the whole document; the agency's own row rules, in its
 * resolvers; and the agency's record of who read what, written before the answer leaves. Each event of a subscription
 * passes them too, over the WebSocket on the same port: the signature opens the socket, the token each stream.
 */
export async function serveSubgraph<Context extends RequestContext>(
  options: SubgraphServerOptions<Context>,
): Promise<Door> {
  const { subgraph, policy, log } = options;
  const isNotTheHubs = createHubVerifier(options.hubSecret);
  const recording = createAccessRecording<Context>({
    schema: subgraph.schema,
    policy,
    record: options.recordAccess,
  });
  const record = recordAccesses(recording, (error) =>
    log.error(failureFacts(error), "an access could not be recorded"),
  );
  const authorize = createDocumentAuthorizer(subgraph.schema, policy);

  const contextFor = (caller: Caller, stated: Stated): Context & Recorded => ({
    ...options.contextOf(caller, stated),
    accessReader: readerOf(caller, stated),
  });
  const audiences = createAudiences({
    personalCallers: options.personalCallers,
    isAlwaysPersonal: options.isAlwaysPersonal ?? (() => false),
    onNotice: (what) => log.warn({ what }, "the facts that make callers personal"),
  });

  /** What a request over HTTP is answered with. */
  async function contextOfRequest(headers: IncomingHttpHeaders): Promise<Context & Recorded & Shared> {
    try {
      const caller = await options.verifyToken(headers.authorization);
      const purpose = purposeOf(headers[PURPOSE_HEADER]);
      const grant = headers[BREAK_GLASS_HEADER];
      const breakGlass = await brokenGlassOf(grant, caller, options.hubSecret, options.glass);
      const context = contextFor(caller, { purpose, breakGlass });
      return { ...context, mayTell: () => mayTell(audiences, caller, headers) };
    } catch (error) {
      throw unauthenticated(error);
    }
  }

  /** Whose stream it is. What was opened in an emergency is read by a query, and not by a stream that outlasts it. */
  async function identify(headers: IncomingHttpHeaders) {
    if (headers[BREAK_GLASS_HEADER] !== undefined) throw streamError("BREAK_GLASS_NOT_STREAMED");
    try {
      const caller = await options.verifyToken(headers.authorization);
      const stated = { purpose: purposeOf(headers[PURPOSE_HEADER]), breakGlass: null };
      return { caller, contextNow: () => contextFor(caller, stated) };
    } catch (error) {
      throw unauthenticated(error);
    }
  }

  const streams = createStreamDoor({
    isNotTheHubs,
    begin: createStreamRequests({
      identify,
      events: createEventStreams({ subgraph, authorize, recording, feed: options.feed, log }),
      audiences,
      log,
    }),
    log,
    ...(options.streamLimits ? { limits: options.streamLimits } : {}),
  });
  const secondWall: ApolloServerPlugin<Context & Shared> = {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, operation, source, contextValue }) => {
        if (operation?.operation === "subscription") throw streamError("SUBSCRIPTION_OVER_HTTP");
        authorize(document, source, contextValue.scopes);
      },
      willSendResponse: async ({ contextValue, response }) => {
        if (await contextValue.mayTell()) return;
        response.body = {
          kind: "single",
          singleResult: { errors: [streamError("AUDIENCE_CHANGED").toJSON()] },
        };
      },
    }),
  };
  const apollo = new ApolloServer<Context & Recorded & Shared>({
    schema: options.subgraph.schema,
    // Traces would tell timings of every resolver to whoever asks for them.
    plugins: [
      secondWall,
      record,
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      // Nothing here may be cached, and it would have every resolver wrapped.
      ApolloServerPluginCacheControlDisabled(),
    ],
    introspection: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    stopOnTerminationSignals: false,
    formatError: formattedForCaller(options.log),
  });
  await apollo.start();
  const door = await openDoor({
    apollo,
    refuse: ({ method = "", url = "", headers }, body) =>
      isNotTheHubs({ method, target: url, headers }, body),
    contextOf: ({ headers }) => contextOfRequest(headers),
    attach: (server) => streams.attach(server),
    ...(options.beside ? { beside: options.beside } : {}),
    port: options.port,
    host: options.host,
    ready: options.ready,
    onFailure: (error) => options.log.error(failureFacts(error), "a request failed"),
  });
  return {
    url: door.url,
    close: async () => {
      await streams.close();
      await door.close();
      await apollo.stop();
    },
  };
}
