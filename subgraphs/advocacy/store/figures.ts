import type { DataSource } from "typeorm";
import { countedBy, type Counted } from "../../../platform/policy/figure";

/*
 * Figures over all agencies' databases, one statement in each, whoever asks (AV18). Women are counted, never records; one who
 * is a client of two agencies counts twice, since they share no key.
 */
async function counts(
  databases: readonly DataSource[],
  sql: string,
): Promise<{ readonly label: string; readonly count: number }[]> {
  const perAgency = await Promise.all(
    databases.map((database) => database.query<{ label: string; count: number }[]>(sql)),
  );
  return perAgency.flat();
}

/** Clients, by whether the partners know a case of hers. */
export async function clientsByWay(databases: readonly DataSource[]): Promise<Counted> {
  const rows = await counts(
    databases,
    `SELECT CASE WHEN case_id IS NULL THEN 'came by herself' ELSE 'of an assigned case' END AS label, count(*)::int AS count
     FROM client GROUP BY label`,
  );
  return countedBy(["of an assigned case", "came by herself"], rows);
}

/**
 * Clients by band of their latest risk assessment. Bands are an instrument's own words: those that fewer than `limit` women
 * have are one label together, so that a word alone tells of nobody.
 */
export async function clientsByRiskBand(databases: readonly DataSource[], limit: number): Promise<Counted> {
  const rows = await counts(
    databases,
    `SELECT coalesce(band, 'no band') AS label, count(*)::int AS count
     FROM (SELECT DISTINCT ON (client.id) band
           FROM risk_assessment one JOIN client ON client.id = one.client_id OR client.case_id = one.case_id
           WHERE NOT EXISTS (SELECT FROM risk_assessment WHERE corrects_id = one.id)
           ORDER BY client.id, assessed_at DESC, one.id) latest
     GROUP BY label`,
  );
  const words = [...new Set(rows.map(({ label }) => label))].sort();
  const frequent = countedBy(words, rows).filter(({ count }) => count >= limit);
  const known = new Set<string>(frequent.map(({ label }) => label));
  const rest = rows.filter(({ label }) => !known.has(label)).reduce((all, { count }) => all + count, 0);
  return [...frequent, { label: "any other", count: rest }];
}
