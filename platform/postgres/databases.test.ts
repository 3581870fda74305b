import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { createTestDatabase, testServerUrl } from "../../test/setup/databases";
import { type DatabaseSpec, databaseUrl, ensureDatabase } from "./databases";

const made: DatabaseSpec[] = [];

/** Names with everything a careless quoting would trip over. */
function spec(): DatabaseSpec {
  const mark = randomBytes(4).toString("hex");
  const made_ = { database: `Agency "${mark}" 'x`, role: `role-"${mark}"'s`, password: `p'a"s/s@${mark}` };
  made.push(made_);
  return made_;
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe("ensureDatabase", () => {
  let server: string;
  beforeAll(async () => {
    server = await testServerUrl();
  });
  afterAll(async () => {
    const client = new Client({ connectionString: server });
    await client.connect();
    for (const { database, role } of made) {
      await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(database)} WITH (FORCE)`);
      await client.query(`DROP ROLE IF EXISTS ${client.escapeIdentifier(role)}`);
    }
    await client.end();
  });

  test("lets the role in to its own database, to make tables and trusted extensions", async () => {
    const own = spec();
    await ensureDatabase(server, own);
    await ask(databaseUrl(server, own), "CREATE TABLE note (id int)");
    await ask(databaseUrl(server, own), "CREATE EXTENSION pg_trgm; CREATE EXTENSION pgcrypto");
    expect(await ask(databaseUrl(server, own), "SELECT similarity('Çelik', 'ÇELIK') AS s")).toEqual([
      { s: 1 },
    ]);
  });

  test("keeps the role out of every other database of the server", async () => {
    const [own, other] = [spec(), spec()];
    await ensureDatabase(server, own);
    await ensureDatabase(server, other);
    for (const database of [other.database, "postgres", "template1"]) {
      await expect(ask(databaseUrl(server, { ...own, database }), "SELECT 1")).rejects.toThrow(
        /permission denied for database/,
      );
    }
  });

  test("gives the role no power over the server", async () => {
    const own = spec();
    await ensureDatabase(server, own);
    const url = databaseUrl(server, own);
    await expect(ask(url, "CREATE DATABASE another")).rejects.toThrow(/permission denied/);
    await expect(ask(url, "CREATE ROLE another")).rejects.toThrow(/permission denied/);
    await expect(ask(url, "SELECT pg_read_file('PG_VERSION')")).rejects.toThrow(/permission denied/);
  });

  test("run again keeps the rows, takes the new password and takes back added powers", async () => {
    const own = spec();
    await ensureDatabase(server, own);
    await ask(databaseUrl(server, own), "CREATE TABLE note AS SELECT 7 AS id");
    const client = new Client({ connectionString: server });
    await client.connect();
    await client.query(`ALTER ROLE ${client.escapeIdentifier(own.role)} CREATEDB`);
    await client.end();

    const renewed = { ...own, password: "another" };
    await Promise.all([ensureDatabase(server, renewed), ensureDatabase(server, renewed)]);
    expect(await ask(databaseUrl(server, renewed), "SELECT id FROM note")).toEqual([{ id: 7 }]);
    await expect(ask(databaseUrl(server, own), "SELECT 1")).rejects.toThrow(/password authentication failed/);
    await expect(ask(databaseUrl(server, renewed), "CREATE DATABASE another")).rejects.toThrow(
      /permission denied/,
    );
  });
});

/** Whether the role owns its database, is a superuser, and how many tables of others there are. */
const POWERS = `SELECT pg_get_userbyid(datdba) = current_user AS mine, usesuper AS superuser,
    (SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public' AND tableowner <> current_user) AS others
  FROM pg_database JOIN pg_user ON usename = current_user WHERE datname = current_database()`;

describe("createTestDatabase", () => {
  test("migrates once per key, and every copy is its own", async () => {
    let runs = 0;
    const key = `once ${randomBytes(4).toString("hex")}`;
    const migrate = async (url: string) => {
      runs += 1;
      await ask(url, "CREATE TABLE note AS SELECT 1 AS id");
    };
    const [a, b] = await Promise.all([
      createTestDatabase({ key, migrate }),
      createTestDatabase({ key, migrate }),
    ]);
    await ask(a.url, "DELETE FROM note");
    expect(runs).toBe(1);
    expect(await ask(a.url, "SELECT id FROM note")).toEqual([]);
    expect(await ask(b.url, "SELECT id FROM note")).toEqual([{ id: 1 }]);
    await a.drop();
    await b.drop();
    await expect(ask(a.url, "SELECT 1")).rejects.toThrow(/does not exist/);
  });

  test.each([
    ["a copy", async (url: string) => void (await ask(url, "CREATE TABLE note (id int)"))],
    ["one without tables", undefined],
  ])("%s is its owner's, who has no power beyond it; the superuser has", async (_, migrate) => {
    const own = await createTestDatabase({
      key: `own ${migrate === undefined}`,
      ...(migrate === undefined ? {} : { migrate }),
    });
    expect(await ask(own.url, POWERS)).toEqual([{ mine: true, superuser: false, others: 0 }]);
    expect(await ask(own.superuserUrl, POWERS)).toMatchObject([{ mine: false, superuser: true }]);
    await own.drop();
  });

  test("a failed migration is told to its file and not kept as a template", async () => {
    const key = `fails ${randomBytes(4).toString("hex")}`;
    const failing = createTestDatabase({ key, migrate: (url) => ask(url, "SELECT nonsense").then(() => {}) });
    await expect(failing).rejects.toThrow(/nonsense/);
    const database = await createTestDatabase({
      key,
      migrate: (url) => ask(url, "CREATE TABLE note ()").then(() => {}),
    });
    expect(await ask(database.url, "SELECT * FROM note")).toEqual([]);
    await database.drop();
  });
});
