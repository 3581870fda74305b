import type { Outbox } from "./outbox";

/** Where an agency's feed stands. */
export interface FeedReading {
  /** The cursor of now. */
  readonly cursor: string;
  readonly lastEventAt: Date | null;
  /** ms since the oldest event was recorded that is committed and cannot be read yet; 0: none. */
  readonly lagMs: number;
  /** Nothing was recorded for longer than the site expects of this agency. */
  readonly silent: boolean;
}

/** @param silentAfter ms without an event after which a feed counts as silent. */
export async function readFeed(outbox: Outbox, now: Date, silentAfter: number): Promise<FeedReading> {
  // The cursor first: what is recorded in between comes after it.
  const cursor = await outbox.head();
  const { newestRecordedAt, oldestUnread } = await outbox.status();
  const age = newestRecordedAt === null ? Infinity : now.getTime() - newestRecordedAt.getTime();
  return {
    cursor,
    lastEventAt: newestRecordedAt,
    lagMs: oldestUnread === null ? 0 : Math.max(0, now.getTime() - oldestUnread.getTime()),
    silent: age > silentAfter,
  };
}
