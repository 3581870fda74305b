import type { Client } from "pg";
import type { StagedRows } from "./stage-file";
import { readyTable, type StagedTable } from "./staging-tables";

/*
 * A records-management extract tells one fact a row: this person did this offence of this incident to this victim. Here
 * the rows are taken apart into the staging tables of incidents and parts. The keys of parts are put together from the
 * incident's and their own.
 */

const key = `varchar(64) COLLATE "C"`;

/** The staging table of the rows as they are, by column. The first three are those of every staging table. */
const rowColumns = {
  incident_key: key,
  occurred_on: "date",
  occurred_hour: "smallint",
  ori: "varchar(9)",
  agency_name: "text",
  case_number: "text",
  narrative: "text",
  conference_summary: "text",
  offence_code: "varchar(3)",
  offence_title: "text",
  can_be_ipv: "boolean",
  completed: "boolean",
  order_violation: "boolean",
  weapon_codes: "text",
  person_key: key,
  person_family_name: "text",
  person_given_name: "text",
  person_aliases: "text",
  person_date_of_birth: "date",
  person_age: "smallint",
  person_sex: "text",
  person_state_id: "text",
  person_address: "text",
  person_phone: "text",
  victim_key: key,
  victim_family_name: "text",
  victim_given_name: "text",
  victim_date_of_birth: "date",
  victim_age: "smallint",
  victim_sex: "text",
  victim_address: "text",
  victim_address_is_substitute: "boolean",
  victim_phone: "text",
  injury_codes: "text",
  relationship_code: "varchar(2)",
  stated: "text",
  class: "text",
  arrest_key: key,
  arrested_on: "date",
  arrest_type: "text",
  charge_key: key,
  filed_on: "date",
  docket: "text",
  court_date: "date",
  disposition: "text",
  disposition_on: "date",
} as const;

/** The staging columns of a row, in a fixed order. */
export const rmsRowColumns = Object.keys(rowColumns);

/** Makes the staging table `rms_row`. */
export async function createRmsRows(client: Client): Promise<void> {
  const columns = Object.entries(rowColumns).map(([name, type]) => `${name} ${type}`);
  await client.query(
    `CREATE UNLOGGED TABLE import_staging.rms_row
       (line integer NOT NULL, reason varchar(160), digest bigint, ${columns.join(", ")})`,
  );
}

const offenceKey = "incident_key || '/' || offence_code";
const personKey = "incident_key || '/' || person_key";
const victimKey = "incident_key || '/' || victim_key";

/** One row for each key: the first one of the file. */
function each(partKey: string, columns: string, values: string, given = "true"): string {
  return `(line, digest, ${columns}) SELECT DISTINCT ON (${partKey}) line, 0, ${values}
    FROM import_staging.rms_row WHERE reason IS NULL AND ${given} ORDER BY ${partKey}, line`;
}

const statements: Readonly<Record<StagedTable, string>> = {
  // The rows of an incident are its fingerprint; its texts may stand in any of them.
  incident: `(line, digest, incident_key, ori, case_number, occurred_on, occurred_hour, narrative, conference_summary)
    SELECT min(line), (sum(digest) % 9007199254740992)::bigint, incident_key, min(ori), min(case_number), min(occurred_on),
      min(occurred_hour), (array_agg(narrative ORDER BY line) FILTER (WHERE narrative IS NOT NULL))[1],
      (array_agg(conference_summary ORDER BY line) FILTER (WHERE conference_summary IS NOT NULL))[1]
    FROM import_staging.rms_row WHERE reason IS NULL GROUP BY incident_key`,
  offence: `(line, digest, incident_key, part_key, code, title, completed, order_violation)
    SELECT min(line), 0, incident_key, ${offenceKey}, offence_code, min(offence_title), bool_or(completed), bool_or(order_violation)
    FROM import_staging.rms_row WHERE reason IS NULL GROUP BY incident_key, offence_code`,
  subject: each(
    "incident_key, person_key",
    "incident_key, part_key, person_key, age, sex",
    `incident_key, ${personKey}, person_key, person_age, person_sex`,
  ),
  victim: each(
    "incident_key, victim_key",
    "incident_key, part_key, known_victim_key, type_code, age, sex",
    `incident_key, ${victimKey}, victim_key, 'I', victim_age, victim_sex`,
    "victim_key IS NOT NULL",
  ),
  arrest: each(
    "arrest_key",
    "incident_key, part_key, subject_key, arrested_on, type_code, offence_code",
    `incident_key, arrest_key, ${personKey}, arrested_on, arrest_type, offence_code`,
    "arrest_key IS NOT NULL",
  ),
  victim_offence: each(
    "incident_key, victim_key, offence_code",
    "victim_key, offence_key",
    `${victimKey}, ${offenceKey}`,
    "victim_key IS NOT NULL",
  ),
  victim_injury: `(line, digest, victim_key, code)
    SELECT min(line), 0, ${victimKey}, code FROM import_staging.rms_row, unnest(string_to_array(injury_codes, ',')) AS code
    WHERE reason IS NULL GROUP BY incident_key, victim_key, code`,
  offence_weapon: `(line, digest, offence_key, code)
    SELECT min(line), 0, ${offenceKey}, code FROM import_staging.rms_row, unnest(string_to_array(weapon_codes, ',')) AS code
    WHERE reason IS NULL GROUP BY incident_key, offence_code, code`,
  relationship: each(
    "incident_key, victim_key, person_key",
    "victim_key, subject_key, code, stated, class",
    `${victimKey}, ${personKey}, relationship_code, stated, class`,
    "victim_key IS NOT NULL",
  ),
};

/** Takes the rows apart into the staging tables, and says how many parts each table has. */
export async function takeRowsApart(client: Client): Promise<Map<StagedTable, StagedRows>> {
  const counts = new Map<StagedTable, StagedRows>();
  for (const [table, statement] of Object.entries(statements)) {
    const { rowCount } = await client.query(`INSERT INTO import_staging.${table} ${statement}`);
    await client.query(readyTable(table as StagedTable));
    counts.set(table as StagedTable, { taken: rowCount ?? 0, refused: 0 });
  }
  // Incidents of which no row could be read, to be counted.
  await client.query(
    `INSERT INTO import_staging.incident (line, reason, incident_key)
     SELECT line, reason, CASE WHEN incident_key NOT IN (SELECT incident_key FROM import_staging.rms_row
       WHERE reason IS NULL) THEN incident_key END
     FROM import_staging.rms_row r
     WHERE reason IS NOT NULL AND (incident_key IS NULL OR NOT EXISTS (SELECT FROM import_staging.incident i
       WHERE i.incident_key = r.incident_key))`,
  );
  return counts;
}
