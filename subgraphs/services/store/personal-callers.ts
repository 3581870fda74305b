import type { DataSource } from "typeorm";

/** "agency/subject" of whoever a live conflict cuts off from a person: his rows are his alone. */
export async function personalCallers(database: DataSource): Promise<ReadonlySet<string>> {
  const rows = await database.query<{ name: string }[]>(
    "SELECT DISTINCT agency || '/' || subject AS name FROM conflict_of_interest WHERE ended_at IS NULL",
  );
  return new Set(rows.map(({ name }) => name));
}
