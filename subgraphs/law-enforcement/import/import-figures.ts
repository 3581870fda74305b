import type { Client } from "pg";

/** What an extract holds, of the incidents that were not refused. */
export interface ImportFigures {
  readonly incidents: number;
  readonly intimatePartnerIncidents: number;
  readonly intimatePartnerPairs: number;
  readonly intimatePartnerVictims: number;
  readonly intimatePartnerIncidentsWithArrest: number;
  /** Victims recorded as an offender too (VO), and those of them who also have an intimate partner among the offenders. */
  readonly victimsWhoWereOffenders: number;
  readonly dualPartyVictims: number;
  readonly dualPartyIncidents: number;
  readonly unknownRelationshipIncidents: number;
}

/** Counts the staged incidents. */
export async function countFigures(client: Client): Promise<ImportFigures> {
  const { rows } = await client.query<ImportFigures>(
    `SELECT count(*)::int AS "incidents",
       count(*) FILTER (WHERE f.partner)::int AS "intimatePartnerIncidents",
       coalesce(sum(f.pairs), 0)::int AS "intimatePartnerPairs",
       coalesce(sum(f.partner_victims), 0)::int AS "intimatePartnerVictims",
       count(*) FILTER (WHERE f.partner AND a.incident_key IS NOT NULL)::int AS "intimatePartnerIncidentsWithArrest",
       coalesce(sum(f.offender_victims), 0)::int AS "victimsWhoWereOffenders",
       coalesce(sum(f.dual_victims), 0)::int AS "dualPartyVictims",
       count(*) FILTER (WHERE f.dual_party)::int AS "dualPartyIncidents",
       count(*) FILTER (WHERE f.unknown)::int AS "unknownRelationshipIncidents"
     FROM import_staging.work w
     LEFT JOIN import_staging.flags f USING (incident_key)
     LEFT JOIN (SELECT DISTINCT incident_key FROM import_staging.arrest) a USING (incident_key)`,
  );
  const [figures] = rows;
  if (figures === undefined) throw new Error("an aggregate always gives a row");
  return figures;
}
