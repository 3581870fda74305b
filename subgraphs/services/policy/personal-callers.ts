import type { DataSource } from "typeorm";

/**
 * The callers, each as `agency/subject`, of whom the services have a fact that is theirs alone: a live conflict, or that
 * they help victims. What anybody else sees follows from his agency and role. One statement; for this instant.
 */
export async function personalCallers(database: DataSource): Promise<ReadonlySet<string>> {
  const rows = await database.query<{ caller: string }[]>(
    `SELECT agency || '/' || subject AS caller FROM conflict_of_interest WHERE ended_at IS NULL
     UNION SELECT agency || '/' || subject FROM victim_side_employee WHERE ended_at IS NULL`,
  );
  return new Set(rows.map(({ caller }) => caller));
}
