import { Client, escapeIdentifier, escapeLiteral } from "pg";

/** One database and the role that owns it. */
export interface DatabaseSpec {
  readonly database: string;
  readonly role: string;
  readonly password: string;
}

/**
 * Makes sure that `role` can log in with `password`, owns `database`, and can open no other database of this server:
 * the public's right to connect is taken from `database`, `postgres` and `template1`. Idempotent; an existing role gets
 * the password given and loses any power it was granted in the meantime.
 * `superuserUrl` is the address of any other database of the server. Rejects with pg's error.
 */
export async function ensureDatabase(
  superuserUrl: string,
  { database, role, password }: DatabaseSpec,
): Promise<void> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    // Two starts at once would race between "is it there?" and "make it".
    await client.query("SELECT pg_advisory_lock(hashtext('ensure-database'))");
    const known = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
    await client.query(
      `${known.rowCount === 0 ? "CREATE" : "ALTER"} ROLE ${escapeIdentifier(role)} LOGIN NOSUPERUSER NOCREATEDB
       NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD ${escapeLiteral(password)}`,
    );
    const there = await client.query("SELECT FROM pg_database WHERE datname = $1", [database]);
    await client.query(
      there.rowCount === 0
        ? `CREATE DATABASE ${escapeIdentifier(database)} OWNER ${escapeIdentifier(role)}`
        : `ALTER DATABASE ${escapeIdentifier(database)} OWNER TO ${escapeIdentifier(role)}`,
    );
    for (const name of [database, "postgres", "template1"]) {
      await client.query(`REVOKE ALL ON DATABASE ${escapeIdentifier(name)} FROM PUBLIC`);
    }
  } finally {
    await client.end();
  }
}

/** The address of `database` on the server that `serverUrl` names, for `role`. */
export function databaseUrl(serverUrl: string, { database, role, password }: DatabaseSpec): string {
  const url = new URL(serverUrl);
  url.username = encodeURIComponent(role);
  url.password = encodeURIComponent(password);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}
