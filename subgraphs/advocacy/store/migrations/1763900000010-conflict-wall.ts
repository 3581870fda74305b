import type { MigrationInterface, QueryRunner } from "typeorm";

/** Who is cut off from the agency's records of a case: its own advocates, and people whom a release may name. */
export class ConflictWall1763900000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE conflict_of_interest (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        -- Whom: the agency's id in site/partners.json and the subject of the person's token.
        agency text NOT NULL CHECK (length(agency) > 0),
        subject text NOT NULL CHECK (length(subject) > 0),
        case_id uuid NOT NULL,
        why text NOT NULL CHECK (why IN ('party', 'related', 'named-employee')),
        recorded_by text NOT NULL CHECK (length(recorded_by) > 0),
        recorded_at timestamptz NOT NULL,
        ended_by text,
        ended_at timestamptz,
        -- Told twice by the same advocate with the same key, it is recorded once.
        mutation_key text NOT NULL,
        UNIQUE (recorded_by, mutation_key),
        CHECK ((ended_at IS NULL) = (ended_by IS NULL))
      );
      CREATE INDEX conflict_of_interest_live ON conflict_of_interest (agency, subject) WHERE ended_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE conflict_of_interest");
  }
}
