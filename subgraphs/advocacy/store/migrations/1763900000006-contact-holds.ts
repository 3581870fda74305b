import type { MigrationInterface, QueryRunner } from "typeorm";

/** Holds on planned contacts: content-free, expiring by themselves. */
export class ContactHolds1763900000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE contact_hold (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        -- A contact of law enforcement's, whether or not this agency knows anybody in it.
        contact_id uuid NOT NULL,
        hours integer NOT NULL CHECK (hours >= 1),
        placed_by text NOT NULL CHECK (length(placed_by) > 0),
        placed_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        mutation_key text NOT NULL,
        -- Only who placed it withdraws it.
        withdrawn_at timestamptz,
        withdrawn_key text,
        UNIQUE (placed_by, mutation_key),
        CHECK (expires_at > placed_at AND expires_at <= placed_at + interval '720 hours'),
        CHECK ((withdrawn_at IS NULL) = (withdrawn_key IS NULL))
      );
      CREATE INDEX contact_hold_contact ON contact_hold (contact_id, expires_at) WHERE withdrawn_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE contact_hold");
  }
}
