import type { Client } from "pg";
import type { Batch } from "./plan-work";

/* What an extract says beyond incidents: who is whose case, and what was charged. Parameters as for incidents. */

const source = "rms";

/** A case is opened for every pair of intimate partners; one that is open stays as it is. */
const openCases = `
  INSERT INTO case_file (person_id, victim_id)
  SELECT DISTINCT s.person_id, v.victim_id
  FROM import_staging.work w
  JOIN import_staging.linked_relationship l ON l.incident_key = w.incident_key
  JOIN import_staging.subject s ON s.id = l.subject_id
  JOIN import_staging.victim v ON v.id = l.victim_id
  WHERE w.incident_key BETWEEN $1 AND $2 AND l.incident_key BETWEEN $1 AND $2 AND s.incident_key BETWEEN $1 AND $2
    AND v.incident_key BETWEEN $1 AND $2 AND w.state <> 'unchanged' AND l.class = 'intimate-partner' AND s.person_id IS NOT NULL
  ON CONFLICT (person_id, victim_id) DO NOTHING`;

const deleteVanishedCharges = `
  DELETE FROM charge c USING import_staging.work w
  WHERE w.incident_key BETWEEN $1 AND $2 AND w.state = 'changed' AND c.incident_id = w.id AND c.source = $3
    AND NOT EXISTS (SELECT FROM import_staging.rms_row r
      WHERE r.incident_key = w.incident_key AND r.reason IS NULL AND r.charge_key COLLATE "default" = c.source_key)`;

/**
 * A charge is one of intimate partner violence when its offence can be, and a victim of that offence is a partner of the
 * person charged. That the incident is dual-party does not change this: the level rules hold such a charge for review.
 */
const writeCharges = `
  INSERT INTO charge (source, source_key, person_id, incident_id, offence_code, title, ipv, weapon_codes, docket, filed_on,
    court_date, disposition, disposition_on, provenance)
  SELECT $3, r.charge_key, min(s.person_id::text)::uuid, w.id, min(r.offence_code), min(r.offence_title),
    bool_or(r.can_be_ipv AND coalesce(l.class = 'intimate-partner', false)),
    coalesce((SELECT array_agg(DISTINCT x.code ORDER BY x.code) FROM import_staging.offence_weapon x
              WHERE x.offence_key = min(r.incident_key || '/' || r.offence_code)), '{}'),
    min(r.docket), min(r.filed_on), min(r.court_date), min(r.disposition), min(r.disposition_on), 'local'
  FROM import_staging.work w
  JOIN import_staging.rms_row r ON r.incident_key = w.incident_key AND r.reason IS NULL AND r.charge_key IS NOT NULL
  JOIN import_staging.subject s ON s.incident_key = w.incident_key AND s.person_key = r.person_key
  LEFT JOIN import_staging.victim v ON v.incident_key = w.incident_key AND v.known_victim_key = r.victim_key
  LEFT JOIN import_staging.linked_relationship l ON l.incident_key = w.incident_key AND l.victim_id = v.id AND l.subject_id = s.id
  WHERE w.incident_key BETWEEN $1 AND $2 AND r.incident_key BETWEEN $1 AND $2 AND s.incident_key BETWEEN $1 AND $2
    AND w.state <> 'unchanged'
  GROUP BY r.charge_key, w.id
  ON CONFLICT (source, source_key) DO UPDATE SET person_id = excluded.person_id, incident_id = excluded.incident_id,
    offence_code = excluded.offence_code, title = excluded.title, ipv = excluded.ipv, weapon_codes = excluded.weapon_codes,
    docket = excluded.docket, filed_on = excluded.filed_on, court_date = excluded.court_date,
    disposition = excluded.disposition, disposition_on = excluded.disposition_on`;

/** Writes the charges of a batch and opens its cases. */
export async function writeRmsCases(client: Client, batch: Batch): Promise<void> {
  const keys = [batch.from, batch.to];
  if (batch.changes) await client.query(deleteVanishedCharges, [...keys, source]);
  await client.query(writeCharges, [...keys, source]);
  await client.query(openCases, keys);
}
