import type { PartTable } from "./link-parts";

/*
 * The statements that write the parts of a batch. Parameters everywhere: $1 and $2 the keys of the first and the last
 * incident of the batch. New parts are inserted; of changed incidents, what vanished is deleted and what differs updated.
 */

interface Part {
  readonly table: string;
  readonly columns: readonly string[];
  /** A column a person may have filled: the source's silence does not empty it. */
  readonly keeps?: string;
  readonly overriding?: string;
}

const parts: Readonly<Record<PartTable, Part>> = {
  offence: {
    table: "offence",
    columns: ["code", "title", "completed", "order_violation"],
    overriding: "OVERRIDING SYSTEM VALUE",
  },
  subject: { table: "incident_subject", columns: ["person_id", "age", "sex"], keeps: "person_id" },
  victim: { table: "incident_victim", columns: ["victim_id", "type_code", "age", "sex"], keeps: "victim_id" },
};

/** The three of them. */
export const partTables = Object.keys(parts) as PartTable[];

const inBatch =
  "s.incident_key BETWEEN $1 AND $2 AND w.incident_key BETWEEN $1 AND $2 AND w.incident_key = s.incident_key";
const changedOnes = "w.incident_key BETWEEN $1 AND $2 AND w.state = 'changed'";

/** Gives the staged parts of changed incidents the ids they have in the hub. For all batches at once, no parameters. */
export function takeKnownIds(name: PartTable): string {
  return `UPDATE import_staging.${name} s SET id = t.id, is_new = false
    FROM import_staging.work w, ${parts[name].table} t
    WHERE w.state = 'changed' AND s.incident_key = w.incident_key AND t.incident_id = w.id
      AND t.source_key = s.part_key COLLATE "default"`;
}

/** Inserts the parts of a batch that are not in the hub. */
export function insertParts(name: PartTable): string {
  const { table, columns, overriding = "" } = parts[name];
  return `INSERT INTO ${table} (id, incident_id, source_key, ${columns.join(", ")}) ${overriding}
    SELECT s.id, w.id, s.part_key, ${columns.map((column) => `s.${column}`).join(", ")}
    FROM import_staging.${name} s, import_staging.work w
    WHERE ${inBatch} AND w.state <> 'unchanged' AND s.is_new ORDER BY s.incident_key`;
}

/** Updates the parts of a batch that differ from what the hub has. */
export function updateParts(name: PartTable): string {
  const { table, columns, keeps } = parts[name];
  const value = (column: string) => (column === keeps ? `coalesce(s.${column}, t.${column})` : `s.${column}`);
  return `UPDATE ${table} t SET ${columns.map((column) => `${column} = ${value(column)}`).join(", ")}
    FROM import_staging.${name} s, import_staging.work w
    WHERE ${inBatch} AND w.state = 'changed' AND NOT s.is_new AND t.id = s.id
      AND (${columns.map((column) => `t.${column}`).join(", ")}) IS DISTINCT FROM (${columns.map(value).join(", ")})`;
}

/** Deletes the parts of a batch that the source no longer has, and all that hangs on them. */
export function deleteVanishedParts(name: PartTable): string {
  return `DELETE FROM ${parts[name].table} t USING import_staging.work w
    WHERE ${changedOnes} AND t.incident_id = w.id
      AND NOT EXISTS (SELECT FROM import_staging.${name} s WHERE s.incident_key = w.incident_key AND s.id = t.id)`;
}
