import type { MigrationInterface, QueryRunner } from "typeorm";

/** A letter is served while the gate of its contact still holds: what came up since the release counts as for any contact. */
export class GateOfLetters1764200000701 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION letter_gate() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        -- A case or a level of his that is recorded at this moment waits, or is seen below.
        PERFORM FROM person WHERE id = NEW.person_id FOR UPDATE;
        IF EXISTS (
          SELECT FROM contact passed
          WHERE passed.id = NEW.contact_id AND (contact_level_other(passed, NEW.served_at)
            OR (passed.gated AND contact_victim_untold(passed, NEW.served_at, NEW.served_at)))) THEN
          RAISE EXCEPTION 'The gate held no more when the letter was served.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'letter_gate';
        END IF;
        RETURN NEW;
      END $$;
      -- By its name after letter_moves, which says what is wrong with the letter itself.
      CREATE TRIGGER letter_moves_at_gate BEFORE UPDATE ON exposure_letter FOR EACH ROW
        WHEN (NEW.state = 'served' AND OLD.state <> 'served') EXECUTE FUNCTION letter_gate();
      CREATE TRIGGER letter_entered_at_gate BEFORE INSERT ON exposure_letter FOR EACH ROW
        WHEN (NEW.state = 'served' AND NEW.template_id IS NOT NULL) EXECUTE FUNCTION letter_gate();
    `);
  }

  async down(): Promise<void> {
    throw new Error("There is no way back: the gate does not open wider.");
  }
}
