import type { DataSource } from "typeorm";
import { instantOf, microsOf, type Position } from "../../../platform/subgraph/newest-first";

/** The ids of the agency's cases, newest assignment first, after a position. */
export async function caseloadPage(
  database: DataSource,
  after: Position | null,
  limit: number,
): Promise<{ row: string; position: Position }[]> {
  const rows = await database.query<{ case_id: string; micros: string }[]>(
    `SELECT case_id, ${microsOf("assigned_at")} AS micros FROM case_assignment
     WHERE $2::bigint IS NULL
        OR assigned_at < ${instantOf("$2")}
        OR (assigned_at = ${instantOf("$2")} AND case_id > $3)
     ORDER BY assigned_at DESC, case_id
     LIMIT $1`,
    [limit, after?.micros ?? null, after?.id ?? null],
  );
  return rows.map(({ case_id: id, micros }) => ({ row: id, position: { micros, id } }));
}
