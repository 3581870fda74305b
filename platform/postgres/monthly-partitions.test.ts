import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { testServerUrl } from "../../test/setup/databases";
import { databaseUrl, ensureDatabase } from "./databases";
import { monthlyPartitions } from "./monthly-partitions";

let server: Client;
let owner: Client;
const name = `months_${randomBytes(4).toString("hex")}`;
const spec = { database: name, role: name, password: name };

beforeEach(async () => {
  const url = await testServerUrl();
  server = new Client({ connectionString: url });
  await server.connect();
  await ensureDatabase(url, spec);
  owner = new Client({ connectionString: databaseUrl(url, spec) });
  await owner.connect();
  await owner.query(`
    CREATE SCHEMA paper;
    CREATE TABLE paper.note (at timestamptz NOT NULL, said text) PARTITION BY RANGE (at);
    ${monthlyPartitions({ schema: "paper", table: "note", column: "at" })}`);
});
afterEach(async () => {
  await owner.end();
  await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await server.query(`DROP ROLE ${name}`);
  await server.end();
});

const ask = async <Row>(sql: string, values: unknown[] = []) =>
  (await owner.query<Row & object>(sql, values)).rows;
const write = (at: string) => owner.query(`INSERT INTO paper.note VALUES (${at}, 'x')`);
const partitionOf = (row: string) =>
  ask<{ at: string }>(`SELECT tableoid::regclass::text AS at FROM paper.note WHERE ${row}`);
const make = async (ahead: number) =>
  (await ask<{ n: number }>("SELECT paper.note_make_months($1) AS n", [ahead]))[0]!.n;
const drop = async (before: string) =>
  (await ask<{ n: number }>(`SELECT paper.note_drop_months(${before}) AS n`))[0]!.n;

test("E1: a row goes to its month; months ahead are there before they begin, and made once", async () => {
  await write("now()");
  await write("now() + interval '3 months' - interval '1 day'");
  const at = (await partitionOf("true")).map((row) => row.at);
  expect(new Set(at).size).toBe(2);
  for (const partition of at) expect(partition).toMatch(/^paper\.note_\d{4}_\d{2}$/);
  expect(await make(3)).toBe(0);
  expect(await make(5)).toBe(2);
});

test("E1: two that want one month at once make it once, and neither fails", async () => {
  const other = new Client({ connectionString: databaseUrl(await testServerUrl(), spec) });
  await other.connect();
  try {
    await owner.query("BEGIN");
    expect(await make(5)).toBe(2);
    const second = other.query<{ n: number }>("SELECT paper.note_make_months(5) AS n");
    // Not a rejection that nobody hears while the test waits for the lock.
    second.catch(() => undefined);
    const waits = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = $1";
    const { rows } = await server.query<{ oid: number }>("SELECT oid FROM pg_database WHERE datname = $1", [
      name,
    ]);
    while ((await server.query(waits, [rows[0]!.oid])).rowCount === 0);
    await owner.query("COMMIT");
    expect((await second).rows).toEqual([{ n: 0 }]);
  } finally {
    await other.end();
  }
});

test("E1: a row whose month nobody made is kept, and its month is then left where it is", async () => {
  await write("now() + interval '5 months'");
  expect(await partitionOf("true")).toEqual([{ at: "paper.note_default" }]);
  expect(await make(5)).toBe(1);
  await write("now() + interval '5 months'");
  expect(await ask("SELECT FROM paper.note")).toHaveLength(2);
});

test.each(["UTC", "Pacific/Auckland", "America/Los_Angeles"])(
  "E1: months that are over are dropped whole, the month asked about and later ones stay (%s)",
  async (zone) => {
    await owner.query(`SET TimeZone = '${zone}'`);
    for (const month of ["2024-01", "2024-02", "2024-03"]) {
      const next = month.replace(/\d$/, (digit) => String(Number(digit) + 1));
      await owner.query(`CREATE TABLE paper.note_${month.replace("-", "_")} PARTITION OF paper.note
        FOR VALUES FROM ('${month}-01 00:00+00') TO ('${next}-01 00:00+00')`);
      await write(`'${month}-15 12:00+00'`);
    }
    expect(await drop("'2024-03-01 00:00+00'")).toBe(2);
    expect(await drop("'2024-03-31 23:00+00'")).toBe(0);
    expect(await ask("SELECT (at AT TIME ZONE 'UTC')::text AS at FROM paper.note")).toEqual([
      { at: "2024-03-15 12:00:00" },
    ]);
  },
);

test("E1: what nobody made a month for is dropped once all of it is old", async () => {
  await write("'2020-01-15'");
  await write("now() + interval '9 months'");
  expect(await drop("now()")).toBe(0);
  expect(await drop("now() + interval '11 months'")).toBe(5);
  await write("'2020-01-15'");
  expect(await ask("SELECT FROM paper.note")).toHaveLength(1);
});

test("E2: not even the owner changes or deletes a row of a month", async () => {
  await write("now()");
  const [{ at } = { at: "" }] = await partitionOf("true");
  for (const table of [at, "paper.note_default"]) {
    await expect(owner.query(`UPDATE ${table} SET said = 'y'`)).rejects.toThrow(/permission denied/);
    await expect(owner.query(`DELETE FROM ${table}`)).rejects.toThrow(/permission denied/);
    await expect(owner.query(`TRUNCATE ${table}`)).rejects.toThrow(/permission denied/);
  }
});
