import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { HeaderMap, type ApolloServer, type BaseContext } from "@apollo/server";
import type { RequestToSign } from "../hub-signature/message";

/** What a door answers that is no GraphQL. */
export interface BesideAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers posts to a path of its own, body and all. */
export type BesideDoor = (request: RequestToSign, body: Buffer) => Promise<BesideAnswer>;

export interface DoorOptions<Context extends BaseContext> {
  readonly apollo: ApolloServer<Context>;
  /** Builds the context of one request; a GraphQLError it throws is the answer. */
  readonly contextOf: (request: IncomingMessage, response: ServerResponse) => Promise<Context>;
  /** The text of an operation that a client names by its id (`documentId`); absent: ids mean nothing here. */
  readonly documentText?: (id: string) => string | undefined;
  /**
   * Lets an operation's text in before it is parsed; a GraphQLError it throws is the answer. Apollo Server's own hooks
   * there report every error as an internal one.
   */
  readonly admit?: (source: string) => void;
  /**
   * Answers an operation that Apollo Server has parsed, validated and answered before, without going through it again.
   * Undefined: not such a one, let Apollo Server have it.
   */
  readonly answerKnown?: (
    operation: PostedOperation,
    context: Context,
  ) => Promise<string | undefined> | undefined;
  /** Looks at a GraphQL request, body and all, before any of it is parsed; what it returns is the answer. */
  readonly refuse?: (request: IncomingMessage, body: Buffer) => DoorRefusal | undefined;
  /** Answers a client that accepts `text/event-stream`; absent: nobody is answered so. */
  readonly answerAsEvents?: (
    operation: PostedOperation,
    context: Context,
    response: ServerResponse,
  ) => Promise<void>;
  /** What people are shown who GET a path, "/" among them, and of which host they asked it; undefined: nothing. */
  readonly pageOf?: (
    path: string,
    search: string,
    host: string | undefined,
  ) => Promise<BesideAnswer | undefined>;
  /** Given the server before it listens, to take requests for an upgrade. */
  readonly attach?: (server: Server) => void;
  /** By path, such as "/holds": what this server answers beside GraphQL. */
  readonly beside?: Readonly<Record<string, BesideDoor>>;
  readonly port: number;
  readonly host: string;
  /** Answers /health/ready: true when the server can do its work. */
  readonly ready: () => Promise<boolean>;
  /** Hears of a failure that is nobody's request's fault; the caller is told only that it failed. */
  readonly onFailure: (error: unknown) => void;
}

export interface DoorRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export interface Door {
  readonly url: string;
  /** Stops accepting, lets requests under way finish, then closes. */
  close(): Promise<void>;
}

/** A plain operation as clients post it: no extensions, nothing out of the ordinary. */
export interface PostedOperation {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/** Bounds what one request may send; a GraphQL operation of the largest tool is a tenth of it. */
const LONGEST_BODY = 1_048_576;

class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
}

function bodyOf(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= LONGEST_BODY) return void chunks.push(chunk);
      chunks.length = 0;
      reject(new Refused(413, "BODY_TOO_LARGE", `The request is longer than ${LONGEST_BODY} bytes.`));
    });
    request.on("end", () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.on("error", reject);
    request.on("close", () => {
      if (!request.complete) reject(new Refused(400, "BAD_REQUEST", "The request was cut off."));
    });
  });
}

function parsedBody(request: IncomingMessage, body: Buffer): unknown {
  if (request.method !== "POST") return undefined;
  const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new Refused(415, "UNSUPPORTED_MEDIA_TYPE", "Send the operation as application/json.");
  }
  try {
    return JSON.parse(body.toString("utf8")) as unknown;
  } catch {
    throw new Refused(400, "BAD_REQUEST", "The request's body is not JSON.");
  }
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}

/** Characters. */
const LONG_ANSWER = 16_384;

const JSON_ANSWER = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" };

function optional<T>(value: unknown, is: (value: unknown) => value is T): value is T | undefined {
  return value === undefined || is(value);
}
const isText = (value: unknown): value is string => typeof value === "string";
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function takesPlainJson({ headers: { accept } }: IncomingMessage): boolean {
  return accept === undefined || accept === "*/*" || accept === "application/json";
}

function takesEvents({ method, headers: { accept } }: IncomingMessage): boolean {
  return method === "POST" && accept !== undefined && accept.includes("text/event-stream");
}

/** The operation in a body when it is a plain one; else Apollo Server decides what it is. */
function plainOperation(body: unknown): PostedOperation | undefined {
  if (!isRecord(body)) return undefined;
  const { query, operationName, variables, ...others } = body;
  for (const _ in others) return undefined;
  if (!isText(query) || !optional(operationName, isText) || !optional(variables, isRecord)) return undefined;
  return { query, operationName, variables };
}

function unknownDocument(): Refused {
  return new Refused(400, "DOCUMENT_UNKNOWN", "No operation on the list has the documentId given.");
}

/** The request with the text of the operation in place of its id. */
function withDocument(body: unknown, search: string, documentText: (id: string) => string | undefined) {
  const { documentId, ...others } = isRecord(body) ? body : {};
  if (isText(documentId) && others["query"] === undefined) {
    const query = documentText(documentId);
    if (query === undefined) throw unknownDocument();
    return { body: { ...others, query }, search };
  }
  const parameters = new URLSearchParams(search);
  const id = parameters.get("documentId");
  if (id === null || parameters.has("query")) return { body, search };
  const query = documentText(id);
  if (query === undefined) throw unknownDocument();
  parameters.delete("documentId");
  parameters.set("query", query);
  return { body, search: `?${parameters.toString()}` };
}

/** The operation's text; undefined when the client names it by a hash that Apollo Server knows. */
function sourceOf(body: unknown, search: string): string | undefined {
  const source = isRecord(body) ? body["query"] : new URLSearchParams(search).get("query");
  return isText(source) ? source : undefined;
}

async function answerGraphQL<Context extends BaseContext>(
  options: DoorOptions<Context>,
  request: IncomingMessage,
  asked: string,
  response: ServerResponse,
): Promise<void> {
  const { apollo, contextOf, admit, answerAsEvents, answerKnown, documentText, refuse } = options;
  const raw = await bodyOf(request);
  const refusal = refuse?.(request, raw);
  if (refusal) throw new Refused(refusal.status, refusal.code, refusal.message);
  const sent = parsedBody(request, raw);
  const { body, search } = documentText
    ? withDocument(sent, asked, documentText)
    : { body: sent, search: asked };
  const context = contextOf(request, response);
  // Apollo Server reports a refusal in its own way, below.
  context.catch(() => undefined);
  const plain = plainOperation(body);
  if (plain && answerAsEvents && takesEvents(request)) {
    const known = await context.catch(() => undefined);
    if (known) return answerAsEvents(plain, known, response);
  }
  if (plain && answerKnown && takesPlainJson(request)) {
    const text = await context.then(
      (known) => answerKnown(plain, known),
      () => undefined,
    );
    if (text !== undefined) {
      // A short text leaves in one piece with its headers; a long one would be copied once more for that.
      const body = text.length > LONG_ANSWER ? Buffer.from(text) : text;
      response.writeHead(200, { ...JSON_ANSWER, "content-length": Buffer.byteLength(body) }).end(body);
      return;
    }
  }
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: request.method ?? "GET", headers: headersOf(request), search, body },
    context: async () => {
      const known = await context;
      const source = sourceOf(body, search);
      if (source !== undefined) admit?.(source);
      return known;
    },
  });
  response.writeHead(answer.status ?? 200, Object.fromEntries(answer.headers));
  if (answer.body.kind === "complete") {
    response.end(answer.body.string);
    return;
  }
  for await (const chunk of answer.body.asyncIterator) response.write(chunk);
  response.end();
}

async function answerPage<Context extends BaseContext>(
  { pageOf }: DoorOptions<Context>,
  { method, headers }: IncomingMessage,
  url: string,
  response: ServerResponse,
): Promise<boolean> {
  if (method !== "GET" && method !== "HEAD") return false;
  const { pathname, search } = new URL(url, "http://hub");
  const page = await pageOf?.(pathname, search, headers.host);
  if (page === undefined) return false;
  response.writeHead(page.status, { ...page.headers, "cache-control": "no-store" }).end(page.body);
  return true;
}

async function answer<Context extends BaseContext>(
  options: DoorOptions<Context>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = request.url ?? "/";
  const beside = request.method === "POST" ? options.beside?.[url] : undefined;
  if (beside) {
    const { headers } = request;
    const {
      status,
      headers: more,
      body,
    } = await beside({ method: "POST", target: url, headers }, await bodyOf(request));
    response.writeHead(status, { ...JSON_ANSWER, ...more }).end(body);
    return;
  }
  const queryAt = url.indexOf("?");
  const path = queryAt < 0 ? url : url.slice(0, queryAt);
  if (path === "/" && (await answerPage(options, request, url, response))) return;
  switch (path) {
    case "/":
    case "/graphql":
      return answerGraphQL(options, request, queryAt < 0 ? "" : url.slice(queryAt), response);
    case "/health/live":
      return send(response, 200, { status: "live" });
    case "/health/ready": {
      const ready = await options.ready();
      return send(response, ready ? 200 : 503, { status: ready ? "ready" : "not ready" });
    }
    default:
      if (await answerPage(options, request, url, response)) return;
      throw new Refused(404, "NOT_FOUND", "The GraphQL endpoint is /graphql.");
  }
}

/**
 * Opens the HTTP door in front of an Apollo Server: /graphql, /health/live and /health/ready.
 *
 * @throws Error in one sentence when the port is taken.
 */
export async function openDoor<Context extends BaseContext>(options: DoorOptions<Context>): Promise<Door> {
  let closing = false;
  /** Connections on which nothing was asked yet: Node counts them as busy. */
  const unused = new Set<Socket>();
  function forget(this: Socket): void {
    unused.delete(this);
  }
  const server = createServer((request, response) => {
    unused.delete(request.socket);
    // A client that keeps its connection busy must not keep the door open.
    response.once("finish", () => closing && setImmediate(() => server.closeIdleConnections()));
    if (closing) response.setHeader("connection", "close");
    answer(options, request, response).catch((error: unknown) => {
      if (response.headersSent) return void response.destroy();
      if (!(error instanceof Refused)) options.onFailure(error);
      const refused =
        error instanceof Refused ? error : new Refused(500, "INTERNAL_SERVER_ERROR", "The request failed.");
      if (refused.status === 413) response.setHeader("connection", "close");
      send(response, refused.status, {
        errors: [{ message: refused.message, extensions: { code: refused.code } }],
      });
    });
  });
  server.on("connection", (socket: Socket) => {
    unused.add(socket);
    socket.once("close", forget);
  });
  // Longer than the keep-alive of clients, so that the client, not the server, lets an idle connection go.
  server.keepAliveTimeout = 65_000;
  if (options.attach) {
    options.attach(server);
    server.on("upgrade", ({ socket }: IncomingMessage) => unused.delete(socket));
  }
  const port = await listen(server, options.port, options.host);
  return {
    url: `http://${options.host}:${port}/graphql`,
    close: async () => {
      closing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      for (const socket of unused) socket.destroy();
      await closed;
    },
  };
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      reject(taken ? new Error(`Port ${port} on ${host} is in use by another program.`) : error);
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}
