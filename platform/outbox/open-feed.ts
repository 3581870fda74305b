import type { Logger } from "pino";
import { DataSource } from "typeorm";
import { createPostgresBus } from "../wakeup/postgres-bus";
import { createRedisBus } from "../wakeup/redis-bus";
import type { WakeUpBus } from "../wakeup/wake-up-bus";
import { createFeed, type Feed } from "./feed";
import { startFeedClock } from "./feed-clock";
import { readFeed, type FeedReading } from "./feed-reading";
import { openOutbox } from "./outbox";

/** What a site says of a feed. */
export interface FeedSettings {
  /** Where wake-ups come from; undefined: from the database itself. */
  readonly redisUrl?: string | undefined;
  /** ms without an event after which the feed counts as silent. */
  readonly silentAfter: number;
  /** ms for which events are kept: whole months are let go of. */
  readonly keptFor: number;
}

export interface AgencyFeedOptions extends FeedSettings {
  /** The agency, as its wake-ups are named. */
  readonly name: string;
  /** The agency's own database, and the connections through which its requests write. */
  readonly databaseUrl: string;
  readonly database: DataSource;
  readonly log: Logger;
}

export interface AgencyFeed {
  readonly feed: Feed;
  status(now: Date): Promise<FeedReading>;
  close(): Promise<void>;
}

/** One for the tail, one for those who catch up, one for the clock. */
const CONNECTIONS = 3;

/** Where only Redis can be heard, this process says itself what its database would have said: it has committed. */
function publishCommits(database: DataSource, bus: WakeUpBus, topic: string): void {
  database.subscribers.push({ afterTransactionCommit: () => bus.publish(topic) });
}

/**
 * Opens the feed of an agency's outbox, on connections of its own: requests that take them all hold no alert up.
 *
 * @throws Error when the database does not answer, or the address of Redis is none.
 */
export async function openAgencyFeed(options: AgencyFeedOptions): Promise<AgencyFeed> {
  const { name, databaseUrl, redisUrl, silentAfter, keptFor, log } = options;
  const told = (where: string) => (what: "lost" | "back") => log.warn({ what }, where);
  const topic = redisUrl === undefined ? "outbox" : `outbox ${name}`;
  const bus =
    redisUrl === undefined
      ? createPostgresBus(databaseUrl, told("wake-ups from the database"))
      : createRedisBus(redisUrl, told("wake-ups from Redis"));
  if (redisUrl !== undefined) publishCommits(options.database, bus, topic);
  const database = new DataSource({
    type: "postgres",
    url: databaseUrl,
    poolSize: CONNECTIONS,
    entities: [],
    applicationName: `${name} feed`,
  });
  try {
    await database.initialize();
    const outbox = openOutbox(database);
    const feed = await createFeed({ outbox, bus, topic, onNotice: told("the database of the feed") });
    const clock = startFeedClock({ database, silentAfter, keptFor, log });
    return {
      feed,
      status: (now) => readFeed(outbox, now, silentAfter),
      async close() {
        await clock.close();
        await feed.close();
        await bus.close();
        await database.destroy();
      },
    };
  } catch (error) {
    await bus.close();
    if (database.isInitialized) await database.destroy();
    throw error;
  }
}
