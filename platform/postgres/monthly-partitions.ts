/** A table declared `PARTITION BY RANGE (column)`, by a timestamptz. Names are plain lower-case words. */
export interface MonthlyTable {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
}

const WORD = /^[a-z][a-z_]{0,40}$/;

/**
 * SQL that gives a table its months, to be run once, by its owner:
 *
 * - `TABLE_default`, which takes a row whose month has no partition: no fact is ever refused for want of one;
 * - `SCHEMA.TABLE_make_months(ahead integer)`: this month's partition and those of so many months ahead, where missing.
 *   Safe to call often and by several at once, and by any role that may use the schema: it works with its owner's right.
 *   Gives up after two seconds of waiting for a lock; a later call makes good for it. Returns how many it made;
 * - `SCHEMA.TABLE_drop_months(before timestamptz)`: drops the partitions of months that were over before the month
 *   of that instant. For the owner alone. Returns how many it dropped.
 *
 * Months are those of UTC. Nobody, the owner included, may change, delete or truncate rows of a partition.
 */
export function monthlyPartitions({ schema, table, column }: MonthlyTable): string {
  for (const word of [schema, table, column])
    if (!WORD.test(word)) throw new Error(`${word} is no plain name.`);
  const parent = `${schema}.${table}`;
  const guard = (partition: string) => `REVOKE UPDATE, DELETE, TRUNCATE ON ${partition} FROM CURRENT_USER`;
  return `
    CREATE TABLE ${parent}_default PARTITION OF ${parent} DEFAULT;
    ${guard(`${parent}_default`)};

    CREATE FUNCTION ${parent}_make_months(ahead integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET lock_timeout = '2s' AS $$
    DECLARE
      this_month timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
      month timestamp;
      name text;
      made integer := 0;
    BEGIN
      FOR month IN SELECT generate_series(this_month, this_month + make_interval(months => ahead), '1 month') LOOP
        name := '${table}_' || to_char(month, 'YYYY_MM');
        CONTINUE WHEN to_regclass('${schema}.' || name) IS NOT NULL;
        PERFORM pg_advisory_xact_lock(hashtext('${parent}_make_months'));
        CONTINUE WHEN to_regclass('${schema}.' || name) IS NOT NULL
          -- Rows that came before their month was made stay where they are.
          OR EXISTS (SELECT FROM ${parent}_default
            WHERE ${column} >= month AT TIME ZONE 'UTC' AND ${column} < (month + interval '1 month') AT TIME ZONE 'UTC');
        EXECUTE format('CREATE TABLE ${schema}.%I PARTITION OF ${parent} FOR VALUES FROM (%L) TO (%L)',
          name, month AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
        EXECUTE format('${guard(`${schema}.%I`)}', name);
        made := made + 1;
      END LOOP;
      RETURN made;
    END $$;

    CREATE FUNCTION ${parent}_drop_months(before timestamptz) RETURNS integer
    LANGUAGE plpgsql SET search_path = pg_catalog SET lock_timeout = '2s' AS $$
    DECLARE
      first_kept timestamp := date_trunc('month', before AT TIME ZONE 'UTC');
      old text;
      dropped integer := 0;
    BEGIN
      FOR old IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
          WHERE i.inhparent = '${parent}'::regclass AND c.relname ~ '^${table}_\\d{4}_\\d{2}$'
            AND to_timestamp(right(c.relname, 7), 'YYYY_MM') AT TIME ZONE current_setting('TimeZone') < first_kept LOOP
        EXECUTE format('DROP TABLE ${schema}.%I', old);
        dropped := dropped + 1;
      END LOOP;
      IF (SELECT max(${column}) FROM ${parent}_default) < first_kept AT TIME ZONE 'UTC' THEN
        DROP TABLE ${parent}_default;
        CREATE TABLE ${parent}_default PARTITION OF ${parent} DEFAULT;
        ${guard(`${parent}_default`)};
        dropped := dropped + 1;
      END IF;
      RETURN dropped;
    END $$;
    REVOKE ALL ON FUNCTION ${parent}_drop_months(timestamptz) FROM PUBLIC;
    SELECT ${parent}_make_months(3);`;
}
