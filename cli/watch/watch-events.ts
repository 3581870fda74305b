import { createClient } from "graphql-ws";
import type { GraphQLFormattedError } from "graphql";
import WebSocket from "ws";

export interface WatchOptions {
  readonly url: string;
  /** A subscription whose root field takes `after: $after`. */
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly after: string | undefined;
  /**
   * The feed that the events come from, as the query's root field: its `cursor` is asked where there is no `after`, so that
   * what happens in a break before the first event is not lost. Absent, or refused to this caller: it begins with what comes
   * once it is let in.
   */
  readonly feed?: string;
  /** Asked at each connection: a token that has expired is followed by another. */
  readonly connectionParams: () => Promise<Record<string, unknown>>;
  readonly onEvent: (data: unknown) => void;
  /** Something that is no event, in one sentence: interrupted, going on after a cursor. */
  readonly onNotice: (notice: string) => void;
  /**
   * The cursor is not taken: the hub said why, and it goes on after the oldest there is, or anew. Events may be missing, which
   * the one who reads must hear loudly. Absent: such a cursor ends the watch.
   */
  readonly onMissing?: (notice: string) => void;
  readonly signal: AbortSignal;
}

/** ms between two attempts to connect. */
const WAIT = 1_000;

/** Codes after which going on from the last cursor is right; all others end the watch. */
const RESUMABLE: ReadonlySet<string> = new Set([
  "SLOW_CONSUMER",
  "TOKEN_EXPIRED",
  "GOING_AWAY",
  "SCHEMA_CHANGED",
  "TOO_MANY_SUBSCRIPTIONS",
  "ACCESS_NOT_RECORDED",
  "FEED_FAILED",
]);

/** Codes of a cursor that will not be taken another time either. */
const LOST: ReadonlySet<string> = new Set(["CURSOR_EXPIRED", "CURSOR_FOREIGN", "CURSOR_MALFORMED"]);

/** Close codes of the protocol: the token is not taken; nor is what else was presented. */
const UNAUTHORIZED = 4401;
const FORBIDDEN = 4403;

interface Payload {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
  readonly extensions?: { readonly cursor?: string } | undefined;
}

function codeOf(errors: readonly GraphQLFormattedError[]): string {
  const code = errors[0]?.extensions?.["code"];
  return typeof code === "string" ? code : "no code";
}

/** The oldest cursor that the hub has, where it gives one. */
function oldestOf(errors: readonly GraphQLFormattedError[]): string | undefined {
  const oldest = errors[0]?.extensions?.["oldest"];
  return typeof oldest === "string" ? oldest : undefined;
}

type Ended = readonly GraphQLFormattedError[] | { readonly refusal: string } | "unreachable" | "closed";

/** What ended a stream: the hub's errors, what a socket was closed for before it was ever let in, or a break. */
function endingOf(error: unknown, wasLetIn: boolean): Ended {
  if (Array.isArray(error)) return error as GraphQLFormattedError[];
  const {
    code,
    reason,
    error: cause,
  } = error as { code?: number; reason?: string; error?: { code?: string } };
  if (cause?.code === "ECONNREFUSED") return "unreachable";
  if (!wasLetIn && (code === UNAUTHORIZED || code === FORBIDDEN)) return { refusal: reason ?? String(code) };
  return "closed";
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    signal.addEventListener("abort", over);
  });
}

/**
 * Prints a subscription's events for as long as it is wanted, going on after the last event whenever the stream breaks.
 *
 * @throws Error when the hub refuses the subscription itself: what it said, with the code.
 */
export async function watchEvents(options: WatchOptions): Promise<void> {
  const { url, query, variables, connectionParams, feed, onEvent, onNotice, onMissing, signal } = options;
  let cursor = options.after;
  let wasLetIn = false;
  const on = { connected: () => void (wasLetIn = true) };
  const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams, on });
  signal.addEventListener("abort", () => void client.dispose(), { once: true });

  /** Where the feed stands now. */
  function place(query: string): Promise<string | undefined> {
    return new Promise((resolve) => {
      let found: string | undefined;
      const over = () => resolve(found);
      client.subscribe(
        { query },
        {
          next: ({ data }) => {
            const [feed] = Object.values(data ?? {}) as ({ readonly cursor?: string } | null)[];
            found = feed?.cursor;
          },
          error: over,
          complete: over,
        },
      );
    });
  }

  function streamOnce(): Promise<Ended> {
    return new Promise((resolve) => {
      client.subscribe(
        { query, variables: { ...variables, after: cursor ?? null } },
        {
          next: (payload) => {
            const { data, errors, extensions } = payload as Payload;
            cursor = extensions?.cursor ?? cursor;
            if (data === null && errors) onNotice(`${feed ? `${feed}: ` : ""}${errors[0]!.message}`);
            else onEvent(data);
          },
          error: (error) => resolve(endingOf(error, wasLetIn)),
          complete: () => resolve("closed"),
        },
      );
    });
  }

  while (!signal.aborted) {
    if (feed !== undefined) cursor ??= await place(`{ ${feed} { cursor } }`);
    const end = await streamOnce();
    if (signal.aborted) break;
    if (end === "unreachable") onNotice(`Nothing answers at ${url}; trying again.`);
    else if (end !== "closed" && "refusal" in end) throw new Error(`The hub refused: ${end.refusal}.`);
    else if (end !== "closed" && onMissing && LOST.has(codeOf(end))) {
      cursor = oldestOf(end);
      const from = cursor === undefined ? "beginning anew" : `going on after ${cursor}`;
      onMissing(`EVENTS MAY BE MISSING (${codeOf(end)}): ${from}; read the lists.`);
    } else if (end !== "closed" && !RESUMABLE.has(codeOf(end))) {
      throw new Error(`${end[0]?.message ?? "The hub refused."} (${codeOf(end)})`);
    } else {
      const from = cursor === undefined ? "from now, for there was no event yet" : "where it was";
      onNotice(`The stream broke, going on ${from}.`);
    }
    await sleep(WAIT, signal);
  }
}
