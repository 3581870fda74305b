import type { DataSource } from "typeorm";
import { ServiceKind } from "../domain/referral";

/** How many persons came to each service at least once; a service nobody came to counts 0. */
export async function personsByService(database: DataSource): Promise<{ key: ServiceKind; count: number }[]> {
  const rows = await database.query<{ service: ServiceKind; persons: number }[]>(
    `SELECT r.service, count(DISTINCT r.person_id)::int AS persons
     FROM referral r JOIN engagement e ON e.referral_id = r.id AND e.attended
     GROUP BY r.service`,
  );
  const counts = new Map(rows.map(({ service, persons }) => [service, persons]));
  return Object.values(ServiceKind).map((key) => ({ key, count: counts.get(key) ?? 0 }));
}
