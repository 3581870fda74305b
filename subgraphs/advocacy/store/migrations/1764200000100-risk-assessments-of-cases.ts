import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * An assessment is of a case: she who is asked on the scene need not be a client. It is never altered and never deleted: what
 * was wrong is recorded anew, and names what it corrects.
 */
export class RiskAssessmentsOfCases1764200000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE risk_assessment
        ALTER COLUMN client_id DROP NOT NULL,
        ADD COLUMN case_id uuid REFERENCES case_assignment,
        -- What was recorded before outcomes were says nothing of danger.
        ADD COLUMN outcome text NOT NULL DEFAULT 'incomplete'
          CHECK (outcome IN ('high-danger', 'incomplete', 'not-screened-in')),
        ADD COLUMN note text CHECK (length(note) BETWEEN 1 AND 4000),
        -- As entered in the log of outreach; null: it corrects another, or was recorded before.
        ADD COLUMN outreach_id uuid REFERENCES outreach,
        ADD COLUMN corrects_id uuid UNIQUE REFERENCES risk_assessment CHECK (corrects_id <> id),
        ADD COLUMN recorded_at timestamptz;
      UPDATE risk_assessment SET recorded_at = assessed_at,
        case_id = (SELECT case_id FROM client WHERE client.id = risk_assessment.client_id);
      ALTER TABLE risk_assessment
        ALTER COLUMN recorded_at SET NOT NULL,
        ALTER COLUMN recorded_at SET DEFAULT now(),
        -- A woman who came by herself has no case.
        ADD CHECK (case_id IS NOT NULL OR client_id IS NOT NULL);
      CREATE INDEX risk_assessment_case ON risk_assessment (case_id, assessed_at DESC);

      CREATE FUNCTION refuse_change_of_assessments() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
      END $$;
      CREATE TRIGGER risk_assessment_append_only BEFORE UPDATE OR DELETE ON risk_assessment
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_assessments();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER risk_assessment_append_only ON risk_assessment;
      DROP FUNCTION refuse_change_of_assessments();
      DELETE FROM risk_assessment WHERE client_id IS NULL;
      ALTER TABLE risk_assessment ALTER COLUMN client_id SET NOT NULL,
        DROP COLUMN case_id, DROP COLUMN outcome, DROP COLUMN note, DROP COLUMN outreach_id, DROP COLUMN corrects_id,
        DROP COLUMN recorded_at;
    `);
  }
}
