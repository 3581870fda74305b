import type { GraphQLFormattedError } from "graphql";
import type { EventSource } from "../engine/engine";
import { isObject, own, type JsonObject, type JsonValue } from "../engine/json";
import type { SubgraphAnswer } from "../engine/subgraph-client";
import { AgencySocket, type Operation } from "./agency-socket";

/** A place in an agency's feed. */
export interface Place {
  /** What a client says to go on from here; opaque. */
  readonly cursor: string;
  /** Sorts as the feed does, by plain comparison. */
  readonly position: string;
}

/** One message of an agency's stream. */
export interface UpstreamEvent {
  /** Undefined: no event, only a place in the feed. */
  readonly answer: Extract<SubgraphAnswer, { kind: "answered" }> | undefined;
  /** Where the feed stands after it; undefined from a subgraph that has no cursors. */
  readonly place: Place | undefined;
  /** Everything before has been sent, what comes now is new: true once, and again when the feed goes on. */
  readonly isLive: boolean;
  /** The agency cannot read its events just now. */
  readonly standsStill: boolean;
  /** To one who watches: callers of the same audience see the same rows of this agency. */
  readonly audience: string | undefined;
}

export interface UpstreamListener {
  event(event: UpstreamEvent): void;
  /** The subgraph ended the stream: with its reason, or (no errors) since it is complete. */
  ended(errors: readonly GraphQLFormattedError[]): void;
  /** The connection was lost or never made. */
  lost(): void;
}

/** What a stream is asked for by; `watch` asks no more than which audience the caller belongs to, now and whenever it changes. */
export type UpstreamRequest = EventSource["request"] | "watch";

/** Opens streams of one subgraph, all on one socket. Returns the function that closes the stream. */
export type OpenUpstream = (
  request: UpstreamRequest,
  headers: Readonly<Record<string, string>>,
  listener: UpstreamListener,
) => () => void;

export interface Upstream {
  readonly open: OpenUpstream;
  /** False while the agency could not say that somebody may see less from now on. */
  isConnected(): boolean;
  /** Watches that were lost and have not been told anew: what their callers see may have changed meanwhile. */
  readonly unsure: Set<UpstreamListener>;
  close(): Promise<void>;
}

function eventOf(value: JsonValue | undefined): UpstreamEvent | undefined {
  if (!isObject(value)) return undefined;
  const data = own(value, "data") ?? null;
  const errors = own(value, "errors") ?? [];
  if (!Array.isArray(errors) || !errors.every(isObject) || (data !== null && !isObject(data)))
    return undefined;
  const extensions = own(value, "extensions");
  const facts: JsonObject = isObject(extensions) ? extensions : {};
  const cursor = own(facts, "cursor");
  const position = own(facts, "position");
  const isLive = own(facts, "live") === true;
  const standsStill = own(facts, "standsStill") === true;
  const audience = own(facts, "audience");
  return {
    audience: typeof audience === "string" ? audience : undefined,
    answer: isLive || standsStill || audience !== undefined ? undefined : { kind: "answered", data, errors },
    place: typeof cursor === "string" && typeof position === "string" ? { cursor, position } : undefined,
    isLive,
    standsStill,
  };
}

const BAD_RESPONSE: GraphQLFormattedError = {
  message: "The agency's server sent an event that is not GraphQL.",
  extensions: { code: "SUBGRAPH_BAD_RESPONSE" },
};

/** One stream, as its listener understands it. */
class Stream implements Operation {
  close: () => void = () => undefined;

  constructor(private readonly listener: UpstreamListener) {}

  next(payload: JsonValue | undefined): void {
    const event = eventOf(payload);
    if (event) return this.listener.event(event);
    this.close();
    this.listener.ended([BAD_RESPONSE]);
  }

  ended(errors: JsonValue | undefined): void {
    if (errors === undefined) return this.listener.ended([]);
    const isGraphQL = Array.isArray(errors) && errors.length > 0 && errors.every(isObject);
    this.listener.ended(isGraphQL ? (errors as unknown as GraphQLFormattedError[]) : [BAD_RESPONSE]);
  }

  lost(): void {
    this.listener.lost();
  }
}

/** The one multiplexed WebSocket to a subgraph, opened when the first stream is. */
export function createUpstream(
  address: string,
  headersOf: (target: string) => Readonly<Record<string, string>>,
  onNotice: (what: "lost" | "back") => void,
): Upstream {
  const url = new URL(address);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const socket = new AgencySocket(url.href, () => headersOf(url.pathname + url.search), onNotice);
  return {
    isConnected: () => socket.isConnected,
    unsure: new Set(),
    open: (request, headers, listener) => {
      const stream = new Stream(listener);
      stream.close = socket.subscribe(
        request === "watch"
          ? { query: "{ __typename }", extensions: { headers, watch: true } }
          : { ...request, operationName: request.operationName ?? null, extensions: { headers } },
        stream,
      );
      return stream.close;
    },
    close: async () => socket.close(),
  };
}
