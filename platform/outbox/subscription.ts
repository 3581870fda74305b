import { createMailbox } from "./mailbox";
import type { EventPage, OutboxEvent } from "./outbox";
import { OutboxError } from "./outbox-error";
import { comparePlaces, type Place } from "./place";

/** What a subscriber asks for. */
export interface Wanted {
  /** The cursor after which he goes on; without one he gets what the feed has not read yet: at most a second of the past. */
  readonly after?: string;
  /** Null: all. */
  readonly topics: readonly string[] | null;
  /** Ends it quietly. */
  readonly signal?: AbortSignal;
}

/** All that had been committed before has been given, what comes now is new: once, and again after each standstill. */
export interface LiveMark {
  readonly live: true;
  readonly standsStill?: never;
  /** To go on from, as after an event. */
  readonly cursor: string;
  readonly place: Place;
}

/** Events that were at hand together, in order: to be read together, since a read for each would be many. */
export interface Stretch {
  readonly live?: never;
  readonly events: readonly OutboxEvent[];
  readonly standsStill?: never;
}

/** No events: the database does not answer, and what follows comes when it does. Once for each time, till the next live mark. */
export interface Standstill {
  readonly live?: never;
  readonly events: readonly never[];
  readonly standsStill: true;
}

export type FeedItem = Stretch | Standstill | LiveMark;

const STANDSTILL: Standstill = { events: [], standsStill: true };

/** Events in one stretch: what is read together is told together, so that the last is told as it was read. */
const LONGEST_STRETCH = 32;
/** ms between two attempts while the database is gone. */
const RETRY_MS = 1_000;

/** What a subscription has of its feed. */
export interface Tail {
  /** Where the feed has read to; what comes after it is put to all who have joined. */
  place(): Place;
  /** To be ended with the feed. */
  enter(member: Member): void;
  /** To be told of every event from now on too. */
  join(member: Member): void;
  leave(member: Member): void;
  /** Whether the database did not answer when it was last asked for events; each member is stirred when that changes. */
  isLost(): boolean;
  /** These reject with OutboxError, or since the database does not answer. */
  placeOf(cursor: string): Promise<Place>;
  cursorOf(place: Place): Promise<string>;
  read(after: Place, topics: readonly string[] | null): Promise<EventPage>;
}

/** A subscription as its feed sees it. */
export interface Member {
  /** False when it is no longer to be told. */
  put(event: OutboxEvent): boolean;
  /** Has it look around. */
  stir(): void;
  /** Ends it, with an error or quietly. */
  end(error?: Error): void;
}

/**
 * One reader of a feed. Behind, he reads pages of the table as he asks for them; once there is no more he joins the tail,
 * reads what lies between, and then takes what the tail puts into his mailbox.
 */
export function subscribe(
  tail: Tail,
  { after, topics, signal }: Wanted,
  capacity: number,
): AsyncIterableIterator<FeedItem, void> {
  const wanted = topics === null ? null : new Set(topics);
  const mailbox = createMailbox(capacity);
  let place = tail.place();
  let left = signal?.aborted ?? false;
  let failure: Error | undefined;
  let isLive = false;
  /** The reader has been told that it does, and not yet that it goes on. */
  let standsStill = false;

  const member: Member = {
    put: (event) => ((wanted?.has(event.topic) ?? true) ? mailbox.put(event) : true),
    stir: () => mailbox.stir(),
    end(error) {
      failure ??= error;
      leave();
    },
  };
  const leave = () => {
    left = true;
    tail.leave(member);
    signal?.removeEventListener("abort", leave);
    mailbox.stir();
  };
  signal?.addEventListener("abort", leave, { once: true });
  if (!left) {
    tail.enter(member);
    // At once, and not when he first asks: what comes from here on is his.
    if (after === undefined) tail.join(member);
  }

  /** Events that come next. */
  function stretch(events: readonly OutboxEvent[]): Stretch {
    place = events.at(-1)!.place;
    return { events };
  }

  function standstill(): Standstill {
    standsStill = true;
    return STANDSTILL;
  }

  /** Asks again until the database answers. */
  async function* patiently<T>(ask: () => Promise<T>): AsyncGenerator<Standstill, T> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (error instanceof OutboxError || left) throw error;
        if (!standsStill) yield standstill();
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        if (left) throw error;
      }
    }
  }

  async function* catchUp(cursor: string): AsyncGenerator<Stretch | Standstill, void> {
    place = yield* patiently(() => tail.placeOf(cursor));
    let joinedAt: Place | undefined;
    while (!left) {
      const page = yield* patiently(() => tail.read(place, topics));
      for (let from = 0; from < page.events.length; from += LONGEST_STRETCH) {
        if (left) return;
        yield stretch(page.events.slice(from, from + LONGEST_STRETCH));
      }
      place = page.through;
      if (page.more) continue;
      if (joinedAt === undefined) {
        joinedAt = tail.place();
        tail.join(member);
      }
      // What the tail had passed when he joined is nowhere but in the table.
      if (comparePlaces(place, joinedAt) >= 0) return;
    }
  }

  async function* run(): AsyncGenerator<FeedItem, void> {
    try {
      if (after !== undefined && !left) yield* catchUp(after);
      while (!left) {
        if (!tail.isLost() && (standsStill || !isLive)) {
          const cursor = yield* patiently(() => tail.cursorOf(place));
          [isLive, standsStill] = [true, false];
          yield { live: true, place, cursor };
        }
        if (mailbox.overflowed) throw new OutboxError("SLOW_CONSUMER", await tail.cursorOf(place));
        const waiting = mailbox.take(LONGEST_STRETCH);
        if (waiting.length === 0) {
          if (tail.isLost() && !standsStill) yield standstill();
          else await mailbox.waiting();
        }
        const events = waiting.filter((event) => comparePlaces(event.place, place) > 0);
        if (events.length > 0) yield stretch(events);
      }
    } catch (error) {
      // Who has left is told nothing of what broke under him.
      if (!left) throw error;
    } finally {
      leave();
    }
    if (failure !== undefined) throw failure;
  }

  const events = run();
  return {
    next: () => events.next(),
    return() {
      // A `next` under way ends by this; a generator alone would wait for it.
      leave();
      return events.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
