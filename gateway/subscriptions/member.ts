import type { Headers } from "./feed";
import { INTERRUPTION, streamError, type CompletedEvent, type Subscriber } from "./subscriber";
import type { GraphQLFormattedError } from "graphql";
import type { Place } from "./upstream";

/** Bytes that a client may leave unread before its stream is ended. */
const MOST_UNSENT = 1_048_576;

/** One client's stream: it is sent each event once, in order, whoever reads the feed for it. */
export class Member {
  private position: string | undefined;
  private isEnded = false;
  private isInterrupted = false;

  /**
   * @param cursor Of the last event the client has.
   * @param headersNow The caller's token and purpose; read for each opening, so that a renewed token is used.
   * @param departed Called once when the stream ends, for whatever reason.
   */
  constructor(
    private readonly subscriber: Subscriber,
    public cursor: string | undefined,
    readonly headersNow: () => Headers,
    private readonly departed: () => void,
  ) {}

  /** Sends events in their order, those that have not been sent; ends the stream of a client that does not keep up. */
  send(events: readonly CompletedEvent[]): void {
    // They ascend: where the first is due, all are, and nothing is copied.
    const due = events[0] && this.isDue(events[0]) ? events : events.filter((event) => this.isDue(event));
    const last = due.at(-1);
    if (this.isEnded || !last) return;
    if (this.subscriber.unsent() > MOST_UNSENT) return this.end(streamError("SLOW_CONSUMER"));
    this.reached(last.place);
    this.isInterrupted = false;
    this.subscriber.next(due);
  }

  private isDue({ place }: CompletedEvent): boolean {
    return !place || this.position === undefined || place.position > this.position;
  }

  /** Everything up to a place has been sent. */
  reached(place: Place | undefined): void {
    if (!place) return;
    this.cursor = place.cursor;
    this.position = place.position;
  }

  /** Tells the client that its feed stands still: once, whoever reads it meanwhile, until it goes on. */
  interrupted(): void {
    if (this.isEnded || this.isInterrupted) return;
    this.isInterrupted = true;
    this.subscriber.next([INTERRUPTION]);
  }

  goesOn(): void {
    this.isInterrupted = false;
  }

  /** Ends the stream: with an error, which then says where to go on from, or as complete. */
  end(error: GraphQLFormattedError | undefined): void {
    if (this.isEnded) return;
    this.leave();
    const place = this.cursor === undefined ? {} : { cursor: this.cursor };
    this.subscriber.end(error && { ...error, extensions: { ...error.extensions, ...place } });
  }

  /** The client has gone, or has asked for no more. */
  leave(): void {
    if (this.isEnded) return;
    this.isEnded = true;
    this.departed();
  }
}
