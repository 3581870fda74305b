import type { DataSource } from "typeorm";

/**
 * The callers, each as `agency/subject`, of whom law enforcement has a fact that is theirs alone: a live conflict, a
 * compartment that names them as a reader, or a contact planned with them as messenger. What anybody else sees follows from
 * his agency and role. One statement; for this instant: what is recorded later is not in it.
 */
export async function personalCallers(database: DataSource): Promise<ReadonlySet<string>> {
  const rows = await database.query<{ caller: string }[]>(
    `SELECT agency || '/' || subject AS caller FROM conflict_of_interest WHERE ended_at IS NULL
     UNION SELECT agency || '/' || subject FROM compartment_reader
     UNION SELECT messenger_agency || '/' || messenger FROM contact
           WHERE messenger IS NOT NULL AND state = 'planned'`,
  );
  return new Set(rows.map(({ caller }) => caller));
}
