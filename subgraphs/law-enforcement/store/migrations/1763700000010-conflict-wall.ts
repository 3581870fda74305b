import type { MigrationInterface, QueryRunner } from "typeorm";

/** Who is cut off from a case or a person, and the cases that only named readers of the justice side may open. */
export class ConflictWall1763700000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE conflict_of_interest (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        -- Whom: the agency's id in site/partners.json and the subject of the employee's token.
        agency text NOT NULL CHECK (length(agency) > 0),
        subject text NOT NULL CHECK (length(subject) > 0),
        case_id uuid REFERENCES case_file,
        person_id uuid REFERENCES person,
        why text NOT NULL CHECK (why IN ('party', 'related', 'named-employee')),
        recorded_by text NOT NULL CHECK (length(recorded_by) > 0),
        recorded_at timestamptz NOT NULL DEFAULT now(),
        ended_by text,
        ended_at timestamptz,
        -- The client's own key of the request: told twice, it is recorded once.
        request_key uuid NOT NULL UNIQUE,
        CHECK ((case_id IS NULL) <> (person_id IS NULL)),
        CHECK (why <> 'named-employee' OR case_id IS NOT NULL),
        CHECK ((ended_at IS NULL) = (ended_by IS NULL))
      );
      CREATE INDEX conflict_of_interest_live ON conflict_of_interest (agency, subject) WHERE ended_at IS NULL;

      CREATE TABLE compartment (
        case_id uuid PRIMARY KEY REFERENCES case_file,
        opened_by text NOT NULL CHECK (length(opened_by) > 0),
        opened_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE compartment_reader (
        case_id uuid NOT NULL REFERENCES compartment,
        agency text NOT NULL CHECK (length(agency) > 0),
        subject text NOT NULL CHECK (length(subject) > 0),
        named_by text NOT NULL CHECK (length(named_by) > 0),
        named_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (case_id, agency, subject)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE compartment_reader, compartment, conflict_of_interest");
  }
}
