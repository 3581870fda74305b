import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * One community agency's own records. Cases are known by the hub's opaque id only: no name, number or address of the
 * justice side is kept here, so that nothing in this database can be matched against theirs.
 */
export class CaseloadAndClients1763700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The agency's caseload: what its advocates may work on, and nothing else.
      CREATE TABLE case_assignment (
        case_id uuid PRIMARY KEY,
        assigned_at timestamptz NOT NULL,
        -- The advocate who has the case, by the token's subject; null: nobody yet.
        advocate text
      );
      CREATE INDEX case_assignment_newest ON case_assignment (assigned_at DESC, case_id);

      CREATE TABLE client (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        -- Null: she came by herself, and the hub knows no case of hers.
        case_id uuid UNIQUE REFERENCES case_assignment,
        preferred_name text NOT NULL,
        phone text,
        address text,
        registered_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE outreach (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        case_id uuid NOT NULL REFERENCES case_assignment,
        kind text NOT NULL CHECK (kind IN ('letter', 'visit', 'call', 'safety-planning', 'risk-assessment',
                                           'case-management', 'emergency-assessment')),
        outcome text NOT NULL CHECK (outcome IN ('reached', 'not-reached', 'declined', 'sent')),
        made_at timestamptz NOT NULL,
        made_by text NOT NULL CHECK (length(made_by) > 0),
        note text,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        -- The same outreach told twice is one entry.
        UNIQUE (case_id, kind, made_at, made_by)
      );
      CREATE INDEX outreach_case ON outreach (case_id, made_at DESC);

      CREATE TABLE risk_assessment (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        client_id uuid NOT NULL REFERENCES client,
        instrument text NOT NULL,
        instrument_version text NOT NULL,
        -- { "1": "yes" | "no" | "unknown" | "not asked", ... }
        answers jsonb NOT NULL CHECK (jsonb_typeof(answers) = 'object'),
        score integer,
        band text,
        assessed_at timestamptz NOT NULL,
        assessed_by text NOT NULL CHECK (length(assessed_by) > 0)
      );
      CREATE INDEX risk_assessment_client ON risk_assessment (client_id, assessed_at DESC);

      CREATE TABLE safety_plan (
        client_id uuid PRIMARY KEY REFERENCES client,
        text text NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE safety_plan, risk_assessment, outreach, client, case_assignment`);
  }
}
