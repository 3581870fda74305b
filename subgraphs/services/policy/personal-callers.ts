import type { DataSource } from "typeorm";

/**
 * The callers, each as `agency/subject`, of whom the services have a fact that is theirs alone: a live conflict. What anybody
 * else sees follows from his agency and role. One statement; for this instant: a conflict recorded later is not in it.
 */
export async function personalCallers(database: DataSource): Promise<ReadonlySet<string>> {
  const rows = await database.query<{ caller: string }[]>(
    "SELECT DISTINCT agency || '/' || subject AS caller FROM conflict_of_interest WHERE ended_at IS NULL",
  );
  return new Set(rows.map(({ caller }) => caller));
}
