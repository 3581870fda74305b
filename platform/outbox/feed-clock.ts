import type { Logger } from "pino";
import { failureFacts } from "../http/failure-facts";
import type { Database } from "./outbox";
import { tellSilence } from "./silence";

export interface FeedClockOptions {
  /** As the owner of the outbox. */
  readonly database: Database;
  /** ms without an event after which the feed counts as silent. */
  readonly silentAfter: number;
  /** ms for which events are kept. */
  readonly keptFor: number;
  readonly log: Logger;
  /** ms between two looks. */
  readonly every?: number;
}

/** Silence is counted in hours. */
const EVERY_MS = 10_000;
/** Looks between two that let go of what is too old: months are dropped. */
const LOOKS_TO_EXPIRY = 360;
/** Any number: the advisory lock of whoever lets go. */
const EXPIRY_LOCK = 7_310_003;

/** Lets go of the months that are older than an outbox keeps, by the clock that wrote them, whichever process comes first. */
async function expire(database: Database, keptFor: number): Promise<void> {
  await database.query(
    `SELECT CASE WHEN pg_try_advisory_xact_lock($1)
       THEN outbox.expire(now() - $2::double precision * interval '1 millisecond') END`,
    [EXPIRY_LOCK, keptFor],
  );
}

/**
 * What an outbox does by the clock, in each process that reads it: it tells of its own silence, and lets go of the months that
 * the site no longer keeps. What fails is said once, and tried again.
 */
export function startFeedClock(options: FeedClockOptions): { close(): Promise<void> } {
  const { database, silentAfter, keptFor, log, every = EVERY_MS } = options;
  let looks = 0;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  /** Says once that work fails, and once that it is done again. */
  function duty(what: string, work: () => Promise<void>): () => Promise<void> {
    let failing = false;
    return async () => {
      try {
        await work();
        if (failing) log.warn(`${what}: done again`);
        failing = false;
      } catch (error) {
        if (!failing) log.error(failureFacts(error), `${what}: it failed`);
        failing = true;
      }
    };
  }
  const tell = duty("telling of the feed's silence", () => tellSilence(database, silentAfter));
  const letGo = duty("letting go of old events", () => expire(database, keptFor));

  async function look(): Promise<void> {
    await tell();
    if (looks % LOOKS_TO_EXPIRY === 0) await letGo();
    looks += 1;
    if (closed) return;
    timer = setTimeout(() => {
      looking = look();
    }, every).unref();
  }
  let looking = look();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
