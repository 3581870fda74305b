import { randomUUID } from "node:crypto";
import { Pool } from "pg";
import { testServerUrl } from "../../test/setup/databases";
import { SESSION } from "./session";

let pool: Pool;
beforeAll(async () => {
  pool = new Pool({ connectionString: await testServerUrl(), ...SESSION, max: 1 });
});
afterAll(() => pool?.end());

async function prepared(): Promise<string[]> {
  const { rows } = await pool.query<{ statement: string }>("SELECT statement FROM pg_prepared_statements");
  return rows.map(({ statement }) => statement);
}

test("what is run again and again with parameters is prepared, and answers as before", async () => {
  const often = `SELECT $1::int + 1 AS sum, '${randomUUID()}' AS id`;
  for (let run = 1; run <= 8; run += 1) {
    const { rows } = await pool.query<{ sum: number }>(often, [run]);
    expect(rows[0]!.sum).toBe(run + 1);
  }
  expect(await prepared()).toEqual([often]);
});

test("what is prepared is planned once, whatever it is asked with", async () => {
  const often = `SELECT relname, '${randomUUID()}' AS id FROM pg_class WHERE oid = ANY($1::oid[])`;
  for (let run = 1; run <= 10; run += 1) await pool.query(often, [Array.from({ length: run }, () => run)]);
  const { rows } = await pool.query(
    "SELECT custom_plans::int FROM pg_prepared_statements WHERE statement = $1",
    [often],
  );
  expect(rows).toEqual([{ custom_plans: 0 }]);
});

test("what is run without parameters, or seldom, is not", async () => {
  const [bare, seldom] = [`SELECT '${randomUUID()}'`, `SELECT $1::int, '${randomUUID()}'`];
  for (let run = 1; run <= 8; run += 1) await pool.query(bare);
  await pool.query(seldom, [1]);
  const there = await prepared();
  expect(there).not.toContain(bare);
  expect(there).not.toContain(seldom);
});

test("an error is told as it is, and the next run answers", async () => {
  const divide = `SELECT 1 / $1::int AS share, '${randomUUID()}' AS id`;
  for (let run = 1; run <= 8; run += 1) {
    await expect(pool.query(divide, [0])).rejects.toMatchObject({ code: "22012" });
    expect((await pool.query<{ share: number }>(divide, [1])).rows[0]!.share).toBe(1);
  }
});

test("a process prepares no more than a connection may keep", async () => {
  for (let text = 0; text < 250; text += 1) {
    const statement = `SELECT $1::int, ${text}, '${randomUUID()}'`;
    for (let run = 1; run <= 3; run += 1) await pool.query(statement, [1]);
  }
  const { length } = await prepared();
  expect(length).toBeGreaterThan(100);
  expect(length).toBeLessThanOrEqual(128);
});
