import { setMaxListeners } from "node:events";
import type { GraphQLFormattedError } from "graphql";
import type { EngineAnswer, EventSource } from "../engine/engine";
import { GatheredAsks } from "../engine/gathered-asks";
import type { OpenUpstream, Place, UpstreamEvent } from "./upstream";
import { readingEndedBy } from "./reader-ending";
import { AFTER_VARIABLE } from "./resumable";
import { streamError, type CompletedEvent } from "./subscriber";

/** Whose eyes a stream is read with: the token and purpose that go to the agencies. */
export type Headers = Readonly<Record<string, string>>;

export interface FeedListener {
  /** Completed events, one or more that are ready at one time, in the order of the agency's feed. */
  events(events: readonly CompletedEvent[]): void;
  /** All that had happened up to here has been sent. */
  live(place: Place): void;
  /** The feed stands still; once for each time. */
  interrupted(): void;
  /** It is over for good: the agency ended it, or an event could not be handed on. */
  ended(errors: readonly GraphQLFormattedError[]): void;
}

export interface FeedOptions {
  readonly source: EventSource;
  readonly open: OpenUpstream;
  readonly headers: Headers;
  readonly after: string | undefined;
  /** Subgraphs not to be asked now, for an event that several will see. */
  readonly withheld: () => ReadonlySet<string> | undefined;
  /** False while it is not known, after a loss, whether those for whom it is read still see the same. */
  readonly mayOpen: () => boolean;
  /** Hears why an event could not be handed on. */
  readonly onFailure: (error: unknown) => void;
  readonly listener: FeedListener;
}

/** ms before the first attempt to come back, and the longest between two. */
const SHORTEST_WAIT = 100;
const LONGEST_WAIT = 2_000;
/** Events being completed at one time; more wait in the agency's log. */
const MOST_IN_HAND = 256;

function payloadOf({ data, errors }: EngineAnswer, cursor: string | undefined): Buffer {
  const wrong = errors.length === 0 ? "" : `,"errors":${JSON.stringify(errors)}`;
  const place = cursor === undefined ? "" : `,"extensions":{"cursor":${JSON.stringify(cursor)}}`;
  return Buffer.from(`{"data":${JSON.stringify(data ?? null)}${wrong}${place}}`);
}

/**
 * Reads one agency's stream with one caller's eyes, and completes each event once. Events are completed side by side and
 * handed on in order, those together that are ready in one round of the event loop. A lost connection is opened again after
 * the last event, for as long as it takes.
 */
export class Feed {
  /** After it, nothing has been received. */
  private received: string | undefined;
  /** After it, nothing has been handed on: what was received since is lost with this feed, and read again by the next. */
  private passedOn: string | undefined;
  private readonly departure = new AbortController();
  private readonly gathered = new GatheredAsks();
  private closeUpstream: (() => void) | undefined;
  private reopening: NodeJS.Timeout | undefined;
  private nextWait = SHORTEST_WAIT;
  private isInterrupted = false;
  private inHand = 0;
  /** Completed, in order, to be handed on in this round. */
  private ready: CompletedEvent[] = [];
  private handedOn: Promise<void> = Promise.resolve();

  constructor(private readonly options: FeedOptions) {
    this.received = this.passedOn = options.after;
    // Each request of each event in hand listens.
    setMaxListeners(0, this.departure.signal);
    this.connect();
  }

  /** Where it stands: the cursor to open the same feed again after. */
  get cursor(): string | undefined {
    return this.passedOn;
  }

  close(): void {
    this.departure.abort();
    clearTimeout(this.reopening);
    this.closeUpstream?.();
  }

  private get isClosed(): boolean {
    return this.departure.signal.aborted;
  }

  private connect(): void {
    const { source, open, headers, mayOpen } = this.options;
    if (!mayOpen()) return this.wait(SHORTEST_WAIT);
    const { request } = source;
    const place = this.received === undefined ? {} : { [AFTER_VARIABLE]: this.received };
    this.closeUpstream = open({ ...request, variables: { ...request.variables, ...place } }, headers, {
      event: (event) => this.receive(event),
      lost: () => this.lost(),
      ended: (errors) => {
        // What was received before is handed on first.
        this.afterEvents(() => this.options.listener.ended(errors));
      },
    });
  }

  private receive(event: UpstreamEvent): void {
    if (this.isClosed) return;
    if (event.standsStill) return this.interrupt();
    this.received = event.place?.cursor ?? this.received;
    this.isInterrupted = false;
    this.nextWait = SHORTEST_WAIT;
    const { answer, place } = event;
    if (!answer) {
      if (place) {
        this.afterEvents(() => {
          this.passedOn = place.cursor;
          this.options.listener.live(place);
        });
      }
      return;
    }
    this.inHand += 1;
    const { source, headers, withheld } = this.options;
    const { signal } = this.departure;
    const { gathered } = this;
    const completed = source.complete(answer, { headers, signal, withheld: withheld(), gathered });
    // It is looked at when its turn comes.
    completed.catch(() => undefined);
    this.inOrder(async () => {
      const whole = await completed;
      this.inHand -= 1;
      // Closed meanwhile, its requests were cut short: it is not all there.
      if (this.isClosed) return;
      const [ended] = whole.errors.flatMap((error) => readingEndedBy(error) ?? []);
      if (ended) {
        this.handOn();
        // Whoever was ended by what was handed on may have been the reader: then another reads already.
        if (this.isClosed) return;
        this.close();
        return this.options.listener.ended([ended]);
      }
      if (this.ready.length === 0) setImmediate(() => this.handOn());
      this.ready.push({ payload: payloadOf(whole, place?.cursor), place });
    });
    if (this.inHand >= MOST_IN_HAND) this.pause();
  }

  /** More than can be completed at one time: the rest is asked for again when this is done. */
  private pause(): void {
    if (this.received === undefined) {
      return this.fail(new Error("A feed without cursors is faster than its events can be completed."));
    }
    this.closeUpstream?.();
    this.closeUpstream = undefined;
    this.inOrder(() => {
      if (this.closeUpstream === undefined) this.connect();
    });
  }

  private handOn(): void {
    const events = this.ready;
    if (this.isClosed || events.length === 0) return;
    this.ready = [];
    this.passedOn = events.at(-1)?.place?.cursor ?? this.passedOn;
    try {
      this.options.listener.events(events);
    } catch (error) {
      this.fail(error);
    }
  }

  private inOrder(work: () => void | Promise<void>): void {
    this.handedOn = this.handedOn
      .then(async () => {
        if (!this.isClosed) await work();
      })
      .catch((error: unknown) => this.fail(error));
  }

  private afterEvents(work: () => void): void {
    this.inOrder(() => {
      this.handOn();
      if (!this.isClosed) work();
    });
  }

  /** What comes after the event that failed would come without it: the feed ends there, and says so. */
  private fail(error: unknown): void {
    if (this.isClosed) return;
    this.options.onFailure(error);
    this.handOn();
    if (this.isClosed) return;
    this.close();
    this.options.listener.ended([streamError("FEED_FAILED")]);
  }

  private lost(): void {
    // Not all at once, when an agency comes back.
    const wait = this.nextWait * (0.5 + Math.random() / 2);
    this.nextWait = Math.min(this.nextWait * 2, LONGEST_WAIT);
    this.wait(wait);
  }

  private wait(milliseconds: number): void {
    if (this.isClosed) return;
    this.interrupt();
    this.reopening = setTimeout(() => this.connect(), milliseconds);
  }

  private interrupt(): void {
    if (this.isInterrupted) return;
    this.isInterrupted = true;
    this.afterEvents(() => this.options.listener.interrupted());
  }
}
