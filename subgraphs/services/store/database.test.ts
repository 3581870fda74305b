import { Client } from "pg";
import { createTestDatabase, type TestDatabase } from "../../../test/setup/databases";
import { migrate, openServicesDatabase } from "./database";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ key: "services migrations" });
});
afterAll(() => database.drop());

test("SV12: two starts at once migrate once, and the classes name the columns of the tables", async () => {
  await Promise.all([migrate(database.url), migrate(database.url)]);
  const opened = await openServicesDatabase(database.url, { poolSize: 1 });
  try {
    const declared = opened.entityMetadatas
      .flatMap(({ tableName, columns }) =>
        columns.map((column) => ({
          table: tableName,
          column: column.databaseName,
          type: opened.driver.normalizeType(column) + (column.isArray ? "[]" : ""),
          nullable: column.isNullable,
        })),
      )
      .map((column) => JSON.stringify(column));
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query(
      `SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, NULL) AS type,
              NOT a.attnotnull AS nullable
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
         AND NOT a.attisdropped AND c.relname <> 'migrations'`,
    );
    await client.end();
    expect(declared.sort()).toEqual(rows.map((row) => JSON.stringify(row)).sort());
  } finally {
    await opened.destroy();
  }
});

test("E5: a transaction that stands idle, and so holds every event back, is ended", async () => {
  const opened = await openServicesDatabase(database.url, { poolSize: 1 });
  const [limit] = await opened.query<object[]>("SHOW idle_in_transaction_session_timeout");
  await opened.destroy();
  expect(limit).toEqual({ idle_in_transaction_session_timeout: "30s" });
});
