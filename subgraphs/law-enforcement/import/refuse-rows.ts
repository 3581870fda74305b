import type { Client } from "pg";
import { PAIRS_PER_VICTIM } from "../domain/relationship";
import { isLinkTable, links, type LinkTable, type PartTable } from "./link-parts";

/*
 * Rows that cannot be taken, and the incidents that are refused with them. An incident with a part missing could be
 * put in the wrong class (a weapon, a relationship), so it is taken whole or not at all. All of it is set-based; a
 * reject without a reason refuses an incident because of another row that has one.
 */

/** What the source calls a staged table: its file, and the column of its key. */
export interface SourceName {
  readonly file: string;
  readonly key: string;
}

/** The source's names, for the reasons a person reads. */
export type SourceNames = Readonly<Record<PartTable | "incident" | "arrest" | LinkTable, SourceName>>;

const reject = "INSERT INTO import_staging.reject (file, line, reason, incident_keys)";

/** Refuses the rows of a part (or the incidents' own) that are broken, or whose incident is not there. */
export async function refuseParts(
  client: Client,
  table: PartTable | "arrest" | "incident",
  names: SourceNames,
): Promise<void> {
  const missing = `'${names.incident.key} ' || p.incident_key || ' is not in ${names.incident.file}'`;
  await client.query(
    `${reject}
     SELECT $1, p.line, coalesce(p.reason, ${missing}), array_remove(ARRAY[p.incident_key], NULL)
     FROM import_staging.${table} p
     WHERE p.reason IS NOT NULL
        OR NOT EXISTS (SELECT FROM import_staging.incident i WHERE i.incident_key = p.incident_key)`,
    [names[table].file],
  );
}

/** Refuses the rows of a table of links that are broken, or whose ends are missing or of two incidents. */
export async function refuseLinks(client: Client, table: LinkTable, names: SourceNames): Promise<void> {
  const ends = links[table].ends;
  const reasons = ends.map(
    ({ column, part }, at) =>
      `WHEN e${at}.part_key IS NULL THEN '${names[part].key} ' || l.${column} || ' is not in ${names[part].file}'`,
  );
  const [first, second] = ends;
  if (second !== undefined) {
    // A row may find two parts of one key; those two are refused already, with the reason.
    const alone = ends.map(
      (_, at) => `e${at}.incident_key NOT IN (SELECT unnest(incident_keys) FROM import_staging.reject)`,
    );
    reasons.push(
      `WHEN e0.reason IS NULL AND e1.reason IS NULL AND ${alone.join(" AND ")}
       THEN '${names[first.part].key} ' || l.${first.column} || ' and ${names[second.part].key} ' || l.${second.column}
         || ' are of two incidents'`,
    );
  }
  const all = (made: (at: number) => string, joiner: string) => ends.map((_, at) => made(at)).join(joiner);
  await client.query(
    `${reject}
     SELECT $1, l.line, CASE WHEN l.reason IS NOT NULL THEN l.reason ${reasons.join("\n")} END,
       array_remove(ARRAY[${all((at) => `e${at}.incident_key`, ", ")}], NULL)
     FROM import_staging.${table} l
     ${ends.map(({ column, part }, at) => `LEFT JOIN import_staging.${part} e${at} ON e${at}.part_key = l.${column}`).join(" ")}
     WHERE l.reason IS NOT NULL OR ${all((at) => `e${at}.part_key IS NULL OR e${at}.reason IS NOT NULL`, " OR ")}
       ${second === undefined ? "" : "OR e0.incident_key <> e1.incident_key"}`,
    [names[table].file],
  );
}

/**
 * Refuses every row whose key an earlier row has, and all incidents that lay claim to that key. For links, the parts they
 * point at must be staged by now.
 */
export async function refuseDuplicates(
  client: Client,
  table: PartTable | "arrest" | "incident" | LinkTable,
  names: SourceNames,
): Promise<void> {
  const columns = keyOf(table);
  const list = columns.join(", ");
  const { rows } = await client.query(
    `SELECT ${list} FROM import_staging.${table} WHERE reason IS NULL GROUP BY ${list} HAVING count(*) > 1 LIMIT 1`,
  );
  if (rows.length === 0) return;
  const owner = isLinkTable(table) ? links[table].ends[0] : undefined;
  const incident = owner === undefined ? "d.incident_key" : "o.incident_key";
  const named = columns.map((column) => `d.${column}`).join(" || ' with ' || ");
  await client.query(
    `${reject}
     SELECT $1, d.line, CASE WHEN d.line > d.first_line
         THEN '${names[table].key} ' || ${named} || ' stands on line ' || d.first_line || ' already' END,
       array_remove(ARRAY[${incident}], NULL)
     FROM (SELECT *, min(line) OVER same AS first_line, count(*) OVER same AS times
           FROM import_staging.${table} WHERE reason IS NULL WINDOW same AS (PARTITION BY ${list})) d
     ${owner === undefined ? "" : `LEFT JOIN import_staging.${owner.part} o ON o.part_key = d.${owner.column}`}
     WHERE d.times > 1`,
    [names[table].file],
  );
}

/** Refuses the pairs of a victim who has more than the published number of them. */
export async function refuseTooManyPairs(client: Client, names: SourceNames): Promise<void> {
  await client.query(
    `${reject}
     SELECT $1, r.line, '${names.victim.key} ' || r.victim_key || ' has more than ${PAIRS_PER_VICTIM} offenders',
       array_remove(ARRAY[v.incident_key], NULL)
     FROM (SELECT *, row_number() OVER (PARTITION BY victim_key ORDER BY line) AS number
           FROM import_staging.relationship WHERE reason IS NULL) r
     LEFT JOIN import_staging.victim v ON v.part_key = r.victim_key
     WHERE r.number = ${PAIRS_PER_VICTIM + 1}`,
    [names.relationship.file],
  );
}

function keyOf(table: PartTable | "arrest" | "incident" | LinkTable): readonly string[] {
  if (table === "incident") return ["incident_key"];
  if (table === "victim_offence") return ["victim_key", "offence_key"];
  if (table === "victim_injury") return ["victim_key", "code"];
  if (table === "offence_weapon") return ["offence_key", "code"];
  if (table === "relationship") return ["victim_key", "subject_key"];
  return ["part_key"];
}
