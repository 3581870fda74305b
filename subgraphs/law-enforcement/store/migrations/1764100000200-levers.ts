import type { MigrationInterface, QueryRunner } from "typeorm";

/** Levers that were pulled, and what came of each. */
export class Levers1764100000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE lever_pull (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL REFERENCES person,
        kind text NOT NULL CHECK (kind IN ('warrant', 'condition', 'charge', 'group-nexus', 'community')),
        -- No foreign key: a record that is expunged goes, and that something was tried stays.
        record_id uuid,
        state text NOT NULL CHECK (state IN ('open', 'succeeded', 'failed', 'withdrawn')),
        tried text NOT NULL,
        tried_at timestamptz NOT NULL,
        tried_by text NOT NULL,
        recorded_by text NOT NULL CHECK (length(recorded_by) > 0),
        recorded_at timestamptz NOT NULL,
        note text,
        ended_by text,
        ended_at timestamptz,
        CHECK ((kind IN ('warrant', 'condition', 'charge')) = (record_id IS NOT NULL)),
        CHECK ((state = 'open') = (ended_at IS NULL) AND (ended_at IS NULL) = (ended_by IS NULL))
      );
      CREATE INDEX lever_pull_person ON lever_pull (person_id, tried_at DESC);

      CREATE FUNCTION lever_pull_moves() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.state <> 'open' OR NEW.state = 'open'
          OR (NEW.id, NEW.person_id, NEW.kind, NEW.record_id, NEW.tried, NEW.tried_at, NEW.tried_by, NEW.recorded_by,
              NEW.recorded_at) IS DISTINCT FROM
             (OLD.id, OLD.person_id, OLD.kind, OLD.record_id, OLD.tried, OLD.tried_at, OLD.tried_by, OLD.recorded_by,
              OLD.recorded_at) THEN
          RAISE EXCEPTION 'What was tried stays, and ends once.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'lever_pull_moves';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER lever_pull_moves BEFORE UPDATE ON lever_pull FOR EACH ROW EXECUTE FUNCTION lever_pull_moves();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE lever_pull; DROP FUNCTION lever_pull_moves;");
  }
}
