import type { Client } from "pg";

/**
 * Marks every incident by its victim-offender pairs, as the domain does for one incident (incidentRelationships): of
 * intimate partners, dual-party (a victim with VO and a partner), with a relationship nobody knows.
 */
export async function classifyPairs(client: Client): Promise<void> {
  await client.query(
    `INSERT INTO import_staging.flags (incident_key, partner, dual_party, unknown, pairs, partner_victims,
       offender_victims, dual_victims)
     SELECT incident_key, bool_or(pairs > 0), bool_or(pairs > 0 AND was_offender), bool_or(unknown), sum(pairs),
       count(*) FILTER (WHERE pairs > 0), count(*) FILTER (WHERE was_offender),
       count(*) FILTER (WHERE pairs > 0 AND was_offender)
     FROM (SELECT incident_key, victim_id, count(*) FILTER (WHERE class = 'intimate-partner') AS pairs,
             bool_or(class = 'victim-was-offender') AS was_offender, bool_or(class = 'unknown') AS unknown
           FROM import_staging.linked_relationship GROUP BY incident_key, victim_id) AS victims
     GROUP BY incident_key`,
  );
}

/**
 * For changed incidents: what people recorded beside a pair (`stated`) stays, and the pair's class with it. The staged
 * table relationship_class holds the domain's answer for every code and statement.
 */
export async function keepStatements(client: Client): Promise<void> {
  await client.query(
    `UPDATE import_staging.linked_relationship l SET stated = r.stated, class = c.class
     FROM import_staging.work w, relationship r, import_staging.relationship_class c
     WHERE w.state = 'changed' AND l.incident_key = w.incident_key AND l.stated IS NULL
       AND r.incident_victim_id = l.victim_id AND r.incident_subject_id = l.subject_id AND r.stated IS NOT NULL
       AND c.code = l.code AND c.stated = r.stated`,
  );
}
