import { setTimeout as sleep } from "node:timers/promises";
import type { DataSource } from "typeorm";

/** How long to wait for all of them to queue up; code that takes no lock never does. */
const PATIENCE_MS = 1_500;

/**
 * Starts all tasks while another transaction holds a row, lets them queue up behind it, then frees it: so they meet at
 * the same moment. The row is held FOR SHARE, which stops those who lock it to change it, not those who refer to it.
 */
export async function togetherOnceFree<Answer>(
  database: DataSource,
  row: { readonly table: "person" | "level_proposal"; readonly id: string },
  tasks: readonly (() => Promise<Answer>)[],
): Promise<Answer[]> {
  const holder = database.createQueryRunner();
  // Connections first: one that is opened under way would come late.
  await Promise.all(tasks.map(() => database.query("SELECT pg_sleep(0.05)")));
  await holder.startTransaction();
  let running: Promise<Answer[]>;
  try {
    await holder.query(`SELECT FROM ${row.table} WHERE id = $1 FOR SHARE`, [row.id]);
    running = Promise.all(tasks.map((task) => task()));
    running.catch(() => undefined);
    for (const started = Date.now(); Date.now() - started < PATIENCE_MS; await sleep(20)) {
      const [{ waiting }] = (await holder.query(
        `SELECT count(*)::integer AS waiting FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )) as [{ waiting: number }];
      if (waiting === tasks.length) break;
    }
  } finally {
    await holder.rollbackTransaction();
    await holder.release();
  }
  return running;
}
