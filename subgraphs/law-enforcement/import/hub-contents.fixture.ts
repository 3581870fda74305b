import type { Client } from "pg";

/** What stands in the hub, told by the keys of the source and not by the ids of the hub. */
const readings = {
  incident: `SELECT source_key, ori, occurred_on::text, occurred_hour, date_is_report, exceptional_clearance,
    intimate_partner, dual_party FROM incident`,
  offence: `SELECT i.source_key AS incident, o.source_key, o.code, o.title, o.completed, o.order_violation
    FROM offence o JOIN incident i ON i.id = o.incident_id`,
  subject: `SELECT i.source_key AS incident, s.source_key, s.person_id, s.age, s.sex
    FROM incident_subject s JOIN incident i ON i.id = s.incident_id`,
  victim: `SELECT i.source_key AS incident, v.source_key, v.victim_id, v.type_code, v.age, v.sex
    FROM incident_victim v JOIN incident i ON i.id = v.incident_id`,
  victimOffence: `SELECT v.source_key AS victim, o.source_key AS offence FROM victim_offence x
    JOIN incident_victim v ON v.id = x.incident_victim_id JOIN offence o ON o.id = x.offence_id`,
  injury: `SELECT v.source_key AS victim, x.code FROM victim_injury x JOIN incident_victim v ON v.id = x.incident_victim_id`,
  weapon: `SELECT o.source_key AS offence, x.code FROM offence_weapon x JOIN offence o ON o.id = x.offence_id`,
  relationship: `SELECT v.source_key AS victim, s.source_key AS subject, r.code, r.stated, r.class FROM relationship r
    JOIN incident_victim v ON v.id = r.incident_victim_id JOIN incident_subject s ON s.id = r.incident_subject_id`,
  arrest: `SELECT i.source_key AS incident, a.source_key, a.arrested_on::text, a.type_code, a.offence_code
    FROM arrest a JOIN incident i ON i.id = a.incident_id`,
  review: `SELECT i.source_key AS incident, r.kind, r.resolved_by FROM incident_review r JOIN incident i ON i.id = r.incident_id`,
} as const;

/** A reading of the hub. */
export type Contents = Record<keyof typeof readings, Record<string, unknown>[]>;

/** Reads everything an import writes, in a fixed order. */
export async function hubContents(client: Client): Promise<Contents> {
  const found: Partial<Contents> = {};
  for (const [name, reading] of Object.entries(readings)) {
    const { rows } = await client.query<{ row: Record<string, unknown> }>(
      `SELECT to_jsonb(x) AS row FROM (${reading}) x ORDER BY x::text`,
    );
    found[name as keyof Contents] = rows.map(({ row }) => row);
  }
  return found as Contents;
}

const written = [
  "reporting_agency", "person", "victim", "incident", "offence", "offence_weapon", "incident_subject", "incident_victim",
  "victim_offence", "victim_injury", "relationship", "arrest", "incident_review", "charge", "case_file",
]; // prettier-ignore

/** Every row with the transaction that wrote it: equal before and after means that nothing was touched. */
export async function rowVersions(client: Client): Promise<string[]> {
  const parts = written.map(
    (table) => `SELECT '${table} ' || xmin || ' ' || t::text AS version FROM ${table} t`,
  );
  const { rows } = await client.query<{ version: string }>(`${parts.join(" UNION ALL ")} ORDER BY 1`);
  return rows.map(({ version }) => version);
}
