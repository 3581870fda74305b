import type { DataSource } from "typeorm";
import {
  readAccessLog,
  type AccessFilter,
  type PlacedAccess,
  type VisibleAccesses,
} from "../../../platform/access-record/access-log";
import type { Position } from "../../../platform/subgraph/newest-first";

/** The accesses that a reader may see over the agencies' records, newest first, after a position: one statement for each. */
export async function accessesOver(
  databases: ReadonlyMap<string, DataSource>,
  visible: ReadonlyMap<string, VisibleAccesses>,
  filter: AccessFilter,
  after: Position | null,
  limit: number,
): Promise<PlacedAccess[]> {
  const pages = await Promise.all(
    [...visible].map(async ([agency, which]) => {
      const database = databases.get(agency);
      if (!database) return [];
      return readAccessLog((sql, values) => database.query(sql, values), which, filter, after, limit);
    }),
  );
  return pages
    .flat()
    .sort(
      ({ position: one }, { position: other }) =>
        Number(other.micros) - Number(one.micros) || (one.id < other.id ? -1 : 1),
    )
    .slice(0, limit);
}
