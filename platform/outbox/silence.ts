import { appendFrom } from "./append";
import { FEED_TOPIC, type Database } from "./outbox";
/** All that a feed tells of itself is about one thing. */
const FEED_KEY = "00000000-0000-0000-0000-000000000000";

/** The SQL that lets an outbox tell of its own silence; a migration runs it once, after `outboxSchema`. */
export function silenceSchema(): string {
  return `
    CREATE TABLE outbox.silence (
      one boolean PRIMARY KEY DEFAULT true CHECK (one),
      -- When the last event was recorded before the silence that was told of; null: none is.
      since timestamptz
    );
    INSERT INTO outbox.silence DEFAULT VALUES;`;
}

/** When the newest event was recorded; of an outbox that never had one, when it began. */
const TELL = `
  WITH newest AS (
    SELECT coalesce(
      (SELECT recorded_at FROM outbox.event WHERE topic <> '${FEED_TOPIC}'
       ORDER BY epoch DESC, xid DESC, position DESC LIMIT 1),
      (SELECT min(began_at) FROM outbox.epoch)) AS at
  ), changed AS (
    UPDATE outbox.silence told SET since = CASE WHEN told.since IS NULL THEN newest.at END
    FROM newest WHERE (told.since IS NULL) = (newest.at < now() - $1::double precision * interval '1 millisecond') RETURNING told.since, newest.at
  )
  ${appendFrom(`
    SELECT '${FEED_TOPIC}' AS topic, '${FEED_KEY}'::uuid AS key,
      jsonb_build_object('change', CASE WHEN since IS NULL THEN 'moving' ELSE 'silent' END) AS facts,
      at AS occurred_at, false AS historic, 'local' AS provenance
    FROM changed`)}`;

/**
 * Tells that nothing was recorded for longer than so many ms, by the clock that writes the events: once for each silence, and once that something is again; once too when
 * several processes look.
 */
export async function tellSilence(database: Database, silentAfter: number): Promise<void> {
  await database.query(TELL, [silentAfter]);
}
