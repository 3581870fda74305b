import type { MigrationInterface, QueryRunner } from "typeorm";

/** What a provider offers: its hours, its area, and its places for each service. */
export class Places1764100000520 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE provider ADD hours text, ADD area text;
      CREATE TABLE provider_service (
        agency text NOT NULL REFERENCES provider (agency),
        service text NOT NULL CHECK (service IN ('housing', 'employment', 'education', 'intervention-programme',
                                                 'parenting', 'mental-health', 'substance-use-treatment',
                                                 'legal-help')),
        -- At once; how many are taken is counted where it is asked.
        places integer NOT NULL CHECK (places BETWEEN 0 AND 10000),
        recorded_by text NOT NULL CHECK (length(recorded_by) > 0),
        recorded_at timestamptz NOT NULL,
        PRIMARY KEY (agency, service)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE provider_service;
      ALTER TABLE provider DROP hours, DROP area;
    `);
  }
}
