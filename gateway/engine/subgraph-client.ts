import { Pool, type Dispatcher } from "undici";
import { SIGNATURE_HEADER } from "../../platform/hub-signature/message";
import type { SignRequest } from "../../platform/hub-signature/sign";
import { createCircuitBreaker, type CircuitBreaker } from "./circuit-breaker";
import { isObject, own, type JsonObject, type JsonValue } from "./json";

/** What one subgraph answered. Whatever it sends, only this leaves the client. */
export type SubgraphAnswer =
  | { readonly kind: "answered"; readonly data: JsonObject | null; readonly errors: readonly JsonObject[] }
  | { readonly kind: "unavailable" }
  | { readonly kind: "bad-response" };

export interface SubgraphRequest {
  readonly body: string;
  /** The caller's token and purpose. */
  readonly headers: Readonly<Record<string, string>>;
  /** A mutation is never sent twice. */
  readonly isMutation: boolean;
  readonly signal: AbortSignal | undefined;
}

/** Never throws. */
export type AskSubgraph = (request: SubgraphRequest) => Promise<SubgraphAnswer>;

export interface SubgraphClient {
  readonly ask: AskSubgraph;
  close(): Promise<void>;
}

export interface SubgraphClientOptions {
  /** Connections kept: enough to keep its PostgreSQL pool busy, few enough not to drown it. */
  readonly connections?: number;
  /** ms; a person waits for the answer, and the rest of the view should still come. */
  readonly timeout?: number;
  /** Bytes of one answer. */
  readonly longestAnswer?: number;
  readonly breaker?: CircuitBreaker;
  /** Absent: the subgraph is another's, which knows no signature. */
  readonly sign?: SignRequest;
}

const UNAVAILABLE: SubgraphAnswer = { kind: "unavailable" };
const BAD_RESPONSE: SubgraphAnswer = { kind: "bad-response" };
const NO_ERRORS: readonly JsonObject[] = [];

function parsed(text: string): SubgraphAnswer {
  let answer: JsonValue;
  try {
    answer = JSON.parse(text) as JsonValue;
  } catch {
    return BAD_RESPONSE;
  }
  if (!isObject(answer)) return BAD_RESPONSE;
  const data = own(answer, "data");
  const errors = own(answer, "errors");
  if (errors !== undefined && !(Array.isArray(errors) && errors.every(isObject))) return BAD_RESPONSE;
  if (data !== null && data !== undefined && !isObject(data)) return BAD_RESPONSE;
  if (data === undefined && errors === undefined) return BAD_RESPONSE;
  return { kind: "answered", data: data ?? null, errors: errors ?? NO_ERRORS };
}

/** The whole answer, or the code of what kept it from coming. */
type Outcome = { readonly text: string } | { readonly code: string };

/** Gathers one response without a stream in between; settles exactly once. */
class Gathering implements Dispatcher.DispatchHandler {
  private readonly chunks: Buffer[] = [];
  private length = 0;
  private controller: Dispatcher.DispatchController | undefined;

  constructor(
    private readonly longest: number,
    private readonly signal: AbortSignal | undefined,
    private readonly settle: (outcome: Outcome) => void,
  ) {}

  private readonly abort = () => this.controller?.abort(new Error("The client went away."));

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.signal?.aborted) this.abort();
    else this.signal?.addEventListener("abort", this.abort, { once: true });
  }

  onResponseStart(): void {
    this.chunks.length = 0;
    this.length = 0;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.length += chunk.length;
    if (this.length > this.longest) controller.abort(new Error("The answer is too long."));
    else this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.signal?.removeEventListener("abort", this.abort);
    const whole = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks, this.length);
    this.settle({ text: whole.toString("utf8") });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.signal?.removeEventListener("abort", this.abort);
    this.settle({ code: (error as NodeJS.ErrnoException).code ?? "" });
  }
}

/** The connection had been closed by the other side: the request was not worked on. */
const CLOSED: ReadonlySet<string> = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);

/** A keep-alive pool to one subgraph's GraphQL endpoint, behind a circuit breaker. */
export function createSubgraphClient(address: string, options: SubgraphClientOptions = {}): SubgraphClient {
  const { connections = 64, timeout = 10_000, longestAnswer = 32 * 1_048_576 } = options;
  const breaker = options.breaker ?? createCircuitBreaker();
  const { origin, pathname } = new URL(address);
  const pool = new Pool(origin, {
    connections,
    headersTimeout: timeout,
    bodyTimeout: timeout,
    connect: { timeout },
  });

  /** Each sending is signed by itself: a second one under the same signature would be a replay. */
  function send({ body, headers, signal }: SubgraphRequest): Promise<Outcome> {
    const signature = options.sign?.({ method: "POST", target: pathname, headers }, body);
    return new Promise((resolve) => {
      pool.dispatch(
        {
          method: "POST",
          path: pathname,
          headers: {
            ...headers,
            "content-type": "application/json",
            accept: "application/json",
            ...(signature === undefined ? undefined : { [SIGNATURE_HEADER]: signature }),
          },
          body,
        },
        new Gathering(longestAnswer, signal, resolve),
      );
    });
  }

  return {
    ask: async (request) => {
      if (!breaker.mayPass()) return UNAVAILABLE;
      let outcome = await send(request);
      if ("code" in outcome && CLOSED.has(outcome.code) && !request.isMutation && !request.signal?.aborted) {
        outcome = await send(request);
      }
      if ("code" in outcome) {
        // A client that goes away says nothing of the subgraph.
        if (!request.signal?.aborted) breaker.failed();
        return UNAVAILABLE;
      }
      breaker.succeeded();
      return parsed(outcome.text);
    },
    close: () => pool.close(),
  };
}
