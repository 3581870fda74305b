import { Client } from "pg";
import { migrate as migrateAdvocacy } from "../../subgraphs/advocacy/store/database";
import { migrate as migrateLawEnforcement } from "../../subgraphs/law-enforcement/store/database";
import { migrate as migrateServices } from "../../subgraphs/services/store/database";
import type { SeedRequest } from "./seed-city";

interface Database {
  readonly url: string;
  drop(): Promise<void>;
}
type Create = (options: { key: string; migrate: (url: string) => Promise<void> }) => Promise<Database>;

/** Databases of the example site for one test, by owner: law-enforcement, services, and each advocacy agency. */
export interface SiteDatabases {
  readonly owners: readonly string[];
  readonly urls: SeedRequest["urls"];
  /** Asks one statement, over a connection kept for all. */
  ask<Row extends object>(owner: string, sql: string, values?: unknown[]): Promise<Row[]>;
  /** The tables of a database, but the list of its migrations. */
  tablesOf(owner: string): Promise<string[]>;
  drop(): Promise<void>;
}

const TABLES = `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations' ORDER BY 1`;

/** Makes them, empty and migrated. */
export async function siteDatabases(create: Create): Promise<SiteDatabases> {
  const databases = new Map([
    ["law-enforcement", await create({ key: "law-enforcement", migrate: migrateLawEnforcement })],
    ["services", await create({ key: "services", migrate: migrateServices })],
    ["harbor-house", await create({ key: "advocacy", migrate: migrateAdvocacy })],
    ["safe-passage", await create({ key: "advocacy", migrate: migrateAdvocacy })],
  ]);
  const urlOf = (owner: string) => databases.get(owner)!.url;
  const clients = new Map<string, Client>();
  const clientOf = async (owner: string) => {
    const known = clients.get(owner);
    if (known) return known;
    const client = new Client({ connectionString: urlOf(owner) });
    await client.connect();
    clients.set(owner, client);
    return client;
  };
  const ask = async <Row extends object>(
    owner: string,
    sql: string,
    values: unknown[] = [],
  ): Promise<Row[]> => (await (await clientOf(owner)).query<Row>(sql, values)).rows;
  return {
    owners: [...databases.keys()],
    urls: {
      lawEnforcement: urlOf("law-enforcement"),
      services: urlOf("services"),
      advocacy: { "harbor-house": urlOf("harbor-house"), "safe-passage": urlOf("safe-passage") },
    },
    ask,
    tablesOf: async (owner) => (await ask<{ name: string }>(owner, TABLES)).map(({ name }) => name),
    drop: async () => {
      for (const client of clients.values()) await client.end();
      for (const database of databases.values()) await database.drop();
    },
  };
}
