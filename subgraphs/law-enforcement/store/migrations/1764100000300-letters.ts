import type { MigrationInterface, QueryRunner } from "typeorm";

/** Letters to an abusive partner: from which template, who drafted and reviewed them, what was printed, how it was served. */
export class Letters1764100000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE exposure_letter
        ADD COLUMN kind text NOT NULL DEFAULT 'custom-notification'
          CHECK (kind IN ('letter', 'custom-notification')),
        ADD COLUMN state text CHECK (state IN ('drafted', 'reviewed', 'served', 'withdrawn')),
        ADD COLUMN language text,
        -- Null of a letter of which the text alone is known: one from before there were templates.
        ADD COLUMN template_id text,
        ADD COLUMN template_version integer,
        -- What is handed over, to the byte.
        ADD COLUMN pdf bytea CHECK (octet_length(pdf) <= 1048576),
        ADD COLUMN pdf_hash text,
        ADD COLUMN drafted_by text NOT NULL DEFAULT 'not recorded',
        ADD COLUMN approved_as text CHECK (approved_as IN ('coordinator', 'prosecutor')),
        ADD COLUMN approved_at timestamptz,
        ADD COLUMN served_at timestamptz,
        ADD COLUMN served_how text CHECK (served_how IN ('handed-over', 'mailed', 'left-at-home')),
        -- Who gave it to him.
        ADD COLUMN served_by text,
        ADD COLUMN contact_id uuid REFERENCES contact,
        -- Who recorded that it was served or withdrawn.
        ADD COLUMN closed_at timestamptz,
        ADD COLUMN closed_by text;
      UPDATE exposure_letter SET state =
        CASE WHEN served_on IS NOT NULL THEN 'served' WHEN approved_by IS NOT NULL THEN 'reviewed' ELSE 'drafted' END;
      UPDATE exposure_letter SET closed_at = served_on::timestamp AT TIME ZONE 'UTC', closed_by = 'not recorded'
        WHERE served_on IS NOT NULL;
      ALTER TABLE exposure_letter
        ALTER COLUMN kind DROP DEFAULT,
        ALTER COLUMN state SET NOT NULL,
        ALTER COLUMN drafted_by DROP DEFAULT,
        ADD CONSTRAINT letter_printed CHECK (num_nulls(template_id, template_version, language, pdf, pdf_hash) IN (0, 5)),
        ADD CONSTRAINT letter_hash CHECK (pdf_hash = encode(sha256(pdf), 'hex')),
        ADD CONSTRAINT letter_reviewed CHECK (
          CASE WHEN approved_by IS NULL THEN approved_at IS NULL AND approved_as IS NULL AND state IN ('drafted', 'withdrawn')
               ELSE state <> 'drafted' END),
        -- Legal exposure is a prosecutor's to answer for, and nobody answers for a draft of his own.
        ADD CONSTRAINT letter_reviewer CHECK (template_id IS NULL OR approved_by IS NULL OR (
          approved_by <> drafted_by AND approved_at IS NOT NULL AND approved_as IS NOT NULL
          AND approved_as = CASE kind WHEN 'letter' THEN 'coordinator' ELSE 'prosecutor' END)),
        ADD CONSTRAINT letter_served CHECK ((state = 'served') = (served_on IS NOT NULL)
          AND num_nulls(served_at, served_how, served_by, contact_id) IN (0, 4) AND (served_at IS NULL OR served_on IS NOT NULL)),
        ADD CONSTRAINT letter_closed CHECK ((state IN ('served', 'withdrawn')) = (closed_at IS NOT NULL)
          AND (closed_at IS NULL) = (closed_by IS NULL));
      CREATE INDEX exposure_letter_contact ON exposure_letter (contact_id) WHERE contact_id IS NOT NULL;

      CREATE FUNCTION letter_moves() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' THEN
          IF (NEW.id, NEW.person_id, NEW.kind, NEW.text, NEW.language, NEW.template_id, NEW.template_version, NEW.pdf,
              NEW.drafted_at, NEW.drafted_by)
             IS DISTINCT FROM (OLD.id, OLD.person_id, OLD.kind, OLD.text, OLD.language, OLD.template_id,
              OLD.template_version, OLD.pdf, OLD.drafted_at, OLD.drafted_by) THEN
            RAISE EXCEPTION 'A letter stays as it was drafted.'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'letter_stays_drafted';
          END IF;
          IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
            ('drafted', 'reviewed'), ('drafted', 'withdrawn'), ('reviewed', 'served'), ('reviewed', 'withdrawn')) THEN
            RAISE EXCEPTION 'A letter that is % does not become %.', OLD.state, NEW.state
              USING ERRCODE = 'check_violation', CONSTRAINT = 'letter_moves';
          END IF;
          IF NEW.state = OLD.state AND NEW IS DISTINCT FROM OLD THEN
            RAISE EXCEPTION 'What was recorded of a letter is not altered.'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'letter_record_stays';
          END IF;
          IF OLD.approved_by IS NOT NULL AND (NEW.approved_by, NEW.approved_as, NEW.approved_at)
             IS DISTINCT FROM (OLD.approved_by, OLD.approved_as, OLD.approved_at) THEN
            RAISE EXCEPTION 'A review is not altered.'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'letter_review_stays';
          END IF;
        END IF;
        -- To serve a letter is to contact him: the contact it goes with has passed the gate.
        IF NEW.state = 'served' AND (TG_OP = 'UPDATE' OR NEW.template_id IS NOT NULL) AND NOT EXISTS (
          SELECT FROM contact passed
          WHERE passed.id = NEW.contact_id AND passed.person_id = NEW.person_id AND passed.state IN ('released', 'made')
            AND passed.released_at <= NEW.served_at) THEN
          RAISE EXCEPTION 'A letter is served at a contact that was released.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'letter_gate';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER letter_moves BEFORE INSERT OR UPDATE ON exposure_letter
        FOR EACH ROW EXECUTE FUNCTION letter_moves();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER letter_moves ON exposure_letter;
      DROP FUNCTION letter_moves;
      DELETE FROM exposure_letter WHERE state = 'withdrawn';
      ALTER TABLE exposure_letter
        DROP COLUMN kind, DROP COLUMN state, DROP COLUMN language, DROP COLUMN template_id, DROP COLUMN template_version,
        DROP COLUMN pdf, DROP COLUMN pdf_hash, DROP COLUMN drafted_by, DROP COLUMN approved_as, DROP COLUMN approved_at,
        DROP COLUMN served_at, DROP COLUMN served_how, DROP COLUMN served_by, DROP COLUMN contact_id,
        DROP COLUMN closed_at, DROP COLUMN closed_by;
    `);
  }
}
