import { Client } from "pg";

/** What an agency's databases hold, the record of who saw what aside: by database and table, a sum over its rows. */
export type Held = ReadonlyMap<string, string>;

/** Reads what databases hold, once and again: each over a connection of its own. */
export interface Ledger {
  held(): Promise<Held>;
  /** Whether a row of one of these tables, as they are named in what is held, has all these words in it. */
  names(tables: readonly string[], words: readonly (string | undefined)[]): Promise<boolean>;
  close(): Promise<void>;
}

/** Every table but those of the access record, which grows with each request, and of what was sealed, which nobody reads. */
const TABLES = `
  SELECT quote_ident(nspname) || '.' || quote_ident(relname) AS name
  FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
  WHERE relkind = 'r' AND nspname NOT IN ('pg_catalog', 'information_schema', 'audit', 'sealed') ORDER BY 1`;

/** A row written again with the same words is a change too: xmin tells. */
const sumOf = (table: string) =>
  `SELECT '${table}' AS name, count(*) || ' ' || coalesce(sum(hashtextextended(xmin::text || t::text, 0)), 0) AS sum
   FROM ${table} t`;

/** Opens the ledger of these databases. */
export async function openLedger(urls: readonly string[]): Promise<Ledger> {
  const open = await Promise.all(
    urls.map(async (url) => {
      const client = new Client({ connectionString: url });
      await client.connect();
      const { rows } = await client.query<{ name: string }>(TABLES);
      return { client, statement: rows.map(({ name }) => sumOf(name)).join(" UNION ALL ") };
    }),
  );
  return {
    held: async () =>
      new Map(
        (
          await Promise.all(
            open.map(async ({ client, statement }, index) => {
              const { rows } = await client.query<{ name: string; sum: string }>(statement);
              return rows.map(({ name, sum }): [string, string] => [`${index} ${name}`, sum]);
            }),
          )
        ).flat(),
      ),
    names: async (tables, words) => {
      for (const one of tables) {
        const [index, table] = one.split(" ") as [string, string];
        const { rows } = await open[Number(index)]!.client.query(
          `SELECT FROM ${table} t WHERE NOT EXISTS (SELECT FROM unnest($1::text[]) word WHERE strpos(t::text, coalesce(word, 'nobody')) = 0)`,
          [words],
        );
        if (rows.length > 0) return true;
      }
      return false;
    },
    close: async () => void (await Promise.all(open.map(({ client }) => client.end()))),
  };
}

/** The tables that do not hold what they held. */
export function changed(before: Held, after: Held): string[] {
  return [...after].filter(([table, sum]) => before.get(table) !== sum).map(([table]) => table);
}
