import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { DataSource, type QueryRunner } from "typeorm";
import { append, type NewEvent } from "./append";
import type { Outbox } from "./outbox";
import { outboxSchema } from "./schema";
import { silenceSchema } from "./silence";

/** What `createTestDatabase` takes for a database with an outbox and nothing else. */
export const OUTBOX_ONLY = {
  key: "outbox",
  migrate: async (url: string): Promise<void> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(outboxSchema());
    await client.query(silenceSchema());
    await client.end();
  },
};

/** Connections to it. */
export function openDatabase(url: string, poolSize = 8): Promise<DataSource> {
  return new DataSource({ type: "postgres", url, poolSize, entities: [] }).initialize();
}

/** An event like any other. */
export function event(over: Partial<NewEvent> = {}): NewEvent {
  return {
    topic: "arrest",
    key: randomUUID(),
    facts: { change: "made" },
    occurredAt: new Date("2026-03-01T10:00:00Z"),
    historic: false,
    provenance: "local",
    ...over,
  };
}

/** An open transaction of one's own, with a transaction id already, as after any write. */
export async function begin(database: DataSource): Promise<QueryRunner> {
  const runner = database.createQueryRunner();
  await runner.startTransaction();
  await runner.query("SELECT pg_current_xact_id()");
  return runner;
}

export async function commit(runner: QueryRunner): Promise<void> {
  await runner.commitTransaction();
  await runner.release();
}

export async function rollback(runner: QueryRunner): Promise<void> {
  await runner.rollbackTransaction();
  await runner.release();
}

/** Appends in one transaction of its own. */
export function record(database: DataSource, ...events: NewEvent[]): Promise<void> {
  return database.transaction((manager) => append(manager, events));
}

/**
 * The outbox, read until nothing is held back. The server is shared with other tests: a transaction in another database
 * that ends while an outbox looks holds events back for that one look. For tests that have no transaction open themselves.
 */
export function settled(outbox: Outbox): Pick<Outbox, "head" | "readAfter"> {
  const readAfter: Outbox["readAfter"] = async (after, wanted) => {
    for (;;) {
      const page = await outbox.readAfter(after, wanted);
      if (!page.held) return page;
    }
  };
  return {
    readAfter,
    async head() {
      for (;;) {
        const head = await outbox.head();
        const { events } = await readAfter(head, { topics: null, limit: 1 });
        if (events.length === 0) return head;
      }
    },
  };
}

/** Waits until a statement waits for a lock. */
export async function untilSomebodyWaits(database: DataSource): Promise<void> {
  for (;;) {
    const rows: unknown[] = await database.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    if (rows.length > 0) return;
  }
}
