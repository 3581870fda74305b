import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * A report of each breach of the gate, also of a contact that nobody had planned; a release that is called back; and the
 * gate looked at again when somebody records what came of a contact.
 */
export class GateBreaches1764100000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE contact
        -- Null: nobody planned it. He was met, and it is a breach.
        ALTER COLUMN planned_by DROP NOT NULL,
        -- Null: unplanned, with no level in force.
        ALTER COLUMN level DROP NOT NULL,
        ADD COLUMN recall_reason text
          CHECK (recall_reason IN ('hold-placed', 'victim-not-told', 'level-changed', 'other')),
        DROP CONSTRAINT contact_level_check,
        ADD CONSTRAINT contact_level_check CHECK (level IN ('A', 'B', 'C', 'D')),
        ADD CONSTRAINT contact_unplanned CHECK (
          CASE WHEN planned_by IS NULL THEN state = 'breached' ELSE level IS NOT NULL AND level <> 'A' END),
        DROP CONSTRAINT contact_state_check,
        ADD CONSTRAINT contact_state_check CHECK (state IN
          ('planned', 'released', 'made', 'refused', 'not-found', 'cancelled', 'recalled', 'breached')),
        DROP CONSTRAINT contact_took_place,
        ADD CONSTRAINT contact_took_place CHECK (
          CASE WHEN state IN ('made', 'breached') THEN made_at IS NOT NULL
               WHEN state IN ('planned', 'released', 'cancelled', 'recalled') THEN made_at IS NULL ELSE true END),
        ADD CONSTRAINT contact_recalled CHECK (
          CASE state WHEN 'recalled' THEN recall_reason IS NOT NULL AND released_at IS NOT NULL
               WHEN 'breached' THEN true ELSE recall_reason IS NULL END);

      CREATE TABLE gate_breach (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        contact_id uuid NOT NULL UNIQUE REFERENCES contact,
        -- What was wrong when he was contacted.
        failed text[] NOT NULL CHECK (failed <@ ARRAY['not-planned', 'called-off', 'not-released', 'outside-release',
          'level-not-in-force', 'victim-not-told', 'advocacy-not-asked']),
        reported_by text NOT NULL CHECK (length(reported_by) > 0),
        reported_at timestamptz NOT NULL,
        review text,
        reviewed_by text,
        reviewed_at timestamptz,
        CHECK ((reviewed_at IS NULL) = (reviewed_by IS NULL) AND (reviewed_at IS NULL) = (review IS NULL))
      );
      CREATE INDEX gate_breach_reported ON gate_breach (reported_at);
      INSERT INTO gate_breach (contact_id, failed, reported_by, reported_at)
        SELECT id, CASE WHEN released_at IS NULL THEN ARRAY['not-released', 'advocacy-not-asked']
                        ELSE ARRAY['outside-release'] END, closed_by, closed_at
        FROM contact WHERE state = 'breached';

      CREATE FUNCTION gate_breach_stays() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND OLD.reviewed_at IS NULL
          AND (NEW.id, NEW.contact_id, NEW.failed, NEW.reported_by, NEW.reported_at)
            = (OLD.id, OLD.contact_id, OLD.failed, OLD.reported_by, OLD.reported_at) THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'A report of a breach is reviewed once, and stays.'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'gate_breach_stays';
      END $$;
      CREATE TRIGGER gate_breach_stays BEFORE UPDATE OR DELETE ON gate_breach
        FOR EACH ROW EXECUTE FUNCTION gate_breach_stays();
      REVOKE DELETE, TRUNCATE ON gate_breach FROM CURRENT_USER;

      CREATE FUNCTION contact_breach_reported() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.state = 'breached' AND NOT EXISTS (SELECT FROM gate_breach WHERE contact_id = NEW.id) THEN
          RAISE EXCEPTION 'A breach is reported as it is recorded.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_breach_reported';
        END IF;
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER contact_breach_reported AFTER INSERT OR UPDATE ON contact
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION contact_breach_reported();

      CREATE OR REPLACE FUNCTION contact_moves() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (NEW.id, NEW.person_id, NEW.level, NEW.gated, NEW.attempts_needed, NEW.recorded_at, NEW.planned_by)
           IS DISTINCT FROM
           (OLD.id, OLD.person_id, OLD.level, OLD.gated, OLD.attempts_needed, OLD.recorded_at, OLD.planned_by) THEN
          RAISE EXCEPTION 'A contact stays the one that was planned.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_stays_planned';
        END IF;
        IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
          ('planned', 'released'), ('planned', 'cancelled'), ('planned', 'breached'),
          ('released', 'made'), ('released', 'refused'), ('released', 'not-found'), ('released', 'cancelled'),
          ('released', 'recalled'), ('released', 'breached'), ('cancelled', 'breached'), ('recalled', 'breached')) THEN
          RAISE EXCEPTION 'A contact that is % does not become %.', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_moves';
        END IF;
        IF NEW.released_at IS DISTINCT FROM OLD.released_at AND (OLD.state, NEW.state) <> ('planned', 'released') THEN
          RAISE EXCEPTION 'A release is not altered.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_release_stays';
        END IF;
        RETURN NEW;
      END $$;

      -- Of some case of his that was opened by then: nobody told her in time, and nobody signed.
      CREATE FUNCTION contact_victim_untold(planned contact, until timestamptz, opened_until timestamptz)
      RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT NOT EXISTS (SELECT FROM case_file hers WHERE hers.person_id = planned.person_id)
          OR EXISTS (
            SELECT FROM case_file hers
            WHERE hers.person_id = planned.person_id AND hers.opened_at <= opened_until
              AND NOT EXISTS (
                SELECT FROM justice_outreach notice
                WHERE notice.case_id = hers.id AND notice.kind = 'victim-notice' AND notice.outcome = 'reached'
                  AND notice.recorded_at > planned.recorded_at AND notice.recorded_at <= until)
              AND NOT EXISTS (
                SELECT FROM attempts_sign_off signed
                WHERE signed.contact_id = planned.id AND signed.case_id = hers.id AND signed.signed_at <= until
                  AND planned.attempts_needed <= (
                    SELECT count(*) FROM justice_outreach failed
                    WHERE failed.case_id = hers.id AND failed.kind IN ('victim-notice', 'notice-attempt')
                      AND failed.outcome <> 'reached'
                      AND failed.recorded_at > planned.recorded_at AND failed.recorded_at <= signed.signed_at)))
      $$;

      CREATE OR REPLACE FUNCTION contact_gate() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        outcome boolean := TG_OP = 'UPDATE' AND NEW.state <> 'released';
        -- The instant at which the gate has to have held: the release, and again when he was met.
        held_at timestamptz := CASE WHEN outcome THEN coalesce(NEW.made_at, NEW.closed_at) ELSE NEW.released_at END;
      BEGIN
        IF NEW.state NOT IN ('released', 'made', 'refused', 'not-found') THEN RETURN NULL; END IF;
        IF TG_OP = 'UPDATE' AND OLD.state = NEW.state THEN RETURN NULL; END IF;
        -- A case of his that is opened at this moment waits, or is seen below.
        PERFORM FROM person WHERE id = NEW.person_id FOR UPDATE;
        IF NOT outcome AND NOT EXISTS (
          SELECT FROM contact_clearance clear
          WHERE clear.contact_id = NEW.id AND clear.xmin = pg_current_xact_id()::xid
            AND clear.answered_at <= NEW.released_at AND clear.answered_at > NEW.released_at - interval '60 seconds') THEN
          RAISE EXCEPTION 'The advocacy side has not just said that no hold stands.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_gate_holds';
        END IF;
        IF outcome AND held_at < NEW.released_at THEN
          RAISE EXCEPTION 'The contact was made before it was released.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_gate_release';
        END IF;
        -- What is entered of the past was planned at the level of its day.
        IF TG_OP = 'UPDATE' AND NEW.level IS DISTINCT FROM (
          SELECT confirmed.level FROM level_confirmation confirmed
          WHERE confirmed.person_id = NEW.person_id AND (NOT outcome OR confirmed.confirmed_at <= held_at)
          ORDER BY confirmed.confirmed_at DESC, confirmed.id LIMIT 1) THEN
          RAISE EXCEPTION 'The contact was planned at another level than the one in force.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_gate_level';
        END IF;
        IF NEW.gated AND contact_victim_untold(NEW, held_at,
          CASE WHEN TG_OP = 'UPDATE' AND NOT outcome THEN 'infinity' ELSE held_at END) THEN
          RAISE EXCEPTION 'A victim of his has not been told.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_gate_victims';
        END IF;
        RETURN NULL;
      END $$;
    `);
  }

  async down(): Promise<void> {
    throw new Error("There is no way back: breaches that were reported are kept.");
  }
}
