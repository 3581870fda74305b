import type { IncomingHttpHeaders, IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import {
  GraphQLError,
  GraphQLSchema,
  parse,
  type ExecutionResult,
  type GraphQLFormattedError,
} from "graphql";
import { handleProtocols, makeServer } from "graphql-ws";
import type { Logger } from "pino";
import { WebSocketServer, type WebSocket } from "ws";
import { failureFacts } from "../../platform/http/failure-facts";
import type { Identify, Identity, Presented } from "../identity/identify";
import type { Session } from "./placing";
import type { Streams } from "./streams";
import { Ending } from "./ending";
import { eventFrames, headOf } from "./event-frame";
import { documentUnknown, namesNoDocument, withDocumentText } from "./listed-documents";
import type { Subscriber } from "./subscriber";

export interface WebSocketDoorOptions {
  readonly streams: Streams;
  readonly identify: Identify;
  readonly log: Logger;
  /** Sockets that one person may have; nobody needs more than streams. */
  readonly socketsPerPerson: number;
  /** ms for the first message to come. */
  readonly initTimeout?: number | undefined;
  /** ms between pings. */
  readonly heartbeat?: number | undefined;
  /** The text of a listed operation, by its id; absent: ids mean nothing here. */
  readonly documentText?: ((id: string) => string | undefined) | undefined;
}

export interface WebSocketDoor {
  /** Takes the upgrade requests of /graphql. */
  attach(server: Server): void;
  close(): Promise<void>;
}

/** Bytes of one message from a client: as large as an operation may be. */
const LONGEST_MESSAGE = 262_144;
/** Bytes of answers that a client may leave unread and still ask for more: some of the largest. */
const MOST_UNREAD = 16_777_216;
const MOST_SOCKETS = 20_000;
/** ms between looks at all sockets, for tokens that have expired and clients that are due a ping. */
const SWEEP = 500;
/** "Unauthorized" of the protocol: the token is missing, wrong or has expired; the reason says which. */
const UNAUTHORIZED = 4401;
/** "Forbidden" of the protocol. */
const FORBIDDEN = 4403;
const GOING_AWAY = 1001;

const NOT_FOUND = "HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n";
const FULL = "HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n";
const PONG = '{"type":"pong"}';

const NO_SCHEMA = new GraphQLSchema({});
const A_SUBSCRIPTION = parse("subscription { event }");
const A_QUERY = parse("{ answer }");

interface Connection {
  readonly session: Session;
  /** Made by the first query or mutation: most sockets carry streams alone. */
  departure: AbortController | undefined;
  readonly socket: WebSocket;
  /** Below it. */
  readonly wire: Duplex;
  /** What the upgrade request presented; kept until the caller is let in. */
  upgrade: IncomingHttpHeaders;
  current: Identity | undefined;
  /** ms, as of Date.now(); so is the next. */
  expiresAt: number;
  pingAt: number;
  /** Has answered the last ping. */
  isAlive: boolean;
}

function reasonOf(error: unknown): string | undefined {
  if (!(error instanceof GraphQLError)) return undefined;
  const { reason, code } = error.extensions as { reason?: string; code?: string };
  return reason ?? code;
}

function asGraphQLError(error: GraphQLError | GraphQLFormattedError): GraphQLError {
  if (error instanceof GraphQLError) return error;
  return new GraphQLError(error.message, { path: error.path ?? null, extensions: error.extensions ?? null });
}

/**
 * Events go past both libraries: one would write each of them out again for each client, the other encode it. The frames of
 * others do not get in between, since without compression they too are written in the moment they are sent.
 */
function subscriberOf({ socket, wire }: Connection, id: string, ending: Ending): Subscriber {
  const head = headOf(id);
  return {
    next: (events) => {
      if (socket.readyState === socket.OPEN) wire.write(eventFrames(head, events));
    },
    end: (error) => ending.finish(error),
    unsent: () => socket.bufferedAmount,
  };
}

function departureOf(connection: Connection): AbortSignal {
  const { socket } = connection;
  connection.departure ??= new AbortController();
  if (socket.readyState === socket.CLOSED) connection.departure.abort();
  return connection.departure.signal;
}

/** It stays with the socket for good: a function made at the upgrade would keep the whole request. */
function destroyIt(this: Duplex): void {
  this.destroy();
}

/** What the first message presents; a client that can set headers may have done so instead. */
function presentedBy(payload: unknown, headers: IncomingHttpHeaders): Presented {
  const lower = Object.entries((payload ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
    typeof value === "string" ? [[name.toLowerCase(), value]] : [],
  );
  return { ...headers, ...(Object.fromEntries(lower) as Record<string, string>) };
}

/** The door for `graphql-transport-ws`: queries, mutations and subscriptions on one socket. */
export function createWebSocketDoor(options: WebSocketDoorOptions): WebSocketDoor {
  const {
    streams,
    identify,
    log,
    socketsPerPerson,
    documentText,
    initTimeout = 5_000,
    heartbeat = 15_000,
  } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols,
    maxPayload: LONGEST_MESSAGE,
    perMessageDeflate: false,
    clientTracking: true,
  });

  const connections = new Set<Connection>();
  /** Of those who were let in, by person: one alone must not take the room of all. */
  const socketsOf = new Map<string, number>();
  const personOf = (current: Identity | undefined) =>
    current?.caller && `${current.caller.agency}/${current.caller.subject}`;
  function count(person: string | undefined, change: 1 | -1): void {
    if (person === undefined) return;
    const sockets = (socketsOf.get(person) ?? 0) + change;
    if (sockets === 0) socketsOf.delete(person);
    else socketsOf.set(person, sockets);
  }

  /** One timer for all: some thousand sockets with two or three of their own would cost more than the sockets. */
  function sweep(): void {
    const now = Date.now();
    for (const connection of connections) {
      const { socket } = connection;
      if (now >= connection.expiresAt) {
        connection.expiresAt = Infinity;
        socket.close(UNAUTHORIZED, "TOKEN_EXPIRED");
      }
      if (now < connection.pingAt) continue;
      if (!connection.isAlive) {
        socket.terminate();
        continue;
      }
      connection.isAlive = false;
      connection.pingAt = now + heartbeat;
      socket.ping();
    }
  }
  const sweeping = setInterval(sweep, Math.min(SWEEP, heartbeat));

  async function letIn(connection: Connection, payload: unknown): Promise<boolean> {
    try {
      const identity = await identify(presentedBy(payload, connection.upgrade));
      const before = connection.current?.caller;
      const after = identity.caller;
      const isAnother =
        connection.current !== undefined &&
        (before?.subject !== after?.subject ||
          before?.agency !== after?.agency ||
          connection.current.scopes.key !== identity.scopes.key ||
          connection.current.purpose !== identity.purpose);
      if (isAnother) {
        connection.socket.close(UNAUTHORIZED, "ANOTHER_CALLER");
        return false;
      }
      if (connection.current === undefined) {
        const person = personOf(identity);
        if (person !== undefined && (socketsOf.get(person) ?? 0) >= socketsPerPerson) {
          connection.socket.close(FORBIDDEN, "TOO_MANY_SOCKETS");
          return false;
        }
        // Gone while it was learnt who he is.
        if (connections.has(connection)) count(person, 1);
      }
      connection.current = identity;
      connection.upgrade = {};
      connection.expiresAt = after?.expiresAt.getTime() ?? Infinity;
      return true;
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === undefined) log.error(failureFacts(error), "a socket's caller could not be verified");
      connection.socket.close(UNAUTHORIZED, reason ?? "UNAUTHENTICATED");
      return false;
    }
  }

  const server = makeServer<Record<string, unknown>, Connection>({
    connectionInitWaitTimeout: initTimeout,
    onConnect: ({ extra, connectionParams }) => letIn(extra, connectionParams),
    onSubscribe: async ({ extra }, id, payload) => {
      if (namesNoDocument(payload)) return [documentUnknown()];
      const { query, operationName, variables } = payload;
      const ending = new Ending();
      const begun = await streams.begin(
        { query, operationName: operationName ?? undefined, variables: variables ?? undefined },
        extra.session,
        subscriberOf(extra, id, ending),
      );
      // It runs already: the library is told only which kind it is, and what comes of it.
      switch (begun.kind) {
        case "refused":
          return begun.errors.map(asGraphQLError);
        case "stream":
          ending.leave = begun.leave;
          return { schema: NO_SCHEMA, document: A_SUBSCRIPTION, contextValue: ending };
        case "answer": {
          const { data, errors } = begun.answer;
          const wrong = errors.map(asGraphQLError);
          if (data === undefined) return wrong;
          const result = wrong.length === 0 ? { data } : { data, errors: wrong };
          return { schema: NO_SCHEMA, document: A_QUERY, contextValue: result };
        }
      }
    },
    subscribe: ({ contextValue }) => contextValue as Ending,
    execute: ({ contextValue }) => contextValue as ExecutionResult,
  });

  /** The token is renewed without a break by a ping that carries the new one. */
  async function renew(connection: Connection, payload: unknown): Promise<void> {
    const { current } = connection;
    if (!current || typeof payload !== "object" || payload === null || !("authorization" in payload)) return;
    await letIn(connection, { ...current.headers, ...payload });
  }

  function connected(socket: WebSocket, wire: Duplex, upgrade: IncomingHttpHeaders): void {
    const connection: Connection = {
      departure: undefined,
      socket,
      wire,
      upgrade,
      current: undefined,
      expiresAt: Infinity,
      pingAt: Date.now() + heartbeat,
      isAlive: true,
      session: streams.sessionOf(
        () => connection.current!,
        () => departureOf(connection),
      ),
    };
    connections.add(connection);
    socket.on("pong", () => {
      connection.isAlive = true;
    });
    const closed = server.opened(
      {
        protocol: socket.protocol,
        send: (text) => new Promise<void>((resolve) => socket.send(text, () => resolve())),
        close: (code, reason) => socket.close(code, reason),
        onPing: async (payload) => {
          await renew(connection, payload);
          if (socket.readyState === socket.OPEN) socket.send(PONG);
        },
        onMessage: (listener) =>
          socket.on("message", (message: Buffer) => {
            if (socket.bufferedAmount > MOST_UNREAD) return socket.terminate();
            listener(withDocumentText(message.toString("utf8"), documentText)).catch((error: unknown) => {
              log.error(failureFacts(error), "a socket's message could not be answered");
              socket.close(4500, "Internal server error");
            });
          }),
      },
      connection,
    );
    socket.on("error", () => socket.terminate());
    socket.once("close", (code, reason) => {
      connections.delete(connection);
      count(personOf(connection.current), -1);
      connection.departure?.abort();
      void closed(code, reason.toString());
    });
  }

  return {
    attach: (http) => {
      http.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        // Whoever is refused may be gone already.
        socket.on("error", destroyIt);
        const path = request.url?.split("?")[0];
        if (path !== "/graphql" && path !== "/") return void socket.end(NOT_FOUND);
        if (sockets.clients.size >= MOST_SOCKETS) return void socket.end(FULL);
        sockets.handleUpgrade(request, socket, head, (opened) => connected(opened, socket, request.headers));
      });
    },
    close: async () => {
      clearInterval(sweeping);
      for (const socket of sockets.clients)
        socket.close(GOING_AWAY, "The hub is going away: subscribe again.");
      await new Promise<void>((resolve) => {
        const wait = setTimeout(() => {
          for (const socket of sockets.clients) socket.terminate();
        }, 1_000);
        sockets.close(() => {
          clearTimeout(wait);
          resolve();
        });
      });
    },
  };
}
