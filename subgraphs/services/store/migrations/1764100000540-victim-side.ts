import type { MigrationInterface, QueryRunner } from "typeorm";

/** Employees of a provider who help victims: cut off from every abusive partner. It names no victim and no case. */
export class VictimSide1764100000540 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE victim_side_employee (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        agency text NOT NULL CHECK (length(agency) > 0),
        subject text NOT NULL CHECK (length(subject) > 0),
        recorded_by text NOT NULL CHECK (length(recorded_by) > 0),
        recorded_at timestamptz NOT NULL,
        ended_by text,
        ended_at timestamptz,
        CHECK ((ended_at IS NULL) = (ended_by IS NULL))
      );
      CREATE UNIQUE INDEX victim_side_employee_live ON victim_side_employee (agency, subject) WHERE ended_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE victim_side_employee;
    `);
  }
}
