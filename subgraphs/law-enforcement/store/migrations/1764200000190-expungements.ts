import type { MigrationInterface, QueryRunner } from "typeorm";

/** The records that a court ordered to be sealed: gone from every table that is read, kept where nobody who serves can read. */
export class Expungements1764200000190 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- That something was expunged, and by whose order; nothing of what it was, or whose.
      CREATE TABLE expungement (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        court text NOT NULL CHECK (length(court) BETWEEN 1 AND 200),
        order_number text NOT NULL CHECK (length(order_number) BETWEEN 1 AND 200),
        ordered_on date NOT NULL,
        recorded_by text NOT NULL CHECK (length(recorded_by) > 0),
        recorded_at timestamptz NOT NULL
      );
      CREATE INDEX expungement_at ON expungement (recorded_at DESC, id);

      -- By which a source's row is known again, and not taken in: no import brings back what was expunged.
      CREATE TABLE expunged_source (
        digest bytea PRIMARY KEY,
        expungement_id uuid NOT NULL REFERENCES expungement
      );
      -- By which what cannot be altered, the record of who saw what, is shown without them.
      CREATE TABLE expunged_record (
        record_id uuid PRIMARY KEY,
        expungement_id uuid NOT NULL REFERENCES expungement
      );
      CREATE FUNCTION is_expunged(record text, source text, source_key text) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT EXISTS (SELECT FROM expunged_source
          WHERE digest = sha256(convert_to(jsonb_build_array(record, source, source_key)::text, 'UTF8')))
      $$;
      CREATE FUNCTION leave_out_expunged() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NOT is_expunged(TG_TABLE_NAME, NEW.source, NEW.source_key) THEN
          RETURN NEW;
        END IF;
        IF TG_TABLE_NAME = 'incident' THEN
          RAISE EXCEPTION 'A record of this key was expunged.' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER leave_out_expunged BEFORE INSERT ON incident FOR EACH ROW EXECUTE FUNCTION leave_out_expunged();
      CREATE TRIGGER leave_out_expunged BEFORE INSERT ON arrest FOR EACH ROW EXECUTE FUNCTION leave_out_expunged();
      CREATE TRIGGER leave_out_expunged BEFORE INSERT ON charge FOR EACH ROW EXECUTE FUNCTION leave_out_expunged();

      -- What a letter says may be of what was expunged: it is shown to nobody.
      CREATE TABLE withheld_letter (
        letter_id uuid PRIMARY KEY REFERENCES exposure_letter,
        expungement_id uuid NOT NULL REFERENCES expungement
      );

      CREATE SCHEMA sealed;
      CREATE TABLE sealed.record (
        expungement_id uuid NOT NULL REFERENCES expungement,
        kind text NOT NULL,
        content jsonb NOT NULL
      );

      CREATE FUNCTION refuse_change_of_expungement() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
      BEGIN
        RAISE EXCEPTION 'What was expunged is only ever added to.' USING ERRCODE = 'insufficient_privilege';
      END $$;
      CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON expungement
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_expungement();
      CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON expunged_source
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_expungement();
      CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON expunged_record
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_expungement();
      CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON withheld_letter
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_expungement();
      REVOKE UPDATE, DELETE, TRUNCATE ON expungement, expunged_source, expunged_record, withheld_letter FROM CURRENT_USER;
      -- What refers to a row holds it while it is written, which takes the right to change some column; the trigger refuses all.
      GRANT UPDATE (id) ON expungement TO CURRENT_USER;
      -- Written, and read by nobody who serves: a court that opens it again is answered by the database's keeper.
      REVOKE SELECT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON sealed.record FROM CURRENT_USER;
    `);
  }

  async down(): Promise<void> {
    throw new Error("There is no way back: what was expunged stays so.");
  }
}
