import type { MigrationInterface, QueryRunner } from "typeorm";

/** Which employee of a partner is cut off from a person. */
export class ConflictWall1763700000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE conflict_of_interest (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        -- Whom: the agency's id in site/partners.json and the subject of the employee's token.
        agency text NOT NULL CHECK (length(agency) > 0),
        subject text NOT NULL CHECK (length(subject) > 0),
        person_id uuid NOT NULL,
        why text NOT NULL CHECK (why IN ('party', 'related', 'named-employee')),
        recorded_by text NOT NULL CHECK (length(recorded_by) > 0),
        recorded_at timestamptz NOT NULL,
        ended_by text,
        ended_at timestamptz,
        -- The client's own key of the request: told twice, it is recorded once.
        request_key uuid NOT NULL UNIQUE,
        CHECK ((ended_at IS NULL) = (ended_by IS NULL))
      );
      CREATE INDEX conflict_of_interest_live ON conflict_of_interest (agency, subject) WHERE ended_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE conflict_of_interest");
  }
}
