import { monthlyPartitions } from "../postgres/monthly-partitions";

/** Any number: the first half of the advisory locks that keep the events of one key in order. */
const KEY_LOCK = 7_310_002;

/** Lower-case words with hyphens, or a UUID: what can be written so names nobody, no place and no day. */
const OPAQUE = "^([a-z]{1,20}(-[a-z]{1,20}){0,3}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$";

/**
 * Where an event stands: (epoch, xid, position).
 *
 * `xid` is the writing transaction's id or, when that is later, the latest id that had ended when the event was written.
 * A reader takes what lies below the oldest transaction at work: all of those have ended, so nothing can come in between
 * any more. Events of one key are written under a lock that is held until the commit: the next writer finds the
 * earlier one's transaction ended, gets no lower `xid`, and a higher `position`. So a key's events stand in the order of
 * their commits, though transaction ids are given out in another.
 *
 * An `epoch` is one run of transaction ids. It changes when the database goes on from a backup, in another place or on
 * another timeline: what was written before then stands before all that comes after, whatever its transaction ids.
 */
const ordering = `
  CREATE FUNCTION outbox.current_epoch() RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
  DECLARE
    here text := (SELECT system_identifier FROM pg_control_system())
      || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8)
      || '/' || (SELECT oid FROM pg_database WHERE datname = current_database());
    known integer := (SELECT epoch FROM outbox.epoch WHERE fingerprint = here);
  BEGIN
    IF known IS NOT NULL THEN RETURN known; END IF;
    PERFORM pg_advisory_xact_lock(${KEY_LOCK}, -1);
    INSERT INTO outbox.epoch (epoch, fingerprint)
      SELECT coalesce(max(epoch), 0) + 1, here FROM outbox.epoch ON CONFLICT (fingerprint) DO NOTHING;
    RETURN (SELECT epoch FROM outbox.epoch WHERE fingerprint = here);
  END $$;

  -- Few, so that a transaction that writes of thousands of keys does not fill the server's table of locks.
  CREATE FUNCTION outbox.stripe(key uuid) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT uuid_hash(key) & 255';

  CREATE FUNCTION outbox.begin_append() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
      RAISE 'an event is appended in a transaction that is read committed: others see too little to keep the order';
    END IF;
    -- What a reader has seen must outlive a crash: after it, transaction ids that nothing durable bears are given out anew.
    IF current_setting('synchronous_commit') = 'off' THEN PERFORM set_config('synchronous_commit', 'on', true); END IF;
    PERFORM set_config('outbox.epoch', outbox.current_epoch()::text, true);
    RETURN NULL;
  END $$;
  CREATE TRIGGER begin_append BEFORE INSERT ON outbox.event FOR EACH STATEMENT EXECUTE FUNCTION outbox.begin_append();

  CREATE FUNCTION outbox.take_place() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    PERFORM pg_advisory_xact_lock(${KEY_LOCK}, outbox.stripe(NEW.key));
    NEW.epoch := current_setting('outbox.epoch')::integer;
    NEW.xid := greatest(pg_current_xact_id()::text::bigint, pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1);
    NEW.position := nextval('outbox.event_position');
    RETURN NEW;
  END $$;
  CREATE TRIGGER take_place BEFORE INSERT ON outbox.event FOR EACH ROW EXECUTE FUNCTION outbox.take_place();

  CREATE FUNCTION outbox.wake() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    PERFORM pg_notify('wakeup', 'outbox');
    RETURN NULL;
  END $$;
  CREATE TRIGGER wake AFTER INSERT ON outbox.event FOR EACH STATEMENT EXECUTE FUNCTION outbox.wake();`;

/**
 * The SQL that makes an agency's outbox, in a schema of its own. A migration runs it once, and what it once made is never
 * edited here: a later change is another function, run by another migration.
 *
 * Nobody may change or delete an event, the owner included. An application that does not log in as the owner needs
 * USAGE on the schema and on `outbox.event_position`, INSERT and SELECT on `outbox.event`, SELECT on the two other tables.
 */
export function outboxSchema(): string {
  return `
    CREATE SCHEMA outbox;

    CREATE TABLE outbox.epoch (
      epoch integer PRIMARY KEY,
      -- What cursors call it, and what they are written with.
      id bytea NOT NULL UNIQUE DEFAULT substr(uuid_send(gen_random_uuid()), 9),
      secret bytea NOT NULL DEFAULT uuid_send(gen_random_uuid()),
      -- Cluster, timeline and database.
      fingerprint text NOT NULL UNIQUE,
      began_at timestamptz NOT NULL DEFAULT now()
    );

    -- What stood here and before has been dropped.
    CREATE TABLE outbox.floor (
      one boolean PRIMARY KEY DEFAULT true CHECK (one),
      epoch integer NOT NULL DEFAULT 1,
      xid bigint NOT NULL DEFAULT 0,
      position bigint NOT NULL DEFAULT 0
    );
    INSERT INTO outbox.floor DEFAULT VALUES;

    -- Identifiers and words alone: whoever reads an event reads the records of that moment, past their checks.
    CREATE FUNCTION outbox.opaque(facts jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
      SELECT jsonb_typeof(facts) = 'object' AND NOT EXISTS (SELECT FROM jsonb_each(facts)
        WHERE key !~ '^[a-zA-Z]{1,40}$' OR jsonb_typeof(value) <> 'string' OR (value #>> '{}') !~ '${OPAQUE}')
    $$;

    CREATE SEQUENCE outbox.event_position;
    CREATE TABLE outbox.event (
      epoch integer NOT NULL,
      xid bigint NOT NULL,
      position bigint NOT NULL,
      id uuid NOT NULL DEFAULT gen_random_uuid(),
      topic text NOT NULL CHECK (topic ~ '^[a-z]{1,20}(-[a-z]{1,20}){0,3}$'),
      key uuid NOT NULL,
      facts jsonb NOT NULL CHECK (outbox.opaque(facts) AND pg_column_size(facts) <= 1000),
      occurred_at timestamptz NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      historic boolean NOT NULL DEFAULT false,
      provenance text NOT NULL CHECK (provenance ~ '^[a-z]{1,20}(-[a-z]{1,20}){0,3}$'),
      PRIMARY KEY (epoch, xid, position, recorded_at)
    ) PARTITION BY RANGE (recorded_at);
    REVOKE UPDATE, DELETE, TRUNCATE ON outbox.event FROM CURRENT_USER;
    ${monthlyPartitions({ schema: "outbox", table: "event", column: "recorded_at" })}
    ${ordering}

    CREATE FUNCTION outbox.expire(before timestamptz) RETURNS integer
    LANGUAGE plpgsql SET search_path = pg_catalog AS $$
    BEGIN
      UPDATE outbox.floor f SET (epoch, xid, position) = (last.epoch, last.xid, last.position)
      FROM (SELECT epoch, xid, position FROM outbox.event
        WHERE recorded_at < date_trunc('month', before AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
        ORDER BY epoch DESC, xid DESC, position DESC LIMIT 1) last
      WHERE (last.epoch, last.xid, last.position) > (f.epoch, f.xid, f.position);
      RETURN outbox.event_drop_months(before);
    END $$;
    REVOKE ALL ON FUNCTION outbox.expire(timestamptz) FROM PUBLIC;`;
}
