import type { Client } from "pg";
import { linkTables } from "./link-parts";

const digested = ["offence", "subject", "victim", "arrest", ...linkTables.map((table) => `linked_${table}`)];

/**
 * Sums the digests of all rows of each incident up to its fingerprint, and says whether every row has found its incident.
 * The sum does not depend on the order of rows.
 */
export async function fingerprintIncidents(client: Client): Promise<{ readonly allFound: boolean }> {
  const rows = digested.map(
    (table) => `UNION ALL SELECT incident_key, 0, digest FROM import_staging.${table}`,
  );
  await client.query(
    `INSERT INTO import_staging.fingerprint (incident_key, heads, fingerprint)
     SELECT incident_key, sum(head), count(*) || ':' || sum(digest)
     FROM (SELECT incident_key, 1 AS head, digest FROM import_staging.incident ${rows.join(" ")}) AS every_row
     GROUP BY incident_key`,
  );
  const odd = await client.query(
    "SELECT FROM import_staging.fingerprint WHERE heads <> 1 OR incident_key IS NULL LIMIT 1",
  );
  return { allFound: odd.rowCount === 0 };
}

/**
 * Decides what is to be done with each incident that is not refused: it is new, changed, or as it was. Says how many
 * changed; ids are those the hub already has.
 */
export async function planWork(client: Client, source: string): Promise<{ readonly changed: number }> {
  await client.query(
    `INSERT INTO import_staging.work (incident_key, state, fingerprint)
     SELECT f.incident_key, CASE WHEN i.id IS NULL THEN 'new'
         WHEN i.source_fingerprint = f.fingerprint THEN 'unchanged' ELSE 'changed' END, f.fingerprint
     FROM import_staging.fingerprint f
     LEFT JOIN incident i ON i.source = $1 AND i.source_key = f.incident_key COLLATE "default"
     WHERE f.heads = 1 AND f.incident_key NOT IN (SELECT unnest(incident_keys) FROM import_staging.reject)
       -- Whether it is there still or new: what a court had sealed is left out, and said nothing of.
       AND NOT is_expunged('incident', $1, f.incident_key COLLATE "default")
     ORDER BY f.incident_key`,
    [source],
  );
  const { rowCount } = await client.query(
    `UPDATE import_staging.work w SET id = i.id FROM incident i
     WHERE w.state = 'changed' AND i.source = $1 AND i.source_key = w.incident_key COLLATE "default"`,
    [source],
  );
  return { changed: rowCount ?? 0 };
}

/** Where a batch of incidents begins and ends, by their keys. */
export interface Batch {
  readonly from: string;
  readonly to: string;
  readonly incidents: number;
  /** Some of them are in the hub already. */
  readonly changes: boolean;
}

/** Cuts what is new or changed into batches. */
export async function cutBatches(client: Client, size: number): Promise<Batch[]> {
  const { rows } = await client.query<Batch>(
    `SELECT min(incident_key) AS "from", max(incident_key) AS "to", count(*)::int AS incidents,
       bool_or(state = 'changed') AS changes
     FROM (SELECT incident_key, state, (row_number() OVER (ORDER BY incident_key) - 1) / $1::int AS batch
           FROM import_staging.work WHERE state <> 'unchanged') w
     GROUP BY batch ORDER BY 1`,
    [size],
  );
  return rows;
}
