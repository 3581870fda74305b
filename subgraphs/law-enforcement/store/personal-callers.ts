import type { DataSource } from "typeorm";

/** "agency/subject" of whoever is party to a live conflict or a named reader of a compartment: his rows are his alone. */
export async function personalCallers(database: DataSource): Promise<ReadonlySet<string>> {
  const rows = await database.query<{ name: string }[]>(
    `SELECT agency || '/' || subject AS name FROM conflict_of_interest WHERE ended_at IS NULL
     UNION SELECT agency || '/' || subject FROM compartment_reader`,
  );
  return new Set(rows.map(({ name }) => name));
}
