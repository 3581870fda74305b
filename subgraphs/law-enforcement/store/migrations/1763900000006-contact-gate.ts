import type { MigrationInterface, QueryRunner } from "typeorm";

/** Contacts from the plan to what came of them, and the victim gate as a rule of the database itself. */
export class ContactGate1763900000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE contact
        -- The site's choice when it was planned: closed until every victim of his was told.
        ADD COLUMN gated boolean,
        ADD COLUMN attempts_needed integer NOT NULL DEFAULT 3 CHECK (attempts_needed >= 1),
        ADD COLUMN due_by timestamptz,
        ADD COLUMN planned_by text NOT NULL DEFAULT 'not recorded',
        ADD COLUMN released_at timestamptz,
        ADD COLUMN released_by text,
        -- Who met him, and what he was told.
        ADD COLUMN made_by text,
        ADD COLUMN message text,
        -- Who recorded how it ended.
        ADD COLUMN closed_at timestamptz,
        ADD COLUMN closed_by text;
      UPDATE contact SET gated = (level = 'B');
      UPDATE contact SET closed_at = coalesce(made_at, planned_for), closed_by = 'not recorded' WHERE state <> 'planned';
      ALTER TABLE contact
        ALTER COLUMN gated SET NOT NULL,
        ALTER COLUMN attempts_needed DROP DEFAULT,
        ALTER COLUMN planned_by DROP DEFAULT,
        DROP CONSTRAINT contact_state_check,
        DROP CONSTRAINT contact_check,
        ADD CONSTRAINT contact_state_check
          CHECK (state IN ('planned', 'released', 'made', 'refused', 'not-found', 'cancelled', 'breached')),
        ADD CONSTRAINT contact_level_b_is_gated CHECK (level <> 'B' OR gated),
        ADD CONSTRAINT contact_took_place CHECK (
          CASE WHEN state IN ('made', 'breached') THEN made_at IS NOT NULL
               WHEN state IN ('planned', 'released', 'cancelled') THEN made_at IS NULL ELSE true END),
        ADD CONSTRAINT contact_released CHECK ((released_at IS NULL) = (released_by IS NULL)
          AND (state <> 'planned' OR released_at IS NULL)),
        ADD CONSTRAINT contact_closed CHECK ((closed_at IS NULL) = (closed_by IS NULL)
          AND (state IN ('planned', 'released')) = (closed_at IS NULL));

      -- The advocacy side was asked and said that no hold stands on the contact. It says nothing else, of nobody. A row
      -- serves the release that is recorded in one transaction with it, and no other.
      CREATE TABLE contact_clearance (
        contact_id uuid NOT NULL REFERENCES contact,
        answered_at timestamptz NOT NULL,
        PRIMARY KEY (contact_id, answered_at)
      );

      -- Of one victim: enough attempts to reach her have failed, and a supervisor takes it on herself.
      CREATE TABLE attempts_sign_off (
        contact_id uuid NOT NULL REFERENCES contact,
        case_id uuid NOT NULL REFERENCES case_file,
        signed_by text NOT NULL CHECK (length(signed_by) > 0),
        signed_at timestamptz NOT NULL,
        PRIMARY KEY (contact_id, case_id)
      );
      CREATE INDEX attempts_sign_off_case ON attempts_sign_off (case_id);

      CREATE FUNCTION contact_moves() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (NEW.id, NEW.person_id, NEW.level, NEW.gated, NEW.attempts_needed, NEW.recorded_at)
           IS DISTINCT FROM (OLD.id, OLD.person_id, OLD.level, OLD.gated, OLD.attempts_needed, OLD.recorded_at) THEN
          RAISE EXCEPTION 'A contact stays the one that was planned.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_stays_planned';
        END IF;
        IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
          ('planned', 'released'), ('planned', 'cancelled'), ('planned', 'breached'),
          ('released', 'made'), ('released', 'refused'), ('released', 'not-found'),
          ('released', 'cancelled'), ('released', 'breached'), ('cancelled', 'breached')) THEN
          RAISE EXCEPTION 'A contact that is % does not become %.', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_moves';
        END IF;
        IF NEW.released_at IS DISTINCT FROM OLD.released_at AND (OLD.state, NEW.state) <> ('planned', 'released') THEN
          RAISE EXCEPTION 'A release is not altered.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_release_stays';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER contact_moves BEFORE UPDATE ON contact FOR EACH ROW EXECUTE FUNCTION contact_moves();

      CREATE FUNCTION contact_gate() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.state NOT IN ('released', 'made', 'refused', 'not-found') THEN RETURN NULL; END IF;
        IF TG_OP = 'UPDATE' AND OLD.state IN (NEW.state, 'released') THEN RETURN NULL; END IF;
        -- A case of his that is opened at this moment waits, or is seen below.
        PERFORM FROM person WHERE id = NEW.person_id FOR UPDATE;
        IF NOT EXISTS (
          SELECT FROM contact_clearance clear
          WHERE clear.contact_id = NEW.id AND clear.xmin = pg_current_xact_id()::xid
            AND clear.answered_at <= NEW.released_at AND clear.answered_at > NEW.released_at - interval '60 seconds') THEN
          RAISE EXCEPTION 'The advocacy side has not just said that no hold stands.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_gate_holds';
        END IF;
        -- What is entered of the past was planned at the level of its day.
        IF TG_OP = 'UPDATE' AND NEW.level IS DISTINCT FROM (
          SELECT confirmed.level FROM level_confirmation confirmed WHERE confirmed.person_id = NEW.person_id
          ORDER BY confirmed.confirmed_at DESC, confirmed.id LIMIT 1) THEN
          RAISE EXCEPTION 'The contact was planned at another level than the one in force.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_gate_level';
        END IF;
        IF NEW.gated AND (
          NOT EXISTS (SELECT FROM case_file hers WHERE hers.person_id = NEW.person_id)
          OR EXISTS (
            SELECT FROM case_file hers
            WHERE hers.person_id = NEW.person_id AND (TG_OP = 'UPDATE' OR hers.opened_at <= NEW.released_at)
              AND NOT EXISTS (
                SELECT FROM justice_outreach notice
                WHERE notice.case_id = hers.id AND notice.kind = 'victim-notice' AND notice.outcome = 'reached'
                  AND notice.recorded_at > NEW.recorded_at AND notice.recorded_at <= NEW.released_at)
              AND NOT EXISTS (
                SELECT FROM attempts_sign_off signed
                WHERE signed.contact_id = NEW.id AND signed.case_id = hers.id AND signed.signed_at <= NEW.released_at
                  AND NEW.attempts_needed <= (
                    SELECT count(*) FROM justice_outreach failed
                    WHERE failed.case_id = hers.id AND failed.kind IN ('victim-notice', 'notice-attempt')
                      AND failed.outcome <> 'reached'
                      AND failed.recorded_at > NEW.recorded_at AND failed.recorded_at <= signed.signed_at)))) THEN
          RAISE EXCEPTION 'A victim of his has not been told.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_gate_victims';
        END IF;
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER contact_gate AFTER INSERT OR UPDATE ON contact
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION contact_gate();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER contact_gate ON contact;
      DROP TRIGGER contact_moves ON contact;
      DROP FUNCTION contact_gate, contact_moves;
      DROP TABLE attempts_sign_off, contact_clearance;
      UPDATE contact SET state = 'planned', closed_at = NULL, closed_by = NULL WHERE state = 'released';
      UPDATE contact SET state = 'cancelled' WHERE state IN ('not-found', 'breached');
      ALTER TABLE contact DROP CONSTRAINT contact_took_place;
      UPDATE contact SET made_at = NULL WHERE state <> 'made';
      ALTER TABLE contact
        DROP CONSTRAINT contact_state_check, DROP CONSTRAINT contact_level_b_is_gated,
        DROP CONSTRAINT contact_released, DROP CONSTRAINT contact_closed,
        DROP COLUMN gated, DROP COLUMN attempts_needed, DROP COLUMN due_by, DROP COLUMN planned_by,
        DROP COLUMN released_at, DROP COLUMN released_by, DROP COLUMN made_by, DROP COLUMN message,
        DROP COLUMN closed_at, DROP COLUMN closed_by,
        ADD CONSTRAINT contact_state_check CHECK (state IN ('planned', 'made', 'refused', 'cancelled')),
        ADD CONSTRAINT contact_check CHECK ((state = 'made') = (made_at IS NOT NULL));
    `);
  }
}
