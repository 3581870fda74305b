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

function subscriberOf(response: ServerResponse): Subscriber {
  return {
    next: (payload) => void response.write(nextEvent(payload)),
    end: (error) => {
      if (error) response.write(nextEvent(JSON.stringify({ errors: [error] })));
      response.end(COMPLETE);
    },
    unsent: () => response.writableLength,
  };
}

export function createEventStreamDoor(streams: Streams): AnswerAsEvents {
  return async (posted, identity, response) => {
    // Nothing is written before the stream is known to begin; its own first event comes later than that.
    const session = streams.sessionOf(() => identity);
    const begun = await streams.begin(posted, session, subscriberOf(response));
    if (begun.kind === "refused") return refuse(response, begun.errors);
    if (begun.kind === "answer") {
      const text = textOf(begun.answer);
      if (text === undefined) return refuse(response, begun.answer.errors);
      response.writeHead(200, HEADERS).write(nextEvent(text));
      response.end(COMPLETE);
      return;
    }
    response.writeHead(200, HEADERS).flushHeaders();
    const beat = setInterval(() => response.write(":\n\n"), HEARTBEAT);
    const { caller } = identity;
    const expiry =
      caller &&
      setTimeout(
        () => begun.end(streamError("TOKEN_EXPIRED")),
        Math.min(Math.max(caller.expiresAt.getTime() - Date.now(), 0), LONGEST_TIMER),
      );
    response.once("close", () => {
      clearInterval(beat);
      clearTimeout(expiry);
      begun.leave();
    });
  };
}
