import type { DataSource } from "typeorm";
import { instantOf, microsOf, type Position } from "../../../platform/subgraph/newest-first";
import type { Reader } from "../domain/release";
import { openCase } from "../policy/conflict-wall";

/** The ids of the cases of the reader's agency that are open to her, newest assignment first, after a position. */
export async function caseloadPage(
  database: DataSource,
  reader: Reader,
  after: Position | null,
  limit: number,
): Promise<{ row: string; position: Position }[]> {
  const rows = await database.query<{ case_id: string; micros: string }[]>(
    `SELECT case_id, ${microsOf("assigned_at")} AS micros FROM case_assignment
     WHERE ended_at IS NULL AND ${openCase("case_id")}
       AND ($4::bigint IS NULL
         OR assigned_at < ${instantOf("$4")}
         OR (assigned_at = ${instantOf("$4")} AND case_id > $5))
     ORDER BY assigned_at DESC, case_id
     LIMIT $3`,
    [reader.agency, reader.subject, limit, after?.micros ?? null, after?.id ?? null],
  );
  return rows.map(({ case_id: id, micros }) => ({ row: id, position: { micros, id } }));
}
