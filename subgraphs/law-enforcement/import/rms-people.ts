import type { Client } from "pg";
import type { Batch } from "./plan-work";

/*
 * Persons, victims, cases and charges of a batch. What is written of a person or a victim is what the row of the latest
 * incident says; what the extract is silent about stays as it is.
 */

const source = "rms";

const touched = `import_staging.work w JOIN import_staging.PART s ON s.incident_key = w.incident_key
  WHERE w.incident_key BETWEEN $1 AND $2 AND s.incident_key BETWEEN $1 AND $2 AND w.state <> 'unchanged'`;

const stagePeople = `
  CREATE UNLOGGED TABLE import_staging.rms_person AS
    SELECT DISTINCT ON (person_key) person_key, person_family_name, person_given_name, person_aliases,
      person_date_of_birth, person_sex, person_state_id, person_address, person_phone
    FROM import_staging.rms_row WHERE reason IS NULL ORDER BY person_key, occurred_on DESC, line DESC;
  CREATE UNLOGGED TABLE import_staging.rms_victim AS
    SELECT DISTINCT ON (victim_key) victim_key, victim_family_name, victim_given_name, victim_date_of_birth,
      victim_address, victim_address_is_substitute, victim_phone
    FROM import_staging.rms_row WHERE reason IS NULL AND victim_key IS NOT NULL
    ORDER BY victim_key, occurred_on DESC, line DESC;
  CREATE INDEX ON import_staging.rms_person (person_key); CREATE INDEX ON import_staging.rms_victim (victim_key);
  CREATE INDEX ON import_staging.rms_row (incident_key);
  ANALYZE import_staging.rms_person; ANALYZE import_staging.rms_victim; ANALYZE import_staging.rms_row`;

const writePersons = `
  INSERT INTO person (source, source_key, family_name, given_name, aliases, date_of_birth, sex, state_id, address, phone)
  SELECT $3, p.person_key, p.person_family_name, p.person_given_name,
    coalesce(regexp_split_to_array(p.person_aliases, '\\s*;\\s*'), '{}'), p.person_date_of_birth, p.person_sex,
    p.person_state_id, p.person_address, p.person_phone
  FROM import_staging.rms_person p
  WHERE p.person_key IN (SELECT s.person_key FROM ${touched.replace("PART", "subject")}) ORDER BY p.person_key
  ON CONFLICT (source, source_key) DO UPDATE SET family_name = excluded.family_name, given_name = excluded.given_name,
    aliases = CASE WHEN excluded.aliases = '{}' THEN person.aliases ELSE excluded.aliases END,
    date_of_birth = coalesce(excluded.date_of_birth, person.date_of_birth),
    sex = CASE WHEN excluded.sex = 'U' THEN person.sex ELSE excluded.sex END,
    state_id = coalesce(excluded.state_id, person.state_id), address = coalesce(excluded.address, person.address),
    phone = coalesce(excluded.phone, person.phone)`;

/** Once an address is a confidentiality programme's substitute, only another substitute takes its place. */
const writeVictims = `
  INSERT INTO victim (source, source_key, family_name, given_name, date_of_birth, address, address_is_substitute, phone)
  SELECT $3, p.victim_key, p.victim_family_name, p.victim_given_name, p.victim_date_of_birth, p.victim_address,
    p.victim_address_is_substitute, p.victim_phone
  FROM import_staging.rms_victim p
  WHERE p.victim_key IN (SELECT s.known_victim_key FROM ${touched.replace("PART", "victim")}) ORDER BY p.victim_key
  ON CONFLICT (source, source_key) DO UPDATE SET family_name = excluded.family_name, given_name = excluded.given_name,
    date_of_birth = coalesce(excluded.date_of_birth, victim.date_of_birth),
    address = CASE WHEN excluded.address IS NULL OR (victim.address_is_substitute AND NOT excluded.address_is_substitute)
      THEN victim.address ELSE excluded.address END,
    address_is_substitute = victim.address_is_substitute OR excluded.address_is_substitute,
    phone = coalesce(excluded.phone, victim.phone)`;

/** Who was taken off an incident by a correction is not put on it again. */
const nameSubjects = `
  UPDATE import_staging.subject s SET person_id = p.id FROM person p
  WHERE s.incident_key BETWEEN $1 AND $2 AND p.source = $3 AND p.source_key = s.person_key COLLATE "default"
    AND NOT EXISTS (SELECT FROM detached_subject wrong JOIN incident i ON i.id = wrong.incident_id
      WHERE wrong.person_id = p.id AND i.source = $3 AND i.source_key = s.incident_key COLLATE "default")`;
const nameVictims = `
  UPDATE import_staging.victim s SET victim_id = p.id FROM victim p
  WHERE s.incident_key BETWEEN $1 AND $2 AND p.source = $3 AND p.source_key = s.known_victim_key COLLATE "default"`;

/** Stages what is written of each person and victim. */
export async function stageRmsPeople(client: Client): Promise<void> {
  await client.query(stagePeople);
}

/** Writes the persons and victims of a batch, and ties the staged parts to them. */
export async function writeRmsPeople(client: Client, batch: Batch): Promise<void> {
  for (const statement of [writePersons, writeVictims, nameSubjects, nameVictims]) {
    await client.query(statement, [batch.from, batch.to, source]);
  }
}

/** The ids of the persons in the incidents of a batch that are new or changed. */
export async function touchedPersons(client: Client, batch: Batch): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT DISTINCT s.person_id AS id FROM ${touched.replace("PART", "subject")} AND s.person_id IS NOT NULL`,
    [batch.from, batch.to],
  );
  return rows.map(({ id }) => id);
}
