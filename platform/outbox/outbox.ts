import { epochIdOf, readCursor, writeCursor, type EpochKey } from "./cursor";
import { OutboxError } from "./outbox-error";
import { comparePlaces, type Place } from "./place";

/** What asks statements of an agency's database: a typeorm DataSource or EntityManager. */
/** What a feed tells of itself; it is no sign of life. */
export const FEED_TOPIC = "feed";

export interface Database {
  query<Row>(statement: string, parameters?: unknown[]): Promise<Row[]>;
}

/** An event as it stands in the outbox. */
export interface OutboxEvent {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly historic: boolean;
  readonly provenance: string;
  /** Opaque; the events after this one are read with it. */
  readonly cursor: string;
  readonly place: Place;
}

/** Some events in order. */
export interface EventPage {
  readonly events: readonly OutboxEvent[];
  /** All that was asked for up to here has been read: where to go on. */
  readonly through: Place;
  /** There is more below the horizon. */
  readonly more: boolean;
  /** Events are committed that cannot be read yet: an older transaction is still at work. */
  readonly held: boolean;
}

/** What `feedStatus` tells of an agency's outbox. */
export interface OutboxStatus {
  /** When the newest event was recorded that tells of anything but the feed; null when there is none. */
  readonly newestRecordedAt: Date | null;
  /** When the oldest committed event was recorded that an older transaction still keeps from being read; null: none. */
  readonly oldestUnread: Date | null;
}

/** Reads of one agency's outbox. Everything rejects with pg's error when the database does not answer. */
export interface Outbox {
  /** The cursor of now: after it comes everything that is committed from now on. */
  head(): Promise<string>;
  /**
   * Events after a cursor, in order, without gaps; `topics` null: all. One statement.
   * Throws OutboxError CURSOR_MALFORMED, CURSOR_FOREIGN, or CURSOR_EXPIRED.
   */
  readAfter(
    after: string | Place,
    wanted: { readonly topics: readonly string[] | null; readonly limit: number },
  ): Promise<EventPage>;
  /** The place of a cursor, and the cursor of a place. */
  placeOf(cursor: string): Promise<Place>;
  cursorOf(place: Place): Promise<string>;
  status(): Promise<OutboxStatus>;
  /** Makes the partitions of this month and some ahead. */
  makeMonths(): Promise<void>;
  /** Drops whole months that were over before the month of `before`. For the owner of the database. */
  expire(before: Date): Promise<void>;
}

interface EventRow {
  readonly horizon: string;
  readonly xmax: string;
  readonly now_epoch: number;
  readonly held: boolean;
  readonly floor_epoch: number;
  readonly floor_xid: string;
  readonly floor_position: string;
  /** Null of the one row that says that there is no event. */
  readonly id: string | null;
  readonly epoch: number;
  readonly xid: string;
  readonly position: string;
  readonly topic: string;
  readonly key: string;
  readonly facts: Record<string, string>;
  readonly occurred_at: Date;
  readonly recorded_at: Date;
  readonly historic: boolean;
  readonly provenance: string;
}

/** Months made ahead: as long as an outbox may go without a start or a day's work of its feed. */
const MONTHS_AHEAD = 3;

/**
 * The horizon: below it every transaction that may have written to this database has ended. The snapshot is of the whole
 * server; a transaction that is seen at work in another database writes nothing here and is passed over. One that ended
 * since the snapshot was taken is not seen, and not passed over.
 */
const NOW = `
  SELECT outbox.current_epoch() AS epoch, s.xmax, CASE WHEN s.xmin = s.xmax THEN s.xmax ELSE (
      SELECT coalesce(min(running::text::bigint), s.xmax) FROM pg_snapshot_xip(s.snapshot) AS running
      WHERE NOT EXISTS (
        SELECT FROM pg_locks l, pg_stat_get_activity(l.pid) a
        WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
          AND l.transactionid = running::xid
          AND a.datid <> (SELECT oid FROM pg_database WHERE datname = current_database()))) END AS horizon
  FROM (SELECT now AS snapshot, pg_snapshot_xmin(now)::text::bigint AS xmin, pg_snapshot_xmax(now)::text::bigint AS xmax
    FROM pg_current_snapshot() AS now) s OFFSET 0`;

const PAGE = `
  SELECT now.epoch AS now_epoch, now.horizon, now.xmax,
    EXISTS (SELECT FROM outbox.event late WHERE (late.epoch, late.xid) >= (now.epoch, now.horizon)) AS held,
    floor.epoch AS floor_epoch, floor.xid AS floor_xid, floor.position AS floor_position, event.*
  FROM (${NOW}) now CROSS JOIN outbox.floor LEFT JOIN LATERAL (
    SELECT id, epoch, xid, position, topic, key, facts, occurred_at, recorded_at, historic, provenance
    FROM outbox.event
    WHERE (epoch, xid, position) > ($1::integer, $2::bigint, $3::bigint) AND (epoch, xid) < (now.epoch, now.horizon)
      AND ($4::text[] IS NULL OR topic = ANY($4))
    ORDER BY epoch, xid, position LIMIT $5) event ON true
  ORDER BY event.epoch, event.xid, event.position`;

/** Opens an agency's outbox over a database that `outboxSchema` has prepared. */
export function openOutbox(database: Database): Outbox {
  const known = new Map<string | number, EpochKey>();

  async function epochOf(name: string | number): Promise<EpochKey | undefined> {
    if (!known.has(name)) {
      for (const row of await database.query<EpochKey>("SELECT epoch, id, secret FROM outbox.epoch")) {
        known.set(row.epoch, row).set(row.id.toString("hex"), row);
      }
    }
    return known.get(name);
  }

  async function cursorOf(place: Place): Promise<string> {
    const key = await epochOf(place.epoch);
    if (key === undefined) throw new Error("A place names an epoch that the outbox does not know.");
    return writeCursor(place, key);
  }

  async function oldest(): Promise<string> {
    // A new outbox has no epoch before somebody asks.
    const [row] = await database.query<{ epoch: number; xid: string; position: string }>(
      "SELECT floor.* FROM outbox.floor, outbox.current_epoch()",
    );
    return cursorOf({ epoch: row!.epoch, xid: BigInt(row!.xid), position: BigInt(row!.position) });
  }

  async function placeOf(cursor: string): Promise<Place> {
    const key = await epochOf(epochIdOf(cursor));
    if (key === undefined) throw new OutboxError("CURSOR_FOREIGN", await oldest());
    return readCursor(cursor, key);
  }

  return {
    placeOf,
    cursorOf,
    async head() {
      const [now] = await database.query<{ epoch: number; horizon: string }>(NOW);
      return cursorOf({ epoch: now!.epoch, xid: BigInt(now!.horizon), position: 0n });
    },
    async readAfter(after, { topics, limit }) {
      const from = typeof after === "string" ? await placeOf(after) : after;
      const rows = await database.query<EventRow>(PAGE, [
        from.epoch,
        from.xid.toString(),
        from.position.toString(),
        topics,
        limit,
      ]);
      const [now] = rows;
      if (now === undefined) throw new Error("The read of an outbox always gives a row.");
      const floor = placeIn(now.floor_epoch, now.floor_xid, now.floor_position);
      if (comparePlaces(from, floor) < 0) throw new OutboxError("CURSOR_EXPIRED", await cursorOf(floor));
      if (comparePlaces(from, placeIn(now.now_epoch, now.xmax, "0")) > 0) {
        throw new OutboxError("CURSOR_FOREIGN", await cursorOf(floor));
      }
      const found = rows.filter((row) => row.id !== null);
      const events = await Promise.all(found.map((row) => eventOf(row, cursorOf)));
      const more = events.length === limit;
      const horizon = placeIn(now.now_epoch, now.horizon, "0");
      const reached = more ? events.at(-1)!.place : horizon;
      return { events, more, held: now.held, through: comparePlaces(reached, from) < 0 ? from : reached };
    },
    async status() {
      const [row] = await database.query<{ newest: Date | null; oldest: Date | null }>(
        `SELECT (SELECT recorded_at FROM outbox.event WHERE topic <> '${FEED_TOPIC}' ORDER BY epoch DESC, xid DESC, position DESC LIMIT 1) AS newest,
           (SELECT min(recorded_at) FROM outbox.event WHERE (epoch, xid) >= (now.epoch, now.horizon)) AS oldest
         FROM (${NOW}) now`,
      );
      return { newestRecordedAt: row!.newest, oldestUnread: row!.oldest };
    },
    async makeMonths() {
      await database.query("SELECT outbox.event_make_months($1)", [MONTHS_AHEAD]);
    },
    async expire(before) {
      await database.query("SELECT outbox.expire($1)", [before]);
    },
  };
}

const placeIn = (epoch: number, xid: string, position: string): Place => ({
  epoch,
  xid: BigInt(xid),
  position: BigInt(position),
});

async function eventOf(row: EventRow, cursorOf: (place: Place) => Promise<string>): Promise<OutboxEvent> {
  const place = placeIn(row.epoch, row.xid, row.position);
  return {
    id: row.id!,
    topic: row.topic,
    key: row.key,
    facts: row.facts,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
    historic: row.historic,
    provenance: row.provenance,
    cursor: await cursorOf(place),
    place,
  };
}
