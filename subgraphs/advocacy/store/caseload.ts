import type { DataSource } from "typeorm";

/** The ids of the agency's cases, newest assignment first, after one of them; from the start when it is not there. */
export async function caseloadPage(
  database: DataSource,
  first: number,
  after: string | null,
): Promise<string[]> {
  const rows = await database.query<{ case_id: string }[]>(
    `SELECT a.case_id FROM case_assignment a
     LEFT JOIN case_assignment last ON last.case_id = $2
     WHERE last.case_id IS NULL
        OR a.assigned_at < last.assigned_at
        OR (a.assigned_at = last.assigned_at AND a.case_id > last.case_id)
     ORDER BY a.assigned_at DESC, a.case_id
     LIMIT $1`,
    [first, after],
  );
  return rows.map(({ case_id: caseId }) => caseId);
}
