/** What asks statements: a typeorm DataSource or EntityManager. */
interface Database {
  query<Row>(statement: string, parameters?: unknown[]): Promise<Row[]>;
}

/** What was told of a person, in order. */
export function eventsOf(
  database: Database,
  personId: string,
): Promise<{ topic: string; facts: Record<string, string>; historic: boolean }[]> {
  return database.query(
    "SELECT topic, facts, historic FROM outbox.event WHERE key = $1 ORDER BY epoch, xid, position",
    [personId],
  );
}
