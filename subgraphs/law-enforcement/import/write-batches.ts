import type { Client } from "pg";
import { tellOfArrests } from "./arrest-events";
import {
  deleteVanishedArrests,
  dropAnsweredReviews,
  insertIncidents,
  openReviews,
  updateIncidents,
  writeArrests,
} from "./incident-statements";
import { linkTables } from "./link-parts";
import { deleteVanishedLinks, insertLinks } from "./link-statements";
import { deleteVanishedParts, insertParts, partTables, updateParts } from "./part-statements";
import type { Batch } from "./plan-work";

/** What a source writes beside the incident and its parts, inside the same transaction. */
export interface BatchExtras {
  /** Before the incident: whoever its parts refer to. */
  before(client: Client, batch: Batch): Promise<void>;
  after(client: Client, batch: Batch): Promise<void>;
}

/** How batches are written. */
export interface WriteOptions {
  readonly source: string;
  readonly batches: readonly Batch[];
  /** One batch at a time each. */
  readonly clients: readonly Client[];
  readonly extras?: BatchExtras;
  readonly onWritten?: (incidents: number) => void;
}

/** Writes every batch in a transaction of its own: an incident with all its parts, or nothing of it. */
export async function writeBatches(options: WriteOptions): Promise<void> {
  const waiting = [...options.batches];
  const work = async (client: Client): Promise<void> => {
    for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
      await client.query("BEGIN");
      try {
        await writeBatch(client, batch, options);
        await client.query("COMMIT");
      } catch (error) {
        waiting.length = 0;
        await client.query("ROLLBACK");
        throw error;
      }
      options.onWritten?.(batch.incidents);
    }
  };
  // All of them, so that none is still at work when the staging tables go.
  const ends = await Promise.allSettled(options.clients.map(work));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

async function writeBatch(client: Client, batch: Batch, { source, extras }: WriteOptions): Promise<void> {
  const run = (statement: string, ...more: string[]) =>
    client.query(statement, [batch.from, batch.to, ...more]);
  await extras?.before(client, batch);
  await run(insertIncidents, source);
  if (batch.changes) {
    await run(updateIncidents);
    await run(deleteVanishedArrests, source);
    for (const table of linkTables) await run(deleteVanishedLinks(table));
    for (const table of partTables) await run(deleteVanishedParts(table));
    for (const table of partTables) await run(updateParts(table));
  }
  for (const table of partTables) await run(insertParts(table));
  for (const table of linkTables) await run(insertLinks(table, batch.changes));
  await run(writeArrests, source);
  if (batch.changes) await run(dropAnsweredReviews);
  await run(openReviews);
  await extras?.after(client, batch);
  await run(tellOfArrests, source);
}
