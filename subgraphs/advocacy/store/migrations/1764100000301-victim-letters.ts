import type { MigrationInterface, QueryRunner } from "typeorm";

/** Letters to victims: who drafted and approved them, what was printed, whether it was mailed. */
export class VictimLetters1764100000301 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE victim_letter (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        case_id uuid NOT NULL REFERENCES case_assignment,
        state text NOT NULL CHECK (state IN ('drafted', 'approved', 'mailed', 'withdrawn')),
        text text NOT NULL,
        language text NOT NULL,
        template_id text NOT NULL,
        template_version integer NOT NULL,
        -- What is mailed, to the byte.
        pdf bytea NOT NULL CHECK (octet_length(pdf) <= 1048576),
        pdf_hash text NOT NULL,
        drafted_at timestamptz NOT NULL,
        drafted_by text NOT NULL CHECK (length(drafted_by) > 0),
        approved_at timestamptz,
        approved_by text,
        closed_at timestamptz,
        closed_by text,
        CONSTRAINT victim_letter_hash CHECK (pdf_hash = encode(sha256(pdf), 'hex')),
        -- Nobody answers for a draft of her own.
        CONSTRAINT victim_letter_approved CHECK ((approved_at IS NULL) = (approved_by IS NULL)
          AND approved_by IS DISTINCT FROM drafted_by
          AND CASE state WHEN 'drafted' THEN approved_by IS NULL WHEN 'withdrawn' THEN true ELSE approved_by IS NOT NULL END),
        CONSTRAINT victim_letter_closed CHECK ((closed_at IS NULL) = (closed_by IS NULL)
          AND (state IN ('mailed', 'withdrawn')) = (closed_at IS NOT NULL))
      );
      CREATE INDEX victim_letter_case ON victim_letter (case_id, drafted_at DESC);

      CREATE FUNCTION victim_letter_moves() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (OLD.state, NEW.state) NOT IN (
          ('drafted', 'approved'), ('drafted', 'withdrawn'), ('approved', 'mailed'), ('approved', 'withdrawn'))
          OR (NEW.id, NEW.case_id, NEW.text, NEW.language, NEW.template_id, NEW.template_version, NEW.pdf, NEW.drafted_at,
              NEW.drafted_by)
            IS DISTINCT FROM (OLD.id, OLD.case_id, OLD.text, OLD.language, OLD.template_id, OLD.template_version, OLD.pdf,
              OLD.drafted_at, OLD.drafted_by)
          OR OLD.approved_by IS NOT NULL AND (NEW.approved_by, NEW.approved_at) IS DISTINCT FROM (OLD.approved_by, OLD.approved_at) THEN
          RAISE EXCEPTION 'A letter stays as it was drafted and approved.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'victim_letter_moves';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER victim_letter_moves BEFORE UPDATE ON victim_letter
        FOR EACH ROW EXECUTE FUNCTION victim_letter_moves();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE victim_letter; DROP FUNCTION victim_letter_moves");
  }
}
