import { Client } from "pg";
import { ImportError } from "./import-error";
import { dropStagingSchema, stagingSchema } from "./staging-tables";

/** The connections of one import. Staging tables are seen by both; whole batches may be written through either. */
export interface ImportSession {
  readonly main: Client;
  readonly helper: Client;
}

/** Any fixed number: two imports into one database at a time would share the staging tables. */
const oneImportAtATime = 4_112_027;

/**
 * Runs `work` with two connections and an empty staging schema, which is gone afterwards whatever happened.
 * Throws ALREADY_RUNNING while another import works on the same database, DATABASE when it cannot be used.
 */
export async function withImportSession<T>(
  url: string,
  work: (session: ImportSession) => Promise<T>,
): Promise<T> {
  const [main, helper] = [new Client({ connectionString: url }), new Client({ connectionString: url })];
  // A connection that dies is noticed by the query under way; without a listener the process would end instead.
  for (const client of [main, helper]) client.on("error", () => undefined);
  try {
    await Promise.all([main.connect(), helper.connect()]);
    await takeTheTurn(main);
    await main.query(stagingSchema(await serverVersion(main)));
    // Only whole incidents are committed, and the last commit below waits for the disk: a crash before it loses the
    // newest batches and nothing else.
    for (const client of [main, helper]) {
      await client.query("SET synchronous_commit = off; SET default_statistics_target = 10");
    }
    try {
      return await work({ main, helper });
    } finally {
      await main.query("SET synchronous_commit = on");
      await main.query(dropStagingSchema);
    }
  } catch (error) {
    if (error instanceof ImportError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ImportError("DATABASE", `The database gave up: ${reason}`);
  } finally {
    await Promise.allSettled([main.end(), helper.end()]);
  }
}

async function takeTheTurn(client: Client): Promise<void> {
  const { rows } = await client.query<{ tables: string | null; free: boolean }>(
    "SELECT to_regclass('incident') AS tables, pg_try_advisory_lock($1) AS free",
    [oneImportAtATime],
  );
  if (rows[0]?.tables == null) {
    throw new ImportError(
      "DATABASE",
      "The database has no tables yet: start the hub once, which makes them.",
    );
  }
  if (!rows[0].free) {
    throw new ImportError(
      "ALREADY_RUNNING",
      "Another import into this database is running; try again when it is done.",
    );
  }
}

async function serverVersion(client: Client): Promise<number> {
  const { rows } = await client.query<{ version: string }>(
    "SELECT current_setting('server_version_num') AS version",
  );
  return Number(rows[0]?.version ?? 0);
}
