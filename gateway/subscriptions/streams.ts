import { setMaxListeners } from "node:events";
import {
  GraphQLError,
  getOperationAST,
  parse,
  validate,
  type DocumentNode,
  type GraphQLFormattedError,
  type OperationDefinitionNode,
} from "graphql";
import { LRUCache } from "lru-cache";
import { BREAK_GLASS_HEADER } from "../../platform/break-glass/grant";
import type { PostedOperation } from "../../platform/http/graphql-door";
import type { Admit } from "../admission";
import type { EngineAnswer } from "../engine/engine";
import type { Serving } from "../gateway";
import type { Identity } from "../identity/identify";
import { Audiences } from "./audience";
import type { Groups } from "./groups";
import { Member } from "./member";
import { placeOf, type Session } from "./placing";
import { resumable, type ResumableOperation } from "./resumable";
import { streamError, type Subscriber } from "./subscriber";
import type { Upstream } from "./upstream";

/** Streams kept ready; far above the operations that tools subscribe with. */
const KNOWN_STREAMS = 1_000;

export interface StreamLimits {
  readonly perPerson: number;
  readonly perAgency: number;
}
/** A person has some devices and some views open; an agency some hundreds of people. */
export const DEFAULT_STREAM_LIMITS: StreamLimits = { perPerson: 100, perAgency: 5_000 };

export type Begun =
  | { readonly kind: "refused"; readonly errors: readonly (GraphQLError | GraphQLFormattedError)[] }
  | { readonly kind: "answer"; readonly answer: EngineAnswer }
  | {
      readonly kind: "stream";
      /** The client has gone or wants no more. */
      readonly leave: () => void;
      readonly end: (error: GraphQLFormattedError) => void;
    };

export interface StreamsOptions {
  readonly serving: Serving;
  readonly groups: Groups;
  /** To each agency's streams. */
  readonly upstreams: ReadonlyMap<string, Upstream>;
  readonly admit: Admit;
  readonly limits: StreamLimits;
}

type Prepared =
  | { readonly errors: readonly GraphQLError[] }
  | {
      /** The one text of it: each stream would keep the one that it was sent. */
      readonly query: string;
      readonly document: DocumentNode;
      readonly operation: OperationDefinitionNode;
      /** For a subscription. */
      readonly resumable: ResumableOperation | undefined;
    };

/** Suggestions would name what the caller's own view does not hold. */
function withoutSuggestions(error: GraphQLError): GraphQLError {
  const message = error.message.replace(/ ?Did you mean.*$/s, "");
  return new GraphQLError(message, {
    ...(error.nodes ? { nodes: error.nodes } : {}),
    extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
  });
}

/** How many there are of each, so that there can be a most. */
class Counts {
  private readonly counts = new Map<string, number>();
  of(key: string): number {
    return this.counts.get(key) ?? 0;
  }
  add(key: string, change: 1 | -1): void {
    const count = this.of(key) + change;
    if (count === 0) this.counts.delete(key);
    else this.counts.set(key, count);
  }
}

/** What every streaming door does with an operation, whatever it is written on. */
export class Streams {
  private readonly known = new LRUCache<string, Prepared>({ max: KNOWN_STREAMS });
  private readonly counts = new Counts();
  /** Every stream there is, those too that do not know yet with whom they are shared. */
  private readonly members = new Set<Member>();

  constructor(private readonly options: StreamsOptions) {
    // Each stream is asked for again, against the schema there is now; nothing is lost to those who say after what.
    options.serving.onChange(() => {
      this.known.clear();
      this.endAll("SCHEMA_CHANGED");
    });
  }

  /** A client's connection: whose it is now, and with whom it sees the same. */
  sessionOf(identity: () => Identity, departure: () => AbortSignal): Session {
    return {
      identity,
      departure,
      audiences: new Audiences(this.options.upstreams, () => identity().headers),
    };
  }

  /** Runs an operation: a subscription's events go to the subscriber; a query or mutation is answered once. */
  async begin(posted: PostedOperation, session: Session, subscriber: Subscriber): Promise<Begun> {
    const prepared = this.prepare(posted);
    if ("errors" in prepared) return { kind: "refused", errors: prepared.errors };
    const { document, operation, resumable: stream } = prepared;
    const variables = posted.variables ?? {};
    const { operations } = this.options.serving.current();
    if (!stream) {
      const { scopes, headers } = session.identity();
      const signal = session.departure();
      // Each request of each operation that is being answered listens.
      setMaxListeners(0, signal);
      const ready = operations.prepare(posted.query, posted.operationName, document, operation);
      return {
        kind: "answer",
        answer: await ready.execute({ variables, scopes, headers, signal }),
      };
    }
    return this.subscribe({ ...posted, query: prepared.query }, stream, variables, session, subscriber);
  }

  /** Ends every stream: the gateway is going away. */
  end(): void {
    this.endAll("GOING_AWAY");
  }

  private endAll(why: "SCHEMA_CHANGED" | "GOING_AWAY"): void {
    for (const member of this.members) member.end(streamError(why));
  }

  private prepare({ query, operationName }: PostedOperation): Prepared {
    const key = `${operationName ?? ""}\n${query}`;
    const known = this.known.get(key);
    if (known) return known;
    const prepared = this.read(query, operationName);
    // What is refused today may be listed tomorrow, and costs nobody but its sender.
    if (!("errors" in prepared)) this.known.set(key, prepared);
    return prepared;
  }

  private read(query: string, operationName: string | undefined): Prepared {
    const { admit, serving } = this.options;
    const schema = serving.current().planner.apiSchema;
    let document: DocumentNode;
    try {
      admit(query);
      document = parse(query);
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] };
      throw error;
    }
    const wrong = validate(schema, document);
    if (wrong.length > 0) return { errors: wrong.map(withoutSuggestions) };
    const operation = getOperationAST(document, operationName);
    if (!operation)
      return { errors: [new GraphQLError("The document holds no such operation, or several.")] };
    const stream =
      operation.operation === "subscription" ? resumable(schema, document, operation) : undefined;
    return { query, document, operation, resumable: stream };
  }

  private subscribe(
    posted: PostedOperation,
    stream: ResumableOperation,
    variables: Readonly<Record<string, unknown>>,
    session: Session,
    subscriber: Subscriber,
  ): Begun {
    const { scopes, caller, purpose, headers } = session.identity();
    // A stream would outlast it, and no agency reads one with it.
    if (BREAK_GLASS_HEADER in headers) {
      return { kind: "refused", errors: [streamError("BREAK_GLASS_NOT_STREAMED")] };
    }
    const person = caller ? `${caller.agency}/${caller.subject}` : "";
    const agency = caller?.agency ?? "";
    const { limits, groups, serving } = this.options;
    const { operations } = serving.current();
    if (
      this.counts.of(`person ${person}`) >= limits.perPerson ||
      this.counts.of(`agency ${agency}`) >= limits.perAgency
    ) {
      return { kind: "refused", errors: [streamError("TOO_MANY_SUBSCRIPTIONS")] };
    }
    const others = stream.othersOf(variables);
    const source = operations
      // A text of its own: the cursor is taken out of it.
      .prepare(`stream\n${posted.query}`, posted.operationName, stream.document, stream.operation)
      .subscribe({ variables: others, scopes });
    if ("errors" in source) return { kind: "refused", errors: source.errors };

    const count = (change: 1 | -1) => {
      this.counts.add(`person ${person}`, change);
      this.counts.add(`agency ${agency}`, change);
    };
    const member: Member = new Member(
      subscriber,
      stream.afterOf(variables),
      () => session.identity().headers,
      () => {
        count(-1);
        this.members.delete(member);
        place.leave();
      },
    );
    const place = placeOf(member, {
      asked: [posted.query, posted.operationName, others, scopes.key, purpose],
      person: caller && person,
      source,
      session,
      groups,
    });
    count(1);
    this.members.add(member);
    return { kind: "stream", leave: () => member.leave(), end: (error) => member.end(error) };
  }
}
