import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, graphql, parse, type DocumentNode, type GraphQLFormattedError } from "graphql";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { WebSocketServer, type WebSocket } from "ws";
import { SHARED_HEADER } from "../../../platform/subgraph/shared-reading";

/** The event agency of the tests: arrests in a log of its own, over the protocol that the agencies speak to the gateway. */
export const ARRESTS = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@requiresScopes"])
  scalar Cursor
  type Query { nothing: Boolean @authenticated feed: Feed @authenticated }
  type Feed { cursor: Cursor @authenticated }
  type Subscription {
    arrests(after: Cursor, level: String): Arrest! @authenticated
    plain: Arrest! @authenticated
    secret: Arrest! @requiresScopes(scopes: [["secret"]])
  }
  type Arrest {
    id: ID! @authenticated
    level: String! @authenticated
    note: String @requiresScopes(scopes: [["secret"]])
    person: Person! @authenticated
  }
  type Person @key(fields: "id") { id: ID! @authenticated }
`);

/** The agency that adds to its people. */
export const NAMES = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@requiresScopes"])
  type Query { greeting: String @authenticated }
  type Person @key(fields: "id") { id: ID! @authenticated name: String @authenticated }
`);

interface Arrest {
  readonly id: string;
  readonly level: string;
}

interface Subscribe {
  readonly id: string;
  readonly payload: {
    readonly query: string;
    readonly variables?: Record<string, unknown>;
    readonly extensions?: { readonly headers?: Record<string, string>; readonly watch?: boolean };
  };
}

interface Running {
  readonly socket: WebSocket;
  readonly message: Subscribe;
  readonly headers: Record<string, string>;
}

type Moved = (headers: { readonly authorization?: string | undefined }) => boolean;
const readsForOthers = (headers: Readonly<Record<string, unknown>>): boolean =>
  headers[SHARED_HEADER] !== undefined;
const AUDIENCE_CHANGED = { message: "No.", extensions: { code: "AUDIENCE_CHANGED" } };
const EXPIRED = { message: "No.", extensions: { code: "UNAUTHENTICATED", reason: "TOKEN_EXPIRED" } };

const positionOf = (index: number) => String(index).padStart(8, "0");

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** Speaks graphql-transport-ws with cursors, and can be told to misbehave. */
export class ArrestAgency {
  readonly log: Arrest[] = [];
  readonly running = new Set<Running>();
  /** Subscribe messages received, in order. */
  readonly subscribed: Subscribe[] = [];
  /** Which audience a caller belongs to, by the headers that were shown. */
  audienceOf: (headers: Record<string, string>) => string = () => "everybody";
  readonly watching = new Set<Running>();
  /** Whether a caller may not see an arrest. */
  hides: (headers: Record<string, string>, id: string) => boolean = () => false;
  /** Whether a caller has just come into an audience of his own, which nobody has been told yet. */
  hasMoved: Moved = () => false;
  /** Tells nobody to which audience they belong. */
  isSilent = false;
  /** Takes no connection. */
  isDown = false;
  private standsStill = false;
  private readonly schema = buildSubgraphSchema({ typeDefs: ARRESTS });
  /** Over HTTP it is asked where its feed stands, and nothing else. */
  private readonly server = createServer((_request, response) =>
    response.end(JSON.stringify({ data: { feed: { cursor: `c${this.log.length - 1}` } } })),
  );
  private readonly sockets = new WebSocketServer({
    server: this.server,
    handleProtocols: () => "graphql-transport-ws",
  });
  url = "";

  async open(): Promise<void> {
    this.sockets.on("connection", (socket) => {
      if (this.isDown) return socket.terminate();
      socket.on("message", (raw: Buffer) => void this.receive(socket, raw.toString()));
      socket.on("close", () => {
        for (const set of [this.running, this.watching]) {
          for (const one of set) if (one.socket === socket) set.delete(one);
        }
      });
    });
    this.url = `http://127.0.0.1:${await listen(this.server)}/graphql`;
  }

  /** Records an arrest, and tells those who listen. */
  async arrest(id: string, level = "B"): Promise<void> {
    this.log.push({ id, level });
    const index = this.log.length - 1;
    await Promise.all([...this.running].map((one) => this.send(one, index)));
  }

  /** Every connection breaks. */
  breakConnections(): void {
    for (const socket of this.sockets.clients) socket.terminate();
  }

  /** Its database is gone, or back: it says so on every stream, and on those that begin meanwhile. */
  standStill(standsStill: boolean): void {
    this.standsStill = standsStill;
    for (const one of this.running) this.mark(one, this.log.length - 1);
  }

  /** Ends every stream with an error, as an agency refuses. */
  refuse(error: GraphQLFormattedError): void {
    for (const one of this.running) {
      this.running.delete(one);
      one.socket.send(JSON.stringify({ id: one.message.id, type: "error", payload: [error] }));
    }
  }

  async close(): Promise<void> {
    this.breakConnections();
    this.sockets.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async receive(socket: WebSocket, raw: string): Promise<void> {
    const message = JSON.parse(raw) as { type: string } & Subscribe;
    if (message.type === "connection_init") socket.send('{"type":"connection_ack"}');
    if (message.type === "ping") socket.send('{"type":"pong"}');
    if (message.type === "complete") {
      for (const set of [this.running, this.watching]) {
        for (const one of set) if (one.socket === socket && one.message.id === message.id) set.delete(one);
      }
    }
    if (message.type === "subscribe") await this.begin(socket, message);
  }

  /** Tells everybody who watches which audience they belong to now. */
  announce(): void {
    for (const one of this.watching) this.tellAudience(one);
  }

  private tellAudience({ socket, message, headers }: Running): void {
    if (this.isSilent) return;
    const payload = { data: null, extensions: { audience: this.audienceOf(headers) } };
    socket.send(JSON.stringify({ id: message.id, type: "next", payload }));
  }

  private async begin(socket: WebSocket, message: Subscribe): Promise<void> {
    const headers = message.payload.extensions?.headers ?? {};
    const running: Running = { socket, message, headers };
    if (message.payload.extensions?.watch) {
      this.watching.add(running);
      return this.tellAudience(running);
    }
    this.subscribed.push(message);
    const after = message.payload.variables?.["_hubAfter"];
    const from = typeof after === "string" ? Number(after.slice(1)) + 1 : this.log.length;
    const until = this.log.length;
    if (this.standsStill) {
      this.running.add(running);
      return this.mark(running, until - 1);
    }
    for (let index = from; index < until; index += 1) await this.send(running, index);
    this.mark(running, until - 1);
    // What was recorded in between.
    for (let index = until; index < this.log.length; index += 1) await this.send(running, index);
    this.running.add(running);
  }

  /** Says where the past ends, or that nothing can be said of it. */
  private mark(running: Running, index: number): void {
    if (!this.standsStill) return this.next(running, null, index, { live: true });
    const payload = { data: null, extensions: { standsStill: true } };
    running.socket.send(JSON.stringify({ id: running.message.id, type: "next", payload }));
  }

  private next(running: Running, data: unknown, index: number, more: object = {}, errors?: unknown): void {
    const extensions = { cursor: `c${index}`, position: positionOf(index + 1), ...more };
    const payload = { data, extensions, ...(errors ? { errors } : {}) };
    running.socket.send(JSON.stringify({ id: running.message.id, type: "next", payload }));
  }

  private async send(running: Running, index: number): Promise<void> {
    const arrest = this.log[index]!;
    if (readsForOthers(running.headers) && this.hasMoved(running.headers)) {
      this.running.delete(running);
      const payload = [AUDIENCE_CHANGED];
      return running.socket.send(JSON.stringify({ id: running.message.id, type: "error", payload }));
    }
    if (this.hides(running.headers, arrest.id)) return;
    const { query, variables } = running.message.payload;
    const value = { ...arrest, person: { id: `p-${arrest.id}` } };
    const document: DocumentNode = parse(query);
    const { data, errors } = await execute({
      schema: this.schema,
      document,
      rootValue: { arrests: value, plain: value, secret: value },
      variableValues: variables ?? {},
    });
    this.next(running, data, index, {}, errors);
  }
}

/** Answers entities over HTTP, counts the requests, and says that all who watch are one audience. */
export class NameAgency {
  requests = 0;
  /** Requests whose asker went away before the answer. */
  abandoned = 0;
  hasMoved: Moved = () => false;
  /** Whether a caller's token has expired, by this agency's clock. */
  hasExpired: Moved = () => false;
  /** Settled before an answer leaves. */
  held: Promise<unknown> = Promise.resolve();
  url = "";
  private readonly schema = buildSubgraphSchema({
    typeDefs: NAMES,
    resolvers: {
      Person: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `name of ${id}` }) },
    },
  });
  private readonly server = createServer((request, response) => {
    response.once("close", () => {
      if (!response.writableFinished) this.abandoned += 1;
    });
    void this.answer(request).then((answer) =>
      response.setHeader("content-type", "application/json").end(JSON.stringify(answer)),
    );
  });
  private readonly sockets = new WebSocketServer({
    server: this.server,
    handleProtocols: () => "graphql-transport-ws",
  });

  async open(): Promise<void> {
    this.sockets.on("connection", (socket) => {
      socket.on("message", (raw: Buffer) => {
        const { type, id } = JSON.parse(raw.toString()) as { type: string; id: string };
        const payload = { data: null, extensions: { audience: "everybody" } };
        if (type === "connection_init") socket.send('{"type":"connection_ack"}');
        if (type === "subscribe") socket.send(JSON.stringify({ id, type: "next", payload }));
      });
    });
    this.url = `http://127.0.0.1:${await listen(this.server)}/graphql`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets.clients) socket.terminate();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage): Promise<unknown> {
    this.requests += 1;
    const { query, variables } = JSON.parse(await text(request)) as {
      query: string;
      variables?: Record<string, unknown>;
    };
    await this.held;
    const { headers } = request;
    if (readsForOthers(headers) && this.hasMoved(headers)) return { errors: [AUDIENCE_CHANGED] };
    if (this.hasExpired(headers)) return { errors: [EXPIRED] };
    return graphql({ schema: this.schema, source: query, variableValues: variables ?? {} });
  }
}
