import { createHash } from "node:crypto";
import {
  GraphQLError,
  createSourceEventStream,
  execute,
  getOperationAST,
  parse,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type OperationDefinitionNode,
} from "graphql";
import type { Logger } from "pino";
import { NOT_RECORDED, type AccessRecording, type Recorded } from "../access-record/record-accesses";
import { failureFacts } from "../http/failure-facts";
import type { OutboxEvent } from "../outbox/outbox";
import { sortKeyOf } from "../outbox/place";
import type { FeedItem } from "../outbox/subscription";
import type { Feed } from "../outbox/feed";
import type { Caller } from "../caller/caller";
import type { SubgraphSchema } from "./subgraph-schema";
import type { RequestContext } from "./request-context";
import { endingStream } from "./ending-stream";
import { endingOf, fieldErrorOf, isInternal, streamError } from "./stream-error";

/** A subscription as the hub asks for it. */
export interface AskedOperation {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What the resolvers of a subscription's root field find in their context, beside the agency's own. */
export interface Fed {
  readonly feed: Feed | undefined;
}

export interface EventStreamsOptions<Context extends RequestContext> {
  readonly subgraph: SubgraphSchema;
  readonly authorize: (document: DocumentNode, source: string, scopes: ReadonlySet<string>) => void;
  readonly recording: AccessRecording<Context>;
  /** The agency's events; undefined: it has none. */
  readonly feed: Feed | undefined;
  readonly log: Logger;
}

/** ms for which an event is read again and again while its reading fails: as long as a database takes to come back. */
const PATIENCE = 30_000;
const SHORTEST_WAIT = 100;
const LONGEST_WAIT = 2_000;

/** An event was read, and might not be told. */
class NotRecorded extends GraphQLError {
  constructor() {
    super(NOT_RECORDED.message, { extensions: NOT_RECORDED.extensions });
  }
}

interface Read {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/**
 * Begins subscriptions. Whatever an event's place in the past, it is read at the moment at which it is told, with the row
 * access of that moment, and together with those that are told with it; what the caller may not see then is passed over
 * without a word. Events carry no data: what is told is what the records say.
 */
export function createEventStreams<Context extends RequestContext>(options: EventStreamsOptions<Context>) {
  const { subgraph, authorize, recording, feed, log } = options;
  const { schema } = subgraph;

  function read({ query, operationName }: AskedOperation): Read {
    const document = parse(query);
    const [wrong] = validate(schema, document);
    if (wrong)
      throw new GraphQLError("The document is not valid here.", {
        extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
      });
    const operation = getOperationAST(document, operationName);
    if (operation?.operation !== "subscription") throw streamError("SUBSCRIPTIONS_ONLY");
    return { document, operation };
  }

  /**
   * Begins one. `contextNow` makes what events are read with; `mayTell` is asked when they have been read: the stream ends with
   * AUDIENCE_CHANGED when they are not for those for whom they were read.
   *
   * @throws GraphQLError UNAUTHORIZED_FIELD_OR_TYPE, SUBSCRIPTIONS_ONLY, or of a document that is not valid.
   */
  return async function begin(
    asked: AskedOperation,
    caller: Caller,
    contextNow: () => Context & Recorded,
    mayTell: () => Promise<boolean>,
  ): Promise<AsyncGenerator<ExecutionResult, void, void>> {
    const { document, operation } = read(asked);
    const context = contextNow();
    authorize(document, asked.query, context.scopes);
    const hash = createHash("sha256").update(asked.query).digest("hex");
    const request = {
      schema,
      document,
      operationName: asked.operationName ?? null,
      variableValues: asked.variables,
    };

    /** Tells one event with what was loaded for several; what goes into its answer is noted for it alone. */
    async function tellWith(loaded: Context & Recorded, event: OutboxEvent): Promise<ExecutionResult | null> {
      const ownContext = { ...loaded };
      recording.begin(ownContext);
      const answer = await execute({ ...request, rootValue: event, contextValue: ownContext });
      const { data = null, errors = [] } = answer;
      const isShown = Object.values(data ?? {}).some((value) => value !== null);
      // Nothing of the event is left: it failed as a whole, or the caller may not see it.
      if (!isShown) {
        if (errors[0]) throw errors[0];
        return null;
      }
      await recording
        .write({ document, operation, hash, variables: asked.variables, answer }, ownContext)
        .catch((error: unknown) => {
          log.error(failureFacts(error), "an access could not be recorded");
          throw new NotRecorded();
        });
      const extensions = { cursor: event.cursor, position: sortKeyOf(event.place) };
      const shown = errors.map((error) => fieldErrorOf(error, log));
      return { data, ...(shown.length > 0 ? { errors: shown } : {}), extensions };
    }

    /** An alert that a passing failure kept back would never be told: it is tried again, and its stream waits. */
    async function tell(event: OutboxEvent, ended: () => boolean): Promise<ExecutionResult | null> {
      const until = Date.now() + PATIENCE;
      for (let wait = SHORTEST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
        try {
          return await tellWith(contextNow(), event);
        } catch (error) {
          const mayPass = isInternal(error) || error instanceof NotRecorded;
          if (!mayPass || ended() || Date.now() + wait > until) throw error;
          await new Promise((resolve) => setTimeout(resolve, wait));
        }
      }
    }

    async function mustBeTheirs(): Promise<void> {
      if (!(await mayTell())) throw streamError("AUDIENCE_CHANGED");
    }

    /** Reads events together and tells them in order. What waited for one that failed is read again after it. */
    async function* tellAll(
      events: readonly OutboxEvent[],
      ended: () => boolean,
    ): AsyncGenerator<ExecutionResult, void> {
      for (let rest = events; rest.length > 0;) {
        const loaded = contextNow();
        const read = await Promise.allSettled(rest.map((event) => tellWith(loaded, event)));
        await mustBeTheirs();
        const failed = read.findIndex(({ status }) => status === "rejected");
        const told = failed === -1 ? read : read.slice(0, failed);
        for (const outcome of told) if (outcome.status === "fulfilled" && outcome.value) yield outcome.value;
        if (failed === -1) return;
        const late = await tell(rest[failed]!, ended);
        await mustBeTheirs();
        if (late) yield late;
        rest = rest.slice(failed + 1);
      }
    }

    const fed: Context & Fed = { ...context, feed };
    const source = await createSourceEventStream({ ...request, contextValue: fed });
    if (!(Symbol.asyncIterator in source)) {
      throw source.errors?.[0] ?? streamError("INTERNAL_SERVER_ERROR");
    }
    return endingStream({
      source: source as AsyncIterableIterator<FeedItem, void>,
      expiresAt: caller.expiresAt,
      errorOf: (error) => endingOf(error, log),
      resultsOf: async function* (item, ended) {
        if (item.standsStill) {
          yield { data: null, extensions: { standsStill: true } };
        } else if (item.live) {
          const { cursor, place } = item;
          yield { data: null, extensions: { cursor, position: sortKeyOf(place), live: true } };
        } else yield* tellAll(item.events, ended);
      },
    });
  };
}

/**
 * What a subscription's root field subscribes to: the agency's events of some topics, after the argument `after`. Its
 * resolver is given one event as its root, and answers null for what the caller may not see, or did not ask for.
 */
export function eventsOf(...topics: readonly [string, ...string[]]) {
  return ({ args, context }: { args: Record<string, unknown>; context: Fed }) => {
    if (!context.feed) throw new Error("A subgraph with subscriptions needs a feed.");
    const { after } = args as { after?: string | null };
    return context.feed.subscribe({ topics, ...(after == null ? {} : { after }) });
  };
}
