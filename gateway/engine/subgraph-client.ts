import { Pool } from "undici";
import { isObject, own, type JsonObject, type JsonValue } from "./json";

/** What one subgraph answered. Whatever it sends, only this leaves the client. */
export type SubgraphAnswer =
  | { readonly kind: "answered"; readonly data: JsonObject | null; readonly errors: readonly JsonObject[] }
  | { readonly kind: "unavailable" }
  | { readonly kind: "bad-response" };

/** Sends one request body; `headers` carry the caller's token and purpose. Never throws. */
export type AskSubgraph = (
  body: string,
  headers: Record<string, string>,
  signal?: AbortSignal,
) => Promise<SubgraphAnswer>;

export interface SubgraphClient {
  readonly ask: AskSubgraph;
  close(): Promise<void>;
}

/** Connections to one subgraph: enough to keep its PostgreSQL pool busy, few enough not to drown it. */
const CONNECTIONS = 64;
/** ms; a person waits for the answer, and the rest of the view should still come. */
const ANSWER_TIMEOUT = 10_000;
const LONGEST_ANSWER = 32 * 1_048_576;

function parsed(text: string): SubgraphAnswer {
  let answer: JsonValue;
  try {
    answer = JSON.parse(text) as JsonValue;
  } catch {
    return { kind: "bad-response" };
  }
  if (!isObject(answer)) return { kind: "bad-response" };
  const data = own(answer, "data");
  const errors = own(answer, "errors");
  if (errors !== undefined && !(Array.isArray(errors) && errors.every(isObject)))
    return { kind: "bad-response" };
  if (data !== null && data !== undefined && !isObject(data)) return { kind: "bad-response" };
  if (data === undefined && errors === undefined) return { kind: "bad-response" };
  return { kind: "answered", data: data ?? null, errors: errors ?? [] };
}

/** A keep-alive pool to one subgraph's GraphQL endpoint. */
export function createSubgraphClient(address: string): SubgraphClient {
  const { origin, pathname } = new URL(address);
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    headersTimeout: ANSWER_TIMEOUT,
    bodyTimeout: ANSWER_TIMEOUT,
    connectTimeout: ANSWER_TIMEOUT,
    // undici counts the bytes: a longer answer ends the request.
    maxResponseSize: LONGEST_ANSWER,
  });
  return {
    ask: async (body, headers, signal) => {
      try {
        const response = await pool.request({
          method: "POST",
          path: pathname,
          headers: { ...headers, "content-type": "application/json", accept: "application/json" },
          body,
          signal: signal ?? null,
        });
        return parsed(await response.body.text());
      } catch {
        return { kind: "unavailable" };
      }
    },
    close: () => pool.close(),
  };
}
