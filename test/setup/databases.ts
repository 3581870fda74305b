import { createHash, randomBytes } from "node:crypto";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { Client } from "pg";
import { databaseUrl, ensureDatabase, type DatabaseSpec } from "../../platform/postgres/databases";
import { doorVariable } from "./start-postgres";

/** A database of one test file's own. */
export interface TestDatabase {
  /** Its address, for the role that owns it: with no more than an agency's own role may. What is tested connects here. */
  readonly url: string;
  /** Its address, for a superuser: to arrange, or to tamper with, what its owner may not touch. */
  readonly superuserUrl: string;
  /** Cuts its clients off and removes it. */
  drop(): Promise<void>;
}

/** What a test database should hold. */
export interface TestDatabaseOptions {
  /** Names the contents: the same key must always come with the same `migrate`. Also part of the database's name. */
  readonly key: string;
  /** Fills an empty database. Runs once per key and test run; everyone else gets a copy of the result. */
  readonly migrate?: (url: string) => Promise<void>;
}

let server: Promise<string> | undefined;

/** The superuser's address of the throwaway server of this run (its `postgres` database); starts it when need be. */
export function testServerUrl(): Promise<string> {
  return (server ??= askAtTheDoor());
}

async function askAtTheDoor(): Promise<string> {
  const door = process.env[doorVariable];
  if (door === undefined) throw new Error(`${doorVariable} is not set: run tests through npm test.`);
  const answer = JSON.parse(await text(connect(door))) as { url: string } | { error: string };
  if ("error" in answer) throw new Error(answer.error);
  return answer.url;
}

/**
 * Creates a database with a name of its own. With `migrate`, one template per key is migrated (once, whichever worker
 * comes first) and copied, which takes some ten milliseconds instead of a migration. As on a site, a role without any
 * power over the server owns the database and runs its migrations; the databases of one key share it.
 */
export async function createTestDatabase({ key, migrate }: TestDatabaseOptions): Promise<TestDatabase> {
  const plain = key
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .slice(0, 30);
  const named = `${plain}_${createHash("sha256").update(key).digest("hex").slice(0, 8)}`;
  const server = await testServerUrl();
  const specOf = (database: string): DatabaseSpec => ({
    database,
    role: `owner_of_${named}`,
    // Any that every worker of the run knows.
    password: new URL(server).password,
  });
  const spec = specOf(`t_${plain}_${randomBytes(6).toString("hex")}`);
  if (migrate === undefined) await ensureDatabase(server, spec);
  else {
    await withServer(async (client) => {
      const template = `template_${named}`;
      // Held while copying too: a template can be copied by one session at a time only.
      await client.query("SELECT pg_advisory_lock(hashtext($1))", [template]);
      const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [template]);
      if (rowCount === 0) await buildTemplate(client, template, specOf(`${template}_unfinished`), migrate);
      await client.query(
        `CREATE DATABASE ${spec.database} TEMPLATE ${template} OWNER ${spec.role} STRATEGY file_copy`,
      );
    });
  }
  return {
    url: databaseUrl(server, spec),
    superuserUrl: addressOn(server, spec.database),
    drop: () =>
      withServer((client) => client.query(`DROP DATABASE IF EXISTS ${spec.database} WITH (FORCE)`)).then(
        () => undefined,
      ),
  };
}

async function buildTemplate(
  client: Client,
  template: string,
  unfinished: DatabaseSpec,
  migrate: (url: string) => Promise<void>,
): Promise<void> {
  const server = await testServerUrl();
  await client.query(`DROP DATABASE IF EXISTS ${unfinished.database} WITH (FORCE)`);
  await ensureDatabase(server, unfinished);
  await migrate(databaseUrl(server, unfinished));
  // Also cuts off a pool that migrate left open: a database in use can be neither renamed nor copied.
  await client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [
    unfinished.database,
  ]);
  await client.query(`ALTER DATABASE ${unfinished.database} RENAME TO ${template}`);
}

function addressOn(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

async function withServer<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: await testServerUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
