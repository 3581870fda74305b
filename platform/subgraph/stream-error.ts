import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import { failureFacts } from "../http/failure-facts";
import { OutboxError } from "../outbox/outbox-error";

/** Why a stream was not begun, or ended; what an outbox has to say (`OutboxErrorCode`) comes beside these. */
export type StreamErrorCode =
  | "SUBSCRIPTIONS_ONLY"
  | "SUBSCRIPTION_OVER_HTTP"
  | "TOKEN_EXPIRED"
  | "TOO_MANY_SUBSCRIPTIONS"
  | "BREAK_GLASS_NOT_STREAMED"
  | "AUDIENCE_CHANGED"
  | "INTERNAL_SERVER_ERROR";

const MESSAGES: Record<StreamErrorCode, string> = {
  SUBSCRIPTIONS_ONLY: "Only subscriptions are answered here.",
  SUBSCRIPTION_OVER_HTTP: "Subscriptions are answered over a WebSocket.",
  TOKEN_EXPIRED: "The token has expired: ask your agency for a new one.",
  TOO_MANY_SUBSCRIPTIONS: "Too many subscriptions at one time.",
  BREAK_GLASS_NOT_STREAMED:
    "What was opened in an emergency is read by a query: subscribe without the grant.",
  AUDIENCE_CHANGED: "The reader no longer sees what those see for whom it is read.",
  INTERNAL_SERVER_ERROR: "The agency's server failed to answer.",
};

export function streamError(code: StreamErrorCode): GraphQLError {
  return new GraphQLError(MESSAGES[code], { extensions: { code } });
}

/** What broke inside, as opposed to an error that was made for the caller. */
export function isInternal(error: unknown): boolean {
  if (error instanceof OutboxError) return false;
  if (!(error instanceof GraphQLError)) return true;
  return error.extensions["code"] === undefined && error.originalError !== undefined;
}

/** The one error that ends a stream, as the hub may see it: of what broke inside there is a line in the log. */
export function endingOf(error: unknown, log: Logger): GraphQLError {
  if (error instanceof OutboxError) {
    const { code, cursor } = error;
    const place = code === "SLOW_CONSUMER" ? { cursor } : { oldest: cursor };
    return new GraphQLError(error.message, { extensions: { code, ...(cursor ? place : {}) } });
  }
  if (!isInternal(error)) {
    const { message, extensions } = error as GraphQLError;
    const { http: _, ...told } = extensions;
    return new GraphQLError(message, { extensions: told });
  }
  log.error(failureFacts(error), "a stream failed");
  return streamError("INTERNAL_SERVER_ERROR");
}

/** An error of one field of an event, likewise. */
export function fieldErrorOf(error: GraphQLError, log: Logger): GraphQLError {
  const shown = endingOf(error, log);
  return new GraphQLError(shown.message, { path: error.path ?? null, extensions: shown.extensions });
}
