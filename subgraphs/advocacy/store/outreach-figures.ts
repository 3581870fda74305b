import type { DataSource } from "typeorm";
import { OutreachKind } from "../domain/outreach";

/** How many cases each kind of outreach reached, summed over the agencies' databases; a kind never used counts 0. */
export async function casesByOutreachKind(
  databases: readonly DataSource[],
): Promise<{ key: OutreachKind; count: number }[]> {
  const perAgency = await Promise.all(
    databases.map((database) =>
      database.query<{ kind: OutreachKind; cases: number }[]>(
        "SELECT kind, count(DISTINCT case_id)::int AS cases FROM outreach GROUP BY kind",
      ),
    ),
  );
  const counts = new Map<OutreachKind, number>(Object.values(OutreachKind).map((kind) => [kind, 0]));
  for (const { kind, cases } of perAgency.flat()) counts.set(kind, (counts.get(kind) ?? 0) + cases);
  return [...counts].map(([key, count]) => ({ key, count }));
}
