import type { OutboxEvent } from "./outbox";

/** What waits for one subscriber, in order: live events, up to `capacity` of them. */
export interface Mailbox {
  /** Puts an event in; one more than may wait empties it for good. False when it is no longer filled. */
  put(event: OutboxEvent): boolean;
  /** The next events that wait, so many at most. */
  take(most: number): OutboxEvent[];
  /** He was too slow: what waited for him was let go, and he has to read it again. */
  readonly overflowed: boolean;
  /** Resolves when there is something to see: an event, the overflow, or a stir. */
  waiting(): Promise<void>;
  /** Lets him who waits look around. */
  stir(): void;
}

export function createMailbox(capacity: number): Mailbox {
  let events: OutboxEvent[] = [];
  let overflowed = false;
  let stirred = false;
  let wake: () => void = () => undefined;
  const stir = () => {
    stirred = true;
    wake();
  };
  return {
    put(event) {
      if (overflowed) return false;
      if (events.length < capacity) events.push(event);
      else [events, overflowed] = [[], true];
      stir();
      return !overflowed;
    },
    take: (most) => events.splice(0, most),
    get overflowed() {
      return overflowed;
    },
    async waiting() {
      if (!stirred) await new Promise<void>((resolve) => (wake = resolve));
      stirred = false;
    },
    stir,
  };
}
