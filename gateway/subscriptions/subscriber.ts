import type { GraphQLFormattedError } from "graphql";
import type { Place } from "./upstream";

/** An event as clients are sent it: JSON text in UTF-8, the same bytes for all who share the stream. */
export interface CompletedEvent {
  readonly payload: Buffer;
  /** Where the feed stands after it; undefined of a feed without cursors, and of a notice. */
  readonly place: Place | undefined;
}

/** Where events go: one operation on one socket, or one stream of server-sent events. */
export interface Subscriber {
  /** Sends events, in one write: a write costs more than what is written. */
  next(events: readonly CompletedEvent[]): void;
  /** Ends the stream, once: with an error, or as complete. Nothing is sent after it. */
  end(error: GraphQLFormattedError | undefined): void;
  /** Bytes accepted and not yet taken by the client. */
  unsent(): number;
}

export type StreamErrorCode =
  | "FEED_INTERRUPTED"
  | "FEED_FAILED"
  | "SLOW_CONSUMER"
  | "SCHEMA_CHANGED"
  | "TOKEN_EXPIRED"
  | "GOING_AWAY"
  | "BREAK_GLASS_NOT_STREAMED"
  | "TOO_MANY_SUBSCRIPTIONS";

const MESSAGES: Record<StreamErrorCode, string> = {
  FEED_INTERRUPTED: "The agency's feed is interrupted: what follows the last event comes when it is back.",
  FEED_FAILED: "The hub failed to hand an event on: subscribe again after the cursor given.",
  SLOW_CONSUMER: "The client took events too slowly: subscribe again after the cursor given.",
  SCHEMA_CHANGED: "The hub's schema has changed: subscribe again, after the cursor given.",
  TOKEN_EXPIRED: "The token has expired: subscribe again with a new one, after the cursor given.",
  GOING_AWAY: "The hub is going away: subscribe again, after the cursor given.",
  BREAK_GLASS_NOT_STREAMED:
    "What was opened in an emergency is read by a query: subscribe without the grant.",
  TOO_MANY_SUBSCRIPTIONS: "Too many subscriptions at one time.",
};

/** An error of a stream as a whole; with the last cursor sent, when there is one, to go on from. */
export function streamError(
  code: StreamErrorCode,
  facts: Readonly<Record<string, string | number | undefined>> = {},
): GraphQLFormattedError {
  const known = Object.entries(facts).filter(([, value]) => value !== undefined);
  return { message: MESSAGES[code], extensions: { code, ...Object.fromEntries(known) } };
}

/** Says that a feed stands still. */
export const INTERRUPTION: CompletedEvent = {
  payload: Buffer.from(JSON.stringify({ data: null, errors: [streamError("FEED_INTERRUPTED")] })),
  place: undefined,
};
