import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * A contact that is entered as released, or as met, passes the whole gate: at its release, the level of then included, and at
 * the hour at which he was met. That hour is not altered afterwards.
 */
export class GateAtEntry1764200000700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION contact_level_other(entered contact, until timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT entered.level IS DISTINCT FROM (
          SELECT confirmed.level FROM level_confirmation confirmed
          WHERE confirmed.person_id = entered.person_id AND confirmed.confirmed_at <= until
          ORDER BY confirmed.confirmed_at DESC, confirmed.id LIMIT 1)
      $$;

      CREATE OR REPLACE FUNCTION contact_gate() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        met_at timestamptz := coalesce(NEW.made_at, NEW.closed_at);
        -- A release of this moment is one before all that is known; one of the past, before what was known then.
        known_until timestamptz := CASE WHEN NEW.state = 'released' THEN 'infinity' ELSE NEW.released_at END;
        level_is_other boolean := false;
        victim_is_untold boolean := false;
      BEGIN
        IF NEW.state NOT IN ('released', 'made', 'refused', 'not-found') THEN RETURN NULL; END IF;
        IF TG_OP = 'UPDATE' AND OLD.state = NEW.state THEN RETURN NULL; END IF;
        -- A case of his that is opened at this moment waits, or is seen below.
        PERFORM FROM person WHERE id = NEW.person_id FOR UPDATE;
        IF TG_OP = 'INSERT' OR NEW.state = 'released' THEN
          IF NOT EXISTS (
            SELECT FROM contact_clearance clear
            WHERE clear.contact_id = NEW.id AND clear.xmin = pg_current_xact_id()::xid
              AND clear.answered_at <= NEW.released_at AND clear.answered_at > NEW.released_at - interval '60 seconds') THEN
            RAISE EXCEPTION 'The advocacy side has not just said that no hold stands.'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_gate_holds';
          END IF;
          level_is_other := contact_level_other(NEW, known_until);
          victim_is_untold := NEW.gated AND contact_victim_untold(NEW, NEW.released_at, known_until);
        END IF;
        IF NEW.state <> 'released' THEN
          IF met_at < NEW.released_at THEN
            RAISE EXCEPTION 'The contact was made before it was released.'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_gate_release';
          END IF;
          level_is_other := level_is_other OR contact_level_other(NEW, met_at);
          victim_is_untold := victim_is_untold OR (NEW.gated AND contact_victim_untold(NEW, met_at, met_at));
        END IF;
        IF level_is_other THEN
          RAISE EXCEPTION 'The contact was planned at another level than the one in force.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_gate_level';
        END IF;
        IF victim_is_untold THEN
          RAISE EXCEPTION 'A victim of his has not been told.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_gate_victims';
        END IF;
        RETURN NULL;
      END $$;

      CREATE FUNCTION contact_outcome_stays() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'The hour at which he was met is not altered.'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_outcome_stays';
      END $$;
      CREATE TRIGGER contact_outcome_stays BEFORE UPDATE ON contact FOR EACH ROW
        WHEN (OLD.state = NEW.state AND (OLD.made_at, OLD.closed_at) IS DISTINCT FROM (NEW.made_at, NEW.closed_at))
        EXECUTE FUNCTION contact_outcome_stays();
    `);
  }

  async down(): Promise<void> {
    throw new Error("There is no way back: the gate does not open wider.");
  }
}
