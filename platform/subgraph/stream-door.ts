import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { GraphQLSchema, parse, type ExecutionResult } from "graphql";
import { handleProtocols, makeServer, type SubscribePayload } from "graphql-ws";
import type { Logger } from "pino";
import { WebSocketServer, type WebSocket } from "ws";
import { failureFacts } from "../http/failure-facts";
import type { VerifyHubSignature } from "../hub-signature/verify";
import { endingOf, streamError } from "./stream-error";

export interface StreamDoorLimits {
  /** Bytes of one message. */
  readonly longestMessage: number;
  readonly streamsPerSocket: number;
  readonly sockets: number;
  /** ms for the first message to come. */
  readonly initTimeout: number;
  /** ms between pings; who has not answered by the next is gone. */
  readonly heartbeat: number;
}
export const DEFAULT_STREAM_LIMITS: StreamDoorLimits = {
  // As large as an operation may be.
  longestMessage: 262_144,
  streamsPerSocket: 20_000,
  // Each of the hub's gateways has one.
  sockets: 100,
  initTimeout: 5_000,
  heartbeat: 15_000,
};

export interface StreamDoorOptions {
  readonly isNotTheHubs: VerifyHubSignature;
  /** Begins what one message asks for; a GraphQLError it throws is the answer. */
  readonly begin: (payload: SubscribePayload) => Promise<AsyncGenerator<ExecutionResult, void, void>>;
  readonly log: Logger;
  readonly limits?: Partial<StreamDoorLimits>;
}

export interface StreamDoor {
  /** Takes the upgrade requests of /graphql. */
  attach(server: Server): void;
  /** Ends every stream. */
  close(): Promise<void>;
}

const GOING_AWAY = 1001;
const INTERNAL_ERROR = 4500;
/** ms for peers to say farewell. */
const FAREWELL = 1_000;

const NO_BODY = new Uint8Array();
const NO_SCHEMA = new GraphQLSchema({});
const A_SUBSCRIPTION = parse("subscription { event }");

const NOT_FOUND = "HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
const FULL = "HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

function refusal({ status, code, message }: NonNullable<ReturnType<VerifyHubSignature>>): string {
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  return (
    `HTTP/1.1 ${status} Unauthorized\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\n` +
    `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  );
}

interface Connection {
  streams: number;
}

/** The door for `graphql-transport-ws`, for the hub alone: subscriptions of many users on one socket. */
export function createStreamDoor({ isNotTheHubs, begin, log, limits = {} }: StreamDoorOptions): StreamDoor {
  const {
    longestMessage,
    streamsPerSocket,
    sockets: mostSockets,
    initTimeout,
    heartbeat,
  } = {
    ...DEFAULT_STREAM_LIMITS,
    ...limits,
  };
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols,
    maxPayload: longestMessage,
    perMessageDeflate: false,
    clientTracking: true,
  });
  let closing = false;

  const server = makeServer<Record<string, unknown>, Connection>({
    connectionInitWaitTimeout: initTimeout,
    onSubscribe: async ({ extra }, _id, payload) => {
      if (extra.streams >= streamsPerSocket) return [streamError("TOO_MANY_SUBSCRIPTIONS")];
      extra.streams += 1;
      try {
        return { schema: NO_SCHEMA, document: A_SUBSCRIPTION, contextValue: await begin(payload) };
      } catch (error) {
        extra.streams -= 1;
        return [endingOf(error, log)];
      }
    },
    // Called once for each that was begun, however it ended.
    onComplete: ({ extra }) => {
      extra.streams -= 1;
    },
    subscribe: ({ contextValue }) => contextValue as AsyncGenerator<ExecutionResult, void, void>,
  });

  function connected(socket: WebSocket): void {
    let isAlive = true;
    const beat = setInterval(() => {
      if (!isAlive) return socket.terminate();
      isAlive = false;
      socket.ping();
    }, heartbeat);
    socket.on("pong", () => {
      isAlive = true;
    });
    const closed = server.opened(
      {
        protocol: socket.protocol,
        // A stream goes on when the socket has taken what was sent: what a slow peer does not take waits in the feed.
        send: (text) => new Promise<void>((resolve) => socket.send(text, () => resolve())),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (listener) =>
          socket.on("message", (message: Buffer) => {
            listener(message.toString("utf8")).catch((error: unknown) => {
              log.error(failureFacts(error), "a message of the hub could not be answered");
              socket.close(INTERNAL_ERROR, "Internal server error");
            });
          }),
      },
      { streams: 0 },
    );
    socket.on("error", () => socket.terminate());
    socket.once("close", (code, reason) => {
      clearInterval(beat);
      void closed(code, reason.toString());
    });
  }

  return {
    attach: (http) => {
      http.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        // Whoever is refused may be gone already.
        socket.on("error", () => socket.destroy());
        const { method = "", url = "", headers } = request;
        const path = url.split("?")[0];
        if (path !== "/graphql" && path !== "/") return void socket.end(NOT_FOUND);
        const refused = isNotTheHubs({ method, target: url, headers }, NO_BODY);
        if (refused) return void socket.end(refusal(refused));
        if (closing || sockets.clients.size >= mostSockets) return void socket.end(FULL);
        sockets.handleUpgrade(request, socket, head, connected);
      });
    },
    close: async () => {
      closing = true;
      for (const socket of sockets.clients) socket.close(GOING_AWAY, "The agency is going away.");
      const impatience = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, FAREWELL);
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
      clearTimeout(impatience);
    },
  };
}
