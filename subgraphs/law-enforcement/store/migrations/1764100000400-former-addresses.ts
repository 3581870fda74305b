import type { MigrationInterface, QueryRunner } from "typeorm";

/** Where people lived before: a letter must not follow anybody across a move. */
export class FormerAddresses1764100000400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE former_address (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid REFERENCES person,
        victim_id uuid REFERENCES victim,
        address text NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        CHECK ((person_id IS NULL) <> (victim_id IS NULL)),
        UNIQUE (person_id, address),
        UNIQUE (victim_id, address)
      );

      -- Whoever records the move, an import as well.
      CREATE FUNCTION keep_person_address() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO former_address (person_id, address) VALUES (OLD.id, OLD.address) ON CONFLICT DO NOTHING;
        RETURN NULL;
      END $$;
      CREATE TRIGGER keep_person_address AFTER UPDATE OF address ON person FOR EACH ROW
        WHEN (OLD.address IS NOT NULL AND OLD.address IS DISTINCT FROM NEW.address)
        EXECUTE FUNCTION keep_person_address();

      -- A substitute address is where nobody lives.
      CREATE FUNCTION keep_victim_address() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO former_address (victim_id, address) VALUES (OLD.id, OLD.address) ON CONFLICT DO NOTHING;
        RETURN NULL;
      END $$;
      CREATE TRIGGER keep_victim_address AFTER UPDATE OF address, address_is_substitute ON victim FOR EACH ROW
        WHEN (OLD.address IS NOT NULL AND NOT OLD.address_is_substitute AND NOT NEW.address_is_substitute
          AND OLD.address IS DISTINCT FROM NEW.address)
        EXECUTE FUNCTION keep_victim_address();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER keep_person_address ON person;
      DROP TRIGGER keep_victim_address ON victim;
      DROP FUNCTION keep_person_address, keep_victim_address;
      DROP TABLE former_address`);
  }
}
