import { VERSION } from "./entry";

/**
 * The tables of an agency's access record, for the agency's own migration. What has run stays as it is: a change is a
 * second constant and a new migration.
 *
 * Who may log in as the tables' owner may add rows and read them. Changing one needs the owner to give himself the
 * right back and to take the triggers off, or a superuser: neither can be kept out from inside the database, both are
 * found by `audit verify` unless the whole rest of the chain and its heads are made anew.
 */
export const ACCESS_RECORD_TABLES = `
  CREATE SCHEMA audit;

  -- No default partition: a row of a month that was not made ready is refused.
  CREATE TABLE audit.access_record (
    sequence bigint NOT NULL CHECK (sequence > 0),
    at timestamptz(3) NOT NULL,
    id uuid NOT NULL,
    subject text NOT NULL,
    agency text NOT NULL,
    role text NOT NULL,
    purpose text NOT NULL,
    grant_id text,
    grant_reason text CHECK ((grant_reason IS NULL) = (grant_id IS NULL)),
    operation_hash text NOT NULL CHECK (operation_hash ~ '^[0-9a-f]{64}$'),
    fields text[] NOT NULL,
    record_types text[] NOT NULL,
    record_ids uuid[] NOT NULL CHECK (cardinality(record_ids) = cardinality(record_types)),
    provenance text[] NOT NULL,
    disseminated_types text[] NOT NULL,
    disseminated_ids uuid[] NOT NULL CHECK (cardinality(disseminated_ids) = cardinality(disseminated_types)),
    outcome text NOT NULL CHECK (outcome IN ('answered', 'refused', 'failed')),
    codes text[] NOT NULL,
    previous_hash bytea NOT NULL CHECK (length(previous_hash) = 32),
    hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (sequence, at)
  ) PARTITION BY RANGE (at);
  CREATE INDEX access_record_newest ON audit.access_record (at DESC, id);
  CREATE INDEX access_record_subject ON audit.access_record (subject, agency, at DESC, id);
  CREATE INDEX access_record_ids ON audit.access_record USING gin (record_ids);

  -- The last row of each month: by it a missing tail is found.
  CREATE TABLE audit.chain_head (
    month date PRIMARY KEY,
    entries bigint NOT NULL,
    last_sequence bigint NOT NULL,
    last_hash bytea NOT NULL
  );

  -- Each disclosure of a record of national criminal history: who, what, when, why (CJIS Security Policy).
  CREATE TABLE audit.dissemination (
    sequence bigint NOT NULL,
    at timestamptz(3) NOT NULL,
    subject text NOT NULL,
    agency text NOT NULL,
    role text NOT NULL,
    purpose text NOT NULL,
    record_type text NOT NULL,
    record_id uuid NOT NULL,
    PRIMARY KEY (sequence, record_type, record_id)
  );
  CREATE INDEX dissemination_record ON audit.dissemination (record_id, at);

  CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
  BEGIN
    RAISE EXCEPTION 'The access record is only ever added to.' USING ERRCODE = 'insufficient_privilege';
  END $$;
  CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON audit.access_record
    FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();
  CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit.access_record
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
  CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.dissemination
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
  CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON audit.chain_head
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
  REVOKE UPDATE, DELETE, TRUNCATE ON audit.access_record, audit.dissemination FROM CURRENT_USER;
  REVOKE DELETE, TRUNCATE ON audit.chain_head FROM CURRENT_USER;

  CREATE FUNCTION audit.lock_chain() RETURNS void LANGUAGE sql SET search_path = '' AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('access-record', 0))
  $$;

  -- Makes the partition of a month, by any day of it, unless it is there.
  CREATE FUNCTION audit.make_month(day date) RETURNS void LANGUAGE plpgsql SET search_path = '' AS $$
  DECLARE
    month date := date_trunc('month', day::timestamp);
    partition text := 'access_record_' || to_char(month, 'YYYY_MM');
  BEGIN
    IF to_regclass('audit.' || partition) IS NOT NULL THEN RETURN; END IF;
    PERFORM audit.lock_chain();
    -- Looked up in the table itself: to_regclass would still answer as before the wait, out of a cache.
    IF EXISTS (SELECT FROM pg_class WHERE relname = partition AND relnamespace = 'audit'::regnamespace) THEN
      RETURN;
    END IF;
    EXECUTE format('CREATE TABLE audit.%I PARTITION OF audit.access_record FOR VALUES FROM (%L) TO (%L)', partition,
      to_char(month, 'YYYY-MM-DD') || ' 00:00:00+00', to_char(month + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00');
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit.%I
      FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change()', partition);
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON audit.%I FROM CURRENT_USER', partition);
  END $$;

  -- Adds rows at the end of the chain, in the order given; each is its canonical text (platform/access-record/entry.ts).
  CREATE FUNCTION audit.append(contents text[]) RETURNS void LANGUAGE plpgsql SET search_path = '' AS $$
  DECLARE
    entries jsonb[] := contents::jsonb[];
    hashes bytea[] := '{}';
    last bigint;
    previous bytea;
  BEGIN
    PERFORM audit.make_month((day::timestamptz AT TIME ZONE 'UTC')::date)
      FROM (SELECT DISTINCT entry->>1 AS day FROM unnest(entries) entry) days;
    PERFORM audit.lock_chain();
    SELECT last_sequence, last_hash INTO last, previous FROM audit.chain_head ORDER BY last_sequence DESC LIMIT 1;
    last := coalesce(last, 0);
    previous := coalesce(previous, decode(repeat('0', 64), 'hex'));
    hashes := array_append(hashes, previous);
    FOR i IN 1 .. cardinality(contents) LOOP
      previous := sha256(convert_to(
        '${VERSION} ' || last + i || ' ' || encode(previous, 'hex') || ' ' || contents[i], 'UTF8'));
      hashes := array_append(hashes, previous);
    END LOOP;

    WITH added AS (
      INSERT INTO audit.access_record
      SELECT last + place, (entry->>1)::timestamptz, (entry->>0)::uuid, entry->>2, entry->>3, entry->>4, entry->>5,
        entry->>6, entry->>7, entry->>8,
        ARRAY(SELECT jsonb_array_elements_text(entry->9)),
        ARRAY(SELECT jsonb_array_elements_text(entry->10)),
        ARRAY(SELECT jsonb_array_elements_text(entry->11)::uuid),
        ARRAY(SELECT jsonb_array_elements_text(entry->12)),
        ARRAY(SELECT jsonb_array_elements_text(entry->13)),
        ARRAY(SELECT jsonb_array_elements_text(entry->14)::uuid),
        entry->>15,
        ARRAY(SELECT jsonb_array_elements_text(entry->16)),
        hashes[place], hashes[place + 1]
      FROM unnest(entries) WITH ORDINALITY AS given (entry, place)
      RETURNING *
    ), disclosed AS (
      INSERT INTO audit.dissemination
      SELECT sequence, at, subject, agency, role, purpose, record_type, record_id
      FROM added, unnest(disseminated_types, disseminated_ids) AS record (record_type, record_id)
    )
    INSERT INTO audit.chain_head AS head
    SELECT date_trunc('month', at AT TIME ZONE 'UTC')::date, count(*), max(sequence),
      (array_agg(hash ORDER BY sequence DESC))[1]
    FROM added GROUP BY 1
    ON CONFLICT (month) DO UPDATE SET entries = head.entries + excluded.entries,
      last_sequence = excluded.last_sequence, last_hash = excluded.last_hash;
  END $$;
`;

export const NO_ACCESS_RECORD_TABLES = `DROP SCHEMA audit CASCADE`;
