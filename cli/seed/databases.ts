import { Client, escapeIdentifier, type ClientBase } from "pg";
import type { EntityManager } from "typeorm";
import { UNTOLD } from "../../platform/outbox/telling";
import { openLawEnforcementDatabase } from "../../subgraphs/law-enforcement/store/database";
import { SeedError } from "./seed-error";
import type { Tables } from "./batch";

/** A database with a transaction open that holds its tables against every other writer. */
export interface OpenDatabase {
  /** Who owns it, for messages. */
  readonly owner: string;
  readonly client: ClientBase;
  commit(): Promise<void>;
  /** Ends the connection; what was not committed never happened. */
  close(): Promise<void>;
}

/** The justice database, whose rules work through typeorm. */
export interface OpenJusticeDatabase extends OpenDatabase {
  readonly manager: EntityManager;
}

async function answering<T>(owner: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const reason = (error as Error).message || (error as { code?: string }).code;
    throw new SeedError(`The database of ${owner} does not answer: ${reason}`, error);
  }
}

/** Opens one agency's database. @throws SeedError when it does not answer. */
export async function openDatabase(owner: string, url: string): Promise<OpenDatabase> {
  const client = new Client({ connectionString: url });
  await answering(owner, client.connect());
  await client.query("BEGIN");
  return {
    owner,
    client,
    commit: async () => void (await client.query("COMMIT")),
    close: () => client.end(),
  };
}

/** Opens the justice database. @throws SeedError when it does not answer. */
export async function openJusticeDatabase(owner: string, url: string): Promise<OpenJusticeDatabase> {
  const source = await answering(owner, openLawEnforcementDatabase(url, { poolSize: 1 }));
  const runner = source.createQueryRunner();
  // typeorm hands out pg's own client and calls it any.
  const client = (await runner.connect()) as ClientBase;
  // It is one transaction, which stands idle while other databases are written. No feed reads what it holds back.
  await client.query("SET idle_in_transaction_session_timeout = 0");
  await runner.startTransaction();
  return {
    owner,
    client,
    manager: runner.manager,
    commit: () => runner.commitTransaction(),
    close: async () => {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      await runner.release();
      await source.destroy();
    },
  };
}

/** Postgres' code for a table that is not there. */
const UNDEFINED_TABLE = "42P01";

/**
 * Holds the tables against other writers until the transaction ends, and makes sure that all are empty. What is written
 * from here on is told to nobody: it is a past that never was.
 *
 * @throws SeedError when one is not, or is not there.
 */
export async function holdEmpty({ owner, client }: OpenDatabase, tables: Tables): Promise<void> {
  const names = Object.keys(tables);
  const list = names.map((name) => escapeIdentifier(name));
  try {
    await client.query(`LOCK TABLE ${list.join(", ")} IN SHARE ROW EXCLUSIVE MODE`);
  } catch (error) {
    if ((error as { code?: string }).code !== UNDEFINED_TABLE) throw error;
    throw new SeedError(`The database of ${owner} has no tables yet: start it once, then seed.`, error);
  }
  const parts = list.map((name, index) => `SELECT ${index} AS at WHERE EXISTS (SELECT FROM ${name})`);
  const { rows } = await client.query<{ at: number }>(`${parts.join(" UNION ALL ")} LIMIT 1`);
  if (rows.length === 0) return void (await client.query(UNTOLD));
  const table = names[rows[0]!.at];
  throw new SeedError(`The database of ${owner} is not empty (${table} holds records): nothing was seeded.`);
}
