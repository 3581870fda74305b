import type { Client } from "pg";

/** The parts of an incident that others point at. */
export type PartTable = "offence" | "subject" | "victim";

/** One end of a link: the staging column that names the part, and what the source calls it. */
export interface LinkEnd {
  readonly column: "victim_key" | "offence_key" | "subject_key";
  readonly part: PartTable;
  /** The column `linked_…` holds the part's id in. */
  readonly id: "victim_id" | "offence_id" | "subject_id";
}

const victim: LinkEnd = { column: "victim_key", part: "victim", id: "victim_id" };
const offence: LinkEnd = { column: "offence_key", part: "offence", id: "offence_id" };
const subject: LinkEnd = { column: "subject_key", part: "subject", id: "subject_id" };

/** The tables that tie parts of one incident together, with what they say beside it. */
export const links = {
  victim_offence: { ends: [victim, offence], says: [] },
  victim_injury: { ends: [victim], says: ["code"] },
  offence_weapon: { ends: [offence], says: ["code"] },
  relationship: { ends: [victim, subject], says: ["code", "stated", "class"] },
} as const satisfies Record<string, { ends: readonly LinkEnd[]; says: readonly string[] }>;

/** A staged table of links. */
export type LinkTable = keyof typeof links;

/** Whether a staged table is one of them. */
export function isLinkTable(table: string): table is LinkTable {
  return table in links;
}

/** All of them. */
export const linkTables = Object.keys(links) as LinkTable[];

/**
 * Resolves the keys of one staged table of links to the ids of parts of one incident, and says how many rows did resolve.
 * `onlyChanged` does it for the incidents that are already in the hub and have changed since.
 */
export async function linkParts(client: Client, table: LinkTable, onlyChanged = false): Promise<number> {
  const { ends, says } = links[table];
  const joins = ends.map(({ column, part }, at) => {
    const same = at === 0 ? "" : `AND e${at}.incident_key = e0.incident_key`;
    return `JOIN import_staging.${part} e${at} ON e${at}.part_key = l.${column} AND e${at}.reason IS NULL ${same}`;
  });
  const changed =
    "AND EXISTS (SELECT FROM import_staging.work w WHERE w.incident_key = e0.incident_key AND w.state = 'changed')";
  const result = await client.query(
    `INSERT INTO import_staging.linked_${table} (incident_key, digest, ${[...ends.map((end) => end.id), ...says].join(", ")})
     SELECT e0.incident_key, l.digest, ${[...ends.map((_, at) => `e${at}.id`), ...says.map((name) => `l.${name}`)].join(", ")}
     FROM import_staging.${table} l ${joins.join(" ")}
     WHERE l.reason IS NULL ${onlyChanged ? changed : ""}`,
  );
  return result.rowCount ?? 0;
}
