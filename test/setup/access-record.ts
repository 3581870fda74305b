import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { createTestDatabase, type TestDatabase } from "./databases";
import type { Access } from "../../platform/access-record/access";
import { ACCESS_RECORD_TABLES } from "../../platform/access-record/tables";

/** A database with nothing but a record; `client` may do everything in it. */
export async function recordDatabase(): Promise<TestDatabase & { client: Client }> {
  const database = await createTestDatabase({
    key: "access record",
    migrate: async (url) => {
      const client = new Client({ connectionString: url });
      await client.connect();
      await client.query(ACCESS_RECORD_TABLES);
      await client.end();
    },
  });
  const client = new Client({ connectionString: database.superuserUrl });
  await client.connect();
  return {
    url: database.url,
    superuserUrl: database.superuserUrl,
    client,
    drop: async () => {
      await client.end();
      await database.drop();
    },
  };
}

/** An access by a made-up detective. */
export function anAccess(differing: Partial<Access> = {}): Access {
  return {
    reader: {
      subject: "dana",
      agency: "metro-police",
      role: "detective",
      purpose: "case-work",
      breakGlass: null,
    },
    operationHash: "a".repeat(64),
    fields: ["Person.identity", 'With "quotes", {braces} and \\ 日本'],
    records: [{ type: "Person", id: randomUUID(), representation: null, provenance: null }],
    representations: new Map(),
    outcome: "answered",
    codes: [],
    ...differing,
  };
}

/** What somebody does who may do everything in the database: triggers do not fire for him. */
export async function asSuperuser(client: Client, sql: string): Promise<void> {
  await client.query("SET session_replication_role = replica");
  await client.query(sql);
  await client.query("RESET session_replication_role");
}
