/*
 * The staging tables of one import: unlogged, in a schema of their own, gone at its end. Every row carries its line in
 * the file, and either its values or the reason it is refused (then its keys as far as they could be read, so that the
 * incident it belongs to is refused too).
 */

/*
 * Short columns have a length: a table whose rows cannot grow long needs no overflow table beside it, which makes staging
 * quick to create and to drop.
 */
const everyRow = `line integer NOT NULL, reason varchar(160), digest bigint`;
const key = `varchar(64) COLLATE "C"`;
const code = "varchar(20)";

/** Columns by table; a source fills those it knows. */
const tables = {
  incident: `incident_key ${key}, ori ${code}, case_number varchar(64), occurred_on date, occurred_hour smallint,
    date_is_report boolean, exceptional_clearance ${code}, narrative text, conference_summary text`,
  offence: `id bigint DEFAULT nextval(pg_get_serial_sequence('offence', 'id')), is_new boolean DEFAULT true,
    incident_key ${key}, part_key ${key}, code ${code}, title varchar(120), completed boolean, order_violation boolean DEFAULT false`,
  subject: `id uuid DEFAULT NEW_ID(), is_new boolean DEFAULT true, incident_key ${key}, part_key ${key},
    person_key ${key}, person_id uuid, age smallint, sex ${code}`,
  victim: `id uuid DEFAULT NEW_ID(), is_new boolean DEFAULT true, incident_key ${key}, part_key ${key},
    known_victim_key ${key}, victim_id uuid, type_code ${code}, age smallint, sex ${code}`,
  arrest: `incident_key ${key}, part_key ${key}, subject_key ${key}, arrested_on date, type_code ${code},
    offence_code ${code}`,
  victim_offence: `victim_key ${key}, offence_key ${key}`,
  victim_injury: `victim_key ${key}, code ${code}`,
  offence_weapon: `offence_key ${key}, code ${code}`,
  relationship: `victim_key ${key}, subject_key ${key}, code ${code}, stated varchar(40), class varchar(40)`,
} as const;

/** A table that rows of a source file go to. */
export type StagedTable = keyof typeof tables;

/** The links between the parts, resolved: what belongs to which incident, by the ids the hub gives. */
const linked = {
  victim_offence: "victim_id uuid, offence_id bigint",
  victim_injury: `victim_id uuid, code ${code}`,
  offence_weapon: `offence_id bigint, code ${code}`,
  relationship: `victim_id uuid, subject_id uuid, code ${code}, stated varchar(40), class varchar(40)`,
};

const plan = `
  CREATE UNLOGGED TABLE import_staging.agency (ori text PRIMARY KEY, name text NOT NULL);
  CREATE UNLOGGED TABLE import_staging.relationship_class (code text, stated text, class text);
  CREATE UNLOGGED TABLE import_staging.reject (file text, line integer, reason text, incident_keys text[] COLLATE "C");
  CREATE UNLOGGED TABLE import_staging.fingerprint (incident_key ${key}, heads integer, fingerprint varchar(60));
  CREATE UNLOGGED TABLE import_staging.work (incident_key ${key}, id uuid DEFAULT NEW_ID(), state varchar(10), fingerprint varchar(60));
  CREATE UNLOGGED TABLE import_staging.flags (incident_key ${key}, partner boolean, dual_party boolean, unknown boolean,
    pairs integer, partner_victims integer, offender_victims integer, dual_victims integer);`;

/** The statements that make the staging schema. Ids come in time order where the server can, so that indexes grow at one end. */
export function stagingSchema(serverVersion: number): string {
  const newId = serverVersion >= 180000 ? "uuidv7" : "gen_random_uuid";
  const staged = Object.entries(tables).map(
    ([name, columns]) => `CREATE UNLOGGED TABLE import_staging.${name} (${everyRow}, ${columns});`,
  );
  const links = Object.entries(linked).map(
    ([name, columns]) =>
      `CREATE UNLOGGED TABLE import_staging.linked_${name} (incident_key ${key}, digest bigint, ${columns});`,
  );
  return `DROP SCHEMA IF EXISTS import_staging CASCADE; CREATE SCHEMA import_staging;
    ${[...staged, ...links, plan].join("\n").replaceAll("NEW_ID", newId)}`;
}

/**
 * The statement that makes a filled table ready to be asked: a sample for the planner, which keeps it from loops over whole
 * tables, and an index by incident where batches are cut out of it.
 */
export function readyTable(table: StagedTable): string {
  const index = tables[table].includes("incident_key")
    ? `CREATE INDEX ON import_staging.${table} (incident_key);`
    : "";
  return `${index} ANALYZE import_staging.${table}`;
}

/** The statement that removes it. */
export const dropStagingSchema = "DROP SCHEMA IF EXISTS import_staging CASCADE";
