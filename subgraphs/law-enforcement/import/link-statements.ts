import type { LinkTable } from "./link-parts";

/* The statements that write what ties the parts of a batch together. Parameters: $1 and $2, as for parts. */

interface Link {
  /** The columns of the table, and those of the linked staging table they come from. */
  readonly columns: readonly string[];
  readonly from: readonly string[];
  /** How the part that owns the row leads to its incident. */
  readonly owner: { readonly table: string; readonly column: string };
  /** How many of the columns are the key; a row is vanished when no staged row has its key. */
  readonly keyed: number;
}

const ofVictim = { table: "incident_victim", column: "incident_victim_id" };
const ofOffence = { table: "offence", column: "offence_id" };

const links: Readonly<Record<LinkTable, Link>> = {
  victim_offence: {
    columns: ["incident_victim_id", "offence_id"],
    from: ["victim_id", "offence_id"],
    owner: ofVictim,
    keyed: 2,
  },
  victim_injury: {
    columns: ["incident_victim_id", "code"],
    from: ["victim_id", "code"],
    owner: ofVictim,
    keyed: 2,
  },
  offence_weapon: {
    columns: ["offence_id", "code"],
    from: ["offence_id", "code"],
    owner: ofOffence,
    keyed: 2,
  },
  relationship: {
    columns: ["incident_victim_id", "incident_subject_id", "code", "stated", "class"],
    from: ["victim_id", "subject_id", "code", "stated", "class"],
    owner: ofVictim,
    keyed: 3,
  },
};

/** Inserts the links of a batch; in one with changes, a link that is there already takes the source's values. */
export function insertLinks(table: LinkTable, changes: boolean): string {
  const { columns, from, keyed } = links[table];
  const says = columns.slice(keyed);
  const conflict =
    says.length === 0
      ? "ON CONFLICT DO NOTHING"
      : `ON CONFLICT (${columns.slice(0, keyed).join(", ")}) DO UPDATE
         SET ${says.map((column) => `${column} = excluded.${column}`).join(", ")}
         WHERE (${says.map((column) => `${table}.${column}`).join(", ")})
           IS DISTINCT FROM (${says.map((column) => `excluded.${column}`).join(", ")})`;
  return `INSERT INTO ${table} (${columns.join(", ")}) SELECT ${from.map((column) => `l.${column}`).join(", ")}
    FROM import_staging.linked_${table} l, import_staging.work w
    WHERE l.incident_key BETWEEN $1 AND $2 AND w.incident_key BETWEEN $1 AND $2 AND w.incident_key = l.incident_key
      AND w.state <> 'unchanged' ${changes ? conflict : ""}`;
}

/** Deletes the links of changed incidents that the source no longer has. */
export function deleteVanishedLinks(table: LinkTable): string {
  const { columns, from, owner, keyed } = links[table];
  const same = columns.slice(0, keyed).map((column, at) => `l.${from[at] ?? ""} = t.${column}`);
  return `DELETE FROM ${table} t USING import_staging.work w, ${owner.table} o
    WHERE w.incident_key BETWEEN $1 AND $2 AND w.state = 'changed' AND o.incident_id = w.id AND t.${owner.column} = o.id
      AND NOT EXISTS (SELECT FROM import_staging.linked_${table} l
        WHERE l.incident_key = w.incident_key AND ${same.join(" AND ")})`;
}
