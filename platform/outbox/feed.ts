import type { WakeUpBus } from "../wakeup/wake-up-bus";
import type { Outbox } from "./outbox";
import { OutboxError } from "./outbox-error";
import type { Place } from "./place";
import { subscribe, type FeedItem, type Member, type Tail, type Wanted } from "./subscription";

export interface FeedOptions {
  readonly outbox: Outbox;
  readonly bus: WakeUpBus;
  /** What the bus calls this outbox; "outbox" unless it serves several. */
  readonly topic?: string;
  /** Told once when the database stops answering, and once when it answers again: a line in the log. */
  readonly onNotice: (what: "lost" | "back") => void;
  /** ms between two looks when nobody wakes it. */
  readonly pollMs?: number;
  /** Events in one read. */
  readonly pageSize?: number;
  /** Events that may wait for one subscriber. */
  readonly capacity?: number;
}

/** The events of one database for everybody in this process. */
export interface Feed {
  /**
   * Events in order, each once, with one mark where the past ends, until the signal, `return()` or the end of the feed. While the
   * database is gone it waits, and says so: one mark that it stands still, and one where it goes on.
   * Rejects with OutboxError: CURSOR_MALFORMED, CURSOR_FOREIGN, CURSOR_EXPIRED, SLOW_CONSUMER.
   */
  subscribe(wanted: Wanted): AsyncIterableIterator<FeedItem, void>;
  /** Ends all subscriptions quietly. */
  close(): Promise<void>;
}

const POLL_MS = 1_000;
const PAGE_SIZE = 500;
const CAPACITY = 1_000;
/** ms between two reads at the least: many wake-ups in a row are one look. */
const SHORTEST_REST = 5;
/** ms after which a read counts as lost: a connection may die without a word. */
const READ_LIMIT = 10_000;
/** ms between two attempts while the database is gone. */
const RETRY_MS = 1_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Starts the one reader of an outbox in this process: it tails the outbox from now on, woken by the bus or at the latest
 * once a second, and hands each event to every subscriber. Idle it costs a statement a second, whoever subscribes. It
 * also has the outbox's months made ahead. Rejects with pg's error when the database does not answer now.
 */
export async function createFeed(options: FeedOptions): Promise<Feed> {
  const { outbox, bus, onNotice, pollMs = POLL_MS, pageSize = PAGE_SIZE, capacity = CAPACITY } = options;
  const everyone = new Set<Member>();
  const joined = new Set<Member>();
  let place = await outbox.placeOf(await outbox.head());
  let ended = false;
  let lost = false;
  let monthsDue = 0;

  let woken = false;
  let wake: () => void = () => undefined;
  const unsubscribe = bus.subscribe(options.topic ?? "outbox", () => {
    woken = true;
    wake();
  });

  /** Until somebody wakes it, or so many ms. */
  async function rest(ms: number): Promise<void> {
    if (!woken) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        wake = resolve;
        timer = setTimeout(resolve, ms);
      });
      clearTimeout(timer);
    }
    if (woken && !ended) await pause(SHORTEST_REST);
    woken = false;
  }

  /** Reads on, and says how many ms to rest. */
  async function look(heldFor: number): Promise<{ readonly restMs: number; readonly heldFor: number }> {
    const page = await inTime(outbox.readAfter(place, { topics: null, limit: pageSize }));
    for (const event of page.events) {
      for (const member of joined) if (!member.put(event)) joined.delete(member);
    }
    place = page.through;
    if (page.more) return { restMs: 0, heldFor: 0 };
    // Whoever holds events back says nothing when he lets go: looked for at once, then less and less.
    const next = page.held ? Math.min(Math.max(heldFor * 2, SHORTEST_REST), pollMs) : 0;
    return { restMs: page.held ? next : pollMs, heldFor: next };
  }

  function notice(isLost: boolean): void {
    if (isLost === lost) return;
    lost = isLost;
    onNotice(lost ? "lost" : "back");
    for (const member of everyone) member.stir();
  }

  async function tailOn(): Promise<void> {
    let heldFor = 0;
    while (!ended) {
      let restMs = pollMs;
      await makeMonths();
      try {
        ({ restMs, heldFor } = await look(heldFor));
        notice(false);
      } catch (error) {
        if (error instanceof OutboxError) await startAnew(error);
        else {
          notice(true);
          // Wake-ups do not hurry it: they would have it hammer at a server that is not there.
          await pause(RETRY_MS);
          woken = true;
        }
      }
      if (!ended) await rest(restMs);
    }
  }

  async function makeMonths(): Promise<void> {
    if (Date.now() < monthsDue) return;
    monthsDue = Date.now() + HOUR;
    const made = await inTime(outbox.makeMonths()).then(
      () => true,
      // They are made ahead, and an event whose month is missing is kept all the same: the next hour will do.
      () => false,
    );
    if (made) monthsDue = Date.now() + DAY;
  }

  /** The outbox is no longer the one it was, or has let go of what comes next: each subscriber has to know. */
  async function startAnew(error: OutboxError): Promise<void> {
    const head = await inTime(outbox.head().then((cursor) => outbox.placeOf(cursor))).catch(() => place);
    // In one step: who came in while the head was asked for would miss what was committed up to it.
    for (const member of [...everyone]) member.end(error);
    place = head;
  }

  const tail: Tail = {
    place: () => place,
    enter: (member) => void everyone.add(member),
    join: (member) => void joined.add(member),
    leave(member) {
      everyone.delete(member);
      joined.delete(member);
    },
    isLost: () => lost,
    placeOf: (cursor) => inTime(outbox.placeOf(cursor)),
    cursorOf: (at: Place) => inTime(outbox.cursorOf(at)),
    async read(after, topics) {
      const page = await inTime(outbox.readAfter(after, { topics, limit: pageSize }));
      // Who is given something by a database that is back is not told after it that it is gone.
      notice(false);
      return page;
    },
  };

  const tailing = tailOn();
  return {
    subscribe: (wanted) => subscribe(tail, wanted, capacity),
    async close() {
      ended = true;
      unsubscribe();
      wake();
      for (const member of [...everyone]) member.end();
      await tailing;
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function inTime<T>(read: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The outbox did not answer in time.")), READ_LIMIT);
  });
  try {
    return await Promise.race([read, late]);
  } finally {
    clearTimeout(timer);
  }
}
