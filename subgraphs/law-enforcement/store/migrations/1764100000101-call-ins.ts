import type { MigrationInterface, QueryRunner } from "typeorm";

/** Call-ins: one evening, one place, those who speak; those who are invited are contacts. */
export class CallIns1764100000101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE call_in (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        planned_for timestamptz NOT NULL,
        place text NOT NULL CHECK (length(place) > 0),
        state text NOT NULL CHECK (state IN ('planned', 'held', 'cancelled')),
        help_offered boolean NOT NULL,
        messenger text,
        messenger_agency text,
        planned_by text NOT NULL CHECK (length(planned_by) > 0),
        recorded_at timestamptz NOT NULL,
        closed_at timestamptz,
        closed_by text,
        CHECK ((messenger IS NULL) = (messenger_agency IS NULL)),
        CHECK ((closed_at IS NULL) = (closed_by IS NULL) AND (state = 'planned') = (closed_at IS NULL))
      );
      CREATE INDEX call_in_planned_for ON call_in (planned_for, id);

      CREATE TABLE call_in_speaker (
        call_in_id uuid NOT NULL REFERENCES call_in,
        position integer NOT NULL CHECK (position >= 1),
        name text NOT NULL CHECK (length(name) > 0),
        role text NOT NULL CHECK (length(role) > 0),
        kind text NOT NULL CHECK (kind IN ('community-voice', 'services', 'justice')),
        PRIMARY KEY (call_in_id, position)
      );

      ALTER TABLE contact
        ADD COLUMN call_in_id uuid REFERENCES call_in,
        ADD CONSTRAINT contact_at_call_in CHECK (call_in_id IS NULL OR means = 'call-in');
      CREATE INDEX contact_call_in ON contact (call_in_id) WHERE call_in_id IS NOT NULL;
      -- Nobody is invited twice at a time.
      CREATE UNIQUE INDEX contact_open_invitation ON contact (call_in_id, person_id)
        WHERE state IN ('planned', 'released');

      CREATE FUNCTION call_in_moves() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (NEW.id, NEW.planned_for, NEW.place, NEW.help_offered, NEW.planned_by, NEW.recorded_at)
           <> (OLD.id, OLD.planned_for, OLD.place, OLD.help_offered, OLD.planned_by, OLD.recorded_at)
           OR (NEW.messenger, NEW.messenger_agency) IS DISTINCT FROM (OLD.messenger, OLD.messenger_agency) THEN
          RAISE EXCEPTION 'A call-in stays the one that was planned.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'call_in_stays_planned';
        END IF;
        IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('planned', 'held'), ('planned', 'cancelled')) THEN
          RAISE EXCEPTION 'A call-in that is % does not become %.', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'call_in_moves';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER call_in_moves BEFORE UPDATE ON call_in FOR EACH ROW EXECUTE FUNCTION call_in_moves();

      CREATE FUNCTION contact_stays_at_call_in() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'A contact stays the one that was planned.'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_stays_planned';
      END $$;
      CREATE TRIGGER contact_stays_at_call_in BEFORE UPDATE ON contact FOR EACH ROW
        WHEN (NEW.call_in_id IS DISTINCT FROM OLD.call_in_id) EXECUTE FUNCTION contact_stays_at_call_in();
    `);
  }

  async down(): Promise<void> {
    throw new Error("There is no way back: who was invited to which call-in is kept.");
  }
}
