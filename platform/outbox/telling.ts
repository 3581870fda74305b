import { appendFrom } from "./append";
import { HISTORIC_AFTER_DAYS } from "./historic";

/** A table whose rows tell of themselves. All parts are SQL of a migration's own, never of a request. */
export interface Telling {
  /** Of the trigger and its function. */
  readonly name: string;
  readonly table: string;
  readonly on: "INSERT" | "UPDATE";
  readonly topic: string;
  /** The column of whom it is about. */
  readonly key: string;
  /** What happened, in a word. */
  readonly change: string;
  /** Further facts, as arguments of `jsonb_build_object`. */
  readonly facts: string;
  /** When it happened: a timestamptz. */
  readonly occurredAt: string;
  /** What to tell of: the rows written are `recorded`; on an update, what they were is `before`. */
  readonly from: string;
}

/** Said in a transaction that records a made-up past: what it writes calls nobody out. */
export const UNTOLD = "SET LOCAL outbox.untold = 'on'";

/** The start of a day, of what has a day only. */
export function startOf(column: string): string {
  return `${column}::timestamp AT TIME ZONE 'UTC'`;
}

/**
 * The SQL that makes tables append to the outbox in the statement, and so in the transaction, that writes them: whoever
 * records it tells of it. Later appends of the same keys wait for the transaction's end, as after any append.
 */
export function tellingTriggers(tellings: readonly Telling[]): string {
  return tellings
    .map(({ name, table, on, topic, key, change, facts, occurredAt, from }) => {
      const select = `
        SELECT '${topic}' AS topic, ${key} AS key, jsonb_build_object('change', ${change}, ${facts}) AS facts,
          ${occurredAt} AS occurred_at,
          now() - (${occurredAt}) > interval '${HISTORIC_AFTER_DAYS} days' AS historic, 'local' AS provenance
        FROM ${from}`;
      return `
        CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF current_setting('outbox.untold', true) = 'on' THEN RETURN NULL; END IF;
          ${appendFrom(select)};
          RETURN NULL;
        END $$;
        CREATE TRIGGER ${name} AFTER ${on} ON ${table}
          REFERENCING ${on === "UPDATE" ? "OLD TABLE AS before " : ""}NEW TABLE AS recorded
          FOR EACH STATEMENT EXECUTE FUNCTION ${name}();`;
    })
    .join("\n");
}

/** The SQL that takes them away again. */
export function dropTellingTriggers(tellings: readonly Telling[]): string {
  return tellings
    .map(({ name, table }) => `DROP TRIGGER ${name} ON ${table}; DROP FUNCTION ${name}();`)
    .join("\n");
}
