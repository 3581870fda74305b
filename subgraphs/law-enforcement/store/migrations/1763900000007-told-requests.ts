import type { MigrationInterface, QueryRunner } from "typeorm";

/** What somebody told under a key of his own, so that telling it again changes nothing. */
export class ToldRequests1763900000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE told_request (
        agency text NOT NULL,
        subject text NOT NULL,
        key uuid NOT NULL,
        -- Of the mutation and its input.
        digest text NOT NULL,
        -- The record that came of it; null while it is being written.
        record_id uuid,
        told_at timestamptz NOT NULL,
        PRIMARY KEY (agency, subject, key)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE told_request");
  }
}
