import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../../test/setup/databases";
import { ENTITIES, migrate, openLawEnforcementDatabase } from "./database";

let place: TestDatabase;
let database: DataSource;

beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
});
afterAll(async () => {
  await database?.destroy();
  await place?.drop();
});

interface ColumnFacts {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
}

const TYPES: Record<string, string> = { timestamptz: "timestamp with time zone" };

function declared(): ColumnFacts[] {
  return database.entityMetadatas.flatMap((entity) =>
    entity.columns.map((column) => ({
      table: entity.tableName,
      column: column.databaseName,
      type: `${TYPES[String(column.type)] ?? String(column.type)}${column.isArray ? "[]" : ""}`,
      nullable: column.isNullable,
    })),
  );
}

function migrated(): Promise<ColumnFacts[]> {
  return database.query(`
    SELECT class.relname AS table, attname AS column, format_type(atttypid, NULL) AS type, NOT attnotnull AS nullable
    FROM pg_attribute JOIN pg_class class ON class.oid = attrelid
    WHERE class.relnamespace = 'public'::regnamespace AND class.relkind = 'r' AND attnum > 0 AND NOT attisdropped
      AND class.relname <> 'migrations'`);
}

const inOrder = (facts: ColumnFacts[]): string[] =>
  facts.map((one) => `${one.table}.${one.column} ${one.type}${one.nullable ? " null" : ""}`).sort();

test("entities and migrated tables agree column by column: names, types, nullability", async () => {
  expect(database.entityMetadatas).toHaveLength(ENTITIES.length);
  expect(inOrder(declared())).toEqual(inOrder(await migrated()));
});

test("primary keys agree", async () => {
  const keys: { table: string; columns: string[] }[] = await database.query(`
    SELECT class.relname AS table, array_agg(attname ORDER BY attname)::text[] AS columns
    FROM pg_index JOIN pg_class class ON class.oid = indrelid
      JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
    WHERE indisprimary AND class.relnamespace = 'public'::regnamespace AND class.relname <> 'migrations'
    GROUP BY class.relname`);
  const ofEntities = database.entityMetadatas.map((entity) => ({
    table: entity.tableName,
    columns: entity.primaryColumns.map((column) => column.databaseName).sort(),
  }));
  const byTable = (one: { table: string }, other: { table: string }) => (one.table < other.table ? -1 : 1);
  expect(ofEntities.sort(byTable)).toEqual(keys.sort(byTable));
});

test("processes that migrate an empty database at once make its tables once", async () => {
  const empty = await createTestDatabase({ key: "law-enforcement-empty" });
  try {
    await Promise.all([migrate(empty.url), migrate(empty.url), migrate(empty.url)]);
    const opened = await openLawEnforcementDatabase(empty.url, { poolSize: 1 });
    try {
      expect(await opened.showMigrations()).toBe(false);
    } finally {
      await opened.destroy();
    }
  } finally {
    await empty.drop();
  }
});

test("a day comes back as the day that was written, whatever the time zone of the process", async () => {
  const rows: { day: unknown }[] = await database.query("SELECT DATE '2026-03-29' AS day");
  expect(rows).toEqual([{ day: "2026-03-29" }]);
});

test("E5: a transaction that stands idle, and so holds every event back, is ended", async () => {
  expect(await database.query("SHOW idle_in_transaction_session_timeout")).toEqual([
    { idle_in_transaction_session_timeout: "30s" },
  ]);
});
