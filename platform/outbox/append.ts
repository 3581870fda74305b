import type { EntityManager } from "typeorm";

/** What an agency says when a fact changed. It carries no value: what happened is read from the records, at delivery. */
export interface NewEvent {
  /** The kind: lower-case words with hyphens. */
  readonly topic: string;
  /** The UUID of whom it is about: events of one key are read in the order in which they were committed. */
  readonly key: string;
  /** What readers are selected by, and the records to read: UUIDs and lower-case words, by name. */
  readonly facts: Readonly<Record<string, string>>;
  readonly occurredAt: Date;
  /** True when it happened so long before it was recorded that nobody is to be called out for it. */
  readonly historic: boolean;
  /** Where the fact comes from: a lower-case word. */
  readonly provenance: string;
}

const COLUMNS = "topic, key, facts, occurred_at, historic, provenance";

/**
 * Appends events in the transaction of `manager`, which changes the facts they tell of: they are committed together or
 * not at all. Later appends of the same keys, by anyone, wait until it ends. So it is called once a transaction, with all
 * of its events, as near to the commit as can be: two calls with other keys each could lock each other out.
 *
 * Throws when no transaction is open, and pg's error when an event carries anything but identifiers and words.
 */
export async function append(manager: EntityManager, events: readonly NewEvent[]): Promise<void> {
  if (manager.queryRunner?.isTransactionActive !== true) {
    throw new Error("An event is appended in the transaction that changes the fact.");
  }
  if (events.length === 0) return;
  await manager.query(
    `INSERT INTO outbox.event (${COLUMNS})
     SELECT ${COLUMNS} FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (topic text, key uuid, facts jsonb,
       occurred_at timestamptz, historic boolean, provenance text)) WITH ORDINALITY
     ORDER BY outbox.stripe(key), ordinality`,
    [
      JSON.stringify(
        events.map(({ occurredAt, ...event }) => ({ ...event, occurred_at: occurredAt.toISOString() })),
      ),
    ],
  );
}

/**
 * The statement that appends what a SELECT gives, for sets that stay in the database: it yields `topic`, `key`, `facts`,
 * `occurred_at`, `historic` and `provenance`. What is said of `append` holds here too; the transaction is the caller's.
 */
export function appendFrom(select: string): string {
  return `INSERT INTO outbox.event (${COLUMNS})
    SELECT ${COLUMNS} FROM (${select}) AS new_event ORDER BY outbox.stripe(key), occurred_at`;
}
