import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Incidents as agencies report them: one row per fact, each with the key its source gave it, so that a second
 * import recognises it. An offender in an incident is a *subject*; only a strong key or a human makes him a person.
 */
export class IncidentRecords1763700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE reporting_agency (
        ori text PRIMARY KEY CHECK (ori ~ '^[A-Z0-9]{9}$'),
        name text NOT NULL
      );

      CREATE TABLE person (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        source text NOT NULL,
        source_key text NOT NULL,
        family_name text NOT NULL,
        given_name text NOT NULL,
        aliases text[] NOT NULL DEFAULT '{}',
        date_of_birth date,
        sex text NOT NULL DEFAULT 'U' CHECK (sex IN ('M', 'F', 'X', 'U')),
        state_id text,
        address text,
        phone text,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (source, source_key)
      );

      CREATE TABLE victim (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        source text NOT NULL,
        source_key text NOT NULL,
        family_name text NOT NULL,
        given_name text NOT NULL,
        date_of_birth date,
        -- For a participant of an address confidentiality programme this is the programme's substitute address;
        -- the real one is never stored on the justice side.
        address text,
        address_is_substitute boolean NOT NULL DEFAULT false,
        phone text,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (source, source_key)
      );

      CREATE TABLE incident (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        source text NOT NULL,
        source_key text NOT NULL,
        ori text REFERENCES reporting_agency,
        case_number text,
        occurred_on date NOT NULL,
        occurred_hour smallint CHECK (occurred_hour BETWEEN 0 AND 23),
        -- The source gave the day of the report, not of the incident.
        date_is_report boolean NOT NULL DEFAULT false,
        exceptional_clearance text,
        narrative text,
        conference_summary text,
        intimate_partner boolean NOT NULL DEFAULT false,
        dual_party boolean NOT NULL DEFAULT false,
        -- A digest over every source row of the incident: unchanged means the import leaves it alone.
        source_fingerprint text,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (source, source_key)
      );
      CREATE INDEX incident_occurred_on ON incident (occurred_on DESC);

      CREATE TABLE offence (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        incident_id uuid NOT NULL REFERENCES incident ON DELETE CASCADE,
        source_key text NOT NULL,
        code text NOT NULL,
        title text NOT NULL,
        completed boolean NOT NULL DEFAULT true,
        order_violation boolean NOT NULL DEFAULT false,
        UNIQUE (incident_id, source_key)
      );

      CREATE TABLE offence_weapon (
        offence_id bigint NOT NULL REFERENCES offence ON DELETE CASCADE,
        code text NOT NULL,
        PRIMARY KEY (offence_id, code)
      );

      CREATE TABLE incident_subject (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        incident_id uuid NOT NULL REFERENCES incident ON DELETE CASCADE,
        source_key text NOT NULL,
        person_id uuid REFERENCES person,
        age smallint CHECK (age BETWEEN 0 AND 120),
        sex text NOT NULL DEFAULT 'U' CHECK (sex IN ('M', 'F', 'X', 'U')),
        UNIQUE (incident_id, source_key)
      );
      CREATE INDEX incident_subject_person ON incident_subject (person_id) WHERE person_id IS NOT NULL;

      CREATE TABLE incident_victim (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        incident_id uuid NOT NULL REFERENCES incident ON DELETE CASCADE,
        source_key text NOT NULL,
        victim_id uuid REFERENCES victim,
        type_code text NOT NULL,
        age smallint CHECK (age BETWEEN 0 AND 120),
        sex text NOT NULL DEFAULT 'U' CHECK (sex IN ('M', 'F', 'X', 'U')),
        UNIQUE (incident_id, source_key)
      );
      CREATE INDEX incident_victim_victim ON incident_victim (victim_id) WHERE victim_id IS NOT NULL;

      CREATE TABLE victim_offence (
        incident_victim_id uuid NOT NULL REFERENCES incident_victim ON DELETE CASCADE,
        offence_id bigint NOT NULL REFERENCES offence ON DELETE CASCADE,
        PRIMARY KEY (incident_victim_id, offence_id)
      );

      CREATE TABLE victim_injury (
        incident_victim_id uuid NOT NULL REFERENCES incident_victim ON DELETE CASCADE,
        code text NOT NULL CHECK (code IN ('N', 'B', 'I', 'L', 'M', 'O', 'T', 'U')),
        PRIMARY KEY (incident_victim_id, code)
      );

      CREATE TABLE relationship (
        incident_victim_id uuid NOT NULL REFERENCES incident_victim ON DELETE CASCADE,
        incident_subject_id uuid NOT NULL REFERENCES incident_subject ON DELETE CASCADE,
        -- NIBRS data element 35, as the source gave it.
        code text NOT NULL,
        -- What the hub itself has recorded beside it (a child in common has no NIBRS code).
        stated text,
        class text NOT NULL CHECK (class IN ('intimate-partner', 'other-family', 'known', 'stranger', 'unknown',
                                             'victim-was-offender')),
        PRIMARY KEY (incident_victim_id, incident_subject_id, code)
      );
      CREATE INDEX relationship_subject ON relationship (incident_subject_id);

      CREATE TABLE arrest (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        source text NOT NULL,
        source_key text NOT NULL,
        incident_id uuid REFERENCES incident ON DELETE CASCADE,
        -- NIBRS does not say which offender was arrested: then there is neither subject nor person.
        incident_subject_id uuid REFERENCES incident_subject ON DELETE SET NULL,
        person_id uuid REFERENCES person,
        arrested_on date NOT NULL,
        type_code text CHECK (type_code IN ('O', 'S', 'T')),
        offence_code text,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (source, source_key)
      );
      CREATE INDEX arrest_incident ON arrest (incident_id);
      CREATE INDEX arrest_person ON arrest (person_id) WHERE person_id IS NOT NULL;

      CREATE TABLE incident_review (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        incident_id uuid NOT NULL REFERENCES incident ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('unknown-relationship', 'dual-party')),
        opened_at timestamptz NOT NULL DEFAULT now(),
        resolved_at timestamptz,
        resolved_by text,
        resolution text,
        UNIQUE (incident_id, kind),
        CHECK ((resolved_at IS NULL) = (resolved_by IS NULL) AND (resolved_at IS NULL) = (resolution IS NULL))
      );
      CREATE INDEX incident_review_open ON incident_review (kind, opened_at) WHERE resolved_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE incident_review, arrest, relationship, victim_injury, victim_offence, incident_victim,
        incident_subject, offence_weapon, offence, incident, victim, person, reporting_agency`);
  }
}
