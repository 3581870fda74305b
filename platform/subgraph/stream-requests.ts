import type { IncomingHttpHeaders } from "node:http";
import type { ExecutionResult } from "graphql";
import type { SubscribePayload } from "graphql-ws";
import type { Logger } from "pino";
import type { Caller } from "../caller/caller";
import type { Audiences } from "./audiences";
import { mayTell } from "./shared-reading";
import { endingStream } from "./ending-stream";
import type { AskedOperation } from "./event-streams";
import { endingOf } from "./stream-error";

type Results = AsyncGenerator<ExecutionResult, void, void>;

export interface StreamRequestsOptions<Context> {
  /** Rejects with a GraphQLError for whoever is not let in. */
  readonly identify: (
    headers: IncomingHttpHeaders,
  ) => Promise<{ readonly caller: Caller; readonly contextNow: () => Context }>;
  readonly events: (
    asked: AskedOperation,
    caller: Caller,
    contextNow: () => Context,
    mayTell: () => Promise<boolean>,
  ) => Promise<Results>;
  readonly audiences: Audiences;
  readonly log: Logger;
}

/** The headers of the user's request, as the hub passes them on. */
function headersIn(extensions: SubscribePayload["extensions"]): IncomingHttpHeaders {
  const headers: unknown = extensions?.["headers"];
  if (typeof headers !== "object" || headers === null) return {};
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]: [string, unknown]) =>
      typeof value === "string" ? [[name.toLowerCase(), value]] : [],
    ),
  );
}

/**
 * What a subscribe message of the hub begins: a subscription, or (`extensions.watch`) word of the caller's audience, first
 * and after each change. The user's token and purpose come with each message, and are verified for each.
 */
export function createStreamRequests<Context>(options: StreamRequestsOptions<Context>) {
  const { identify, events, audiences, log } = options;
  return async function begin(payload: SubscribePayload): Promise<Results> {
    const headers = headersIn(payload.extensions);
    const { caller, contextNow } = await identify(headers);
    if (payload.extensions?.["watch"] === true) {
      return endingStream({
        source: audiences.watch(caller),
        resultsOf: async function* (audience) {
          yield { data: null, extensions: { audience } };
        },
        expiresAt: caller.expiresAt,
        errorOf: (error) => endingOf(error, log),
      });
    }
    const { query, operationName, variables } = payload;
    return events(
      { query, operationName: operationName ?? undefined, variables: variables ?? {} },
      caller,
      contextNow,
      () => mayTell(audiences, caller, headers),
    );
  };
}
