import type { ServerResponse } from "node:http";
import type { GraphQLError, GraphQLFormattedError } from "graphql";
import type { PostedOperation } from "../../platform/http/graphql-door";
import type { Identity } from "../identity/identify";
import { textOf } from "../operations";
import type { Streams } from "./streams";
import { streamError, type Subscriber } from "./subscriber";

/** Answers one operation as a stream of server-sent events: the "distinct connections" way of graphql-sse. */
export type AnswerAsEvents = (
  posted: PostedOperation,
  identity: Identity,
  response: ServerResponse,
) => Promise<void>;

/** ms between the comments that keep proxies from closing a silent stream. */
const HEARTBEAT = 15_000;
/** ms that a timer may run. */
const LONGEST_TIMER = 2_147_483_647;

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};
const COMPLETE = "event: complete\ndata:\n\n";

const NEXT = Buffer.from("event: next\ndata: ");
const EVENT_END = Buffer.from("\n\n");

function nextEvent(payload: string | Buffer): Buffer {
  return Buffer.concat([NEXT, typeof payload === "string" ? Buffer.from(payload) : payload, EVENT_END]);
}

function refuse(response: ServerResponse, errors: readonly (GraphQLError | GraphQLFormattedError)[]): void {
  response
    .writeHead(400, { "content-type": "application/json; charset=utf-8" })
    .end(JSON.stringify({ errors }));
}

/** ms for a client to take what its stream ends with. */
const FAREWELL = 5_000;

/**
 * @param heartbeat ms between the comments that keep proxies from closing a silent stream.
 */
export function createEventStreamDoor(streams: Streams, heartbeat = HEARTBEAT): AnswerAsEvents {
  return async (posted, identity, response) => {
    // Gone while it was learnt who asks.
    if (response.destroyed) return;
    const departure = new AbortController();
    const timers: NodeJS.Timeout[] = [];
    const stopTimers = () => timers.splice(0).forEach(clearTimeout);
    response.once("close", () => {
      stopTimers();
      departure.abort();
    });

    const openResponse = () => {
      if (!response.headersSent) response.writeHead(200, HEADERS).flushHeaders();
    };
    const subscriber: Subscriber = {
      next: (events) => {
        openResponse();
        response.write(Buffer.concat(events.map(({ payload }) => nextEvent(payload))));
      },
      end: (error) => {
        openResponse();
        stopTimers();
        if (error) response.write(nextEvent(JSON.stringify({ errors: [error] })));
        response.end(COMPLETE);
        // A client that takes nothing would keep its connection for ever.
        if (!response.destroyed) timers.push(setTimeout(() => response.destroy(), FAREWELL));
      },
      unsent: () => response.writableLength,
    };
    // A notice that the feed stands still may come at once, and is written before it is known here that the stream begins.
    const session = streams.sessionOf(
      () => identity,
      () => departure.signal,
    );
    const begun = await streams.begin(posted, session, subscriber);
    if (begun.kind === "refused") return refuse(response, begun.errors);
    if (begun.kind === "answer") {
      const text = textOf(begun.answer);
      if (text === undefined) return refuse(response, begun.answer.errors);
      response.writeHead(200, HEADERS).write(nextEvent(text));
      response.end(COMPLETE);
      return;
    }
    departure.signal.addEventListener("abort", begun.leave, { once: true });
    if (departure.signal.aborted) return begun.leave();
    openResponse();
    timers.push(setInterval(() => response.write(":\n\n"), heartbeat));
    const { caller } = identity;
    if (caller) {
      const lifetime = Math.min(Math.max(caller.expiresAt.getTime() - Date.now(), 0), LONGEST_TIMER);
      timers.push(setTimeout(() => begun.end(streamError("TOKEN_EXPIRED")), lifetime));
    }
  };
}
