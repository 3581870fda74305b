import type { MigrationInterface, QueryRunner } from "typeorm";

/** What was recorded wrongly of a person, who corrected it, and what followed. */
export class Corrections1764100000203 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE correction (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        kind text NOT NULL,
        person_id uuid NOT NULL REFERENCES person,
        incident_id uuid,
        charge_id uuid,
        why text NOT NULL,
        -- [{ripple, recordId}]
        consequences jsonb NOT NULL,
        recorded_by text NOT NULL CHECK (length(recorded_by) > 0),
        recorded_at timestamptz NOT NULL,
        CHECK (CASE WHEN kind = 'wrong-person' THEN incident_id IS NOT NULL AND charge_id IS NULL
                    WHEN kind IN ('not-guilty', 'convicted') THEN incident_id IS NULL AND charge_id IS NOT NULL
                    ELSE false END)
      );
      CREATE INDEX correction_person ON correction (person_id, recorded_at DESC);

      -- He was not the man of this incident: no import makes him so again, and what a wall shut stays shut.
      CREATE TABLE detached_subject (
        incident_id uuid NOT NULL,
        person_id uuid NOT NULL REFERENCES person,
        correction_id uuid NOT NULL REFERENCES correction,
        PRIMARY KEY (incident_id, person_id)
      );

      -- What the letter says may rest on what was corrected.
      CREATE TABLE letter_mark (
        letter_id uuid NOT NULL,
        correction_id uuid NOT NULL REFERENCES correction,
        PRIMARY KEY (letter_id, correction_id)
      );

      -- Whose charge it is may be unknown, once it was the wrong man's.
      ALTER TABLE charge ALTER COLUMN person_id DROP NOT NULL;
      CREATE TABLE withdrawn_violation (
        violation_id uuid PRIMARY KEY,
        correction_id uuid NOT NULL REFERENCES correction
      );
      CREATE INDEX recall_of_alert ON outbox.event ((facts ->> 'recalls')) WHERE topic = 'arrest' AND facts ? 'recalls';

      CREATE FUNCTION refuse_change_of_correction() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
      BEGIN
        RAISE EXCEPTION 'What was corrected is only ever added to.' USING ERRCODE = 'insufficient_privilege';
      END $$;
      CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON correction
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_correction();
      CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON detached_subject
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_correction();
      CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON letter_mark
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_correction();
      CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON withdrawn_violation
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_correction();
      REVOKE UPDATE, DELETE, TRUNCATE ON correction, detached_subject, letter_mark, withdrawn_violation FROM CURRENT_USER;
      -- What refers to a row holds it while it is written, which takes the right to change some column; the trigger refuses all.
      GRANT UPDATE (id) ON correction TO CURRENT_USER;
    `);
  }

  async down(): Promise<void> {
    throw new Error("There is no way back: what was corrected is kept.");
  }
}
