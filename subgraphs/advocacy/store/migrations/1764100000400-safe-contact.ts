import type { MigrationInterface, QueryRunner } from "typeorm";

/** What the women themselves said of how they may be reached, and every address that a client had. */
export class SafeContact1764100000400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Of the victim of a case, a client or not. The newest recorded counts; none is altered.
      CREATE TABLE safe_contact (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        case_id uuid NOT NULL REFERENCES case_assignment,
        may_call boolean NOT NULL,
        may_write boolean NOT NULL,
        may_leave_message boolean NOT NULL,
        may_visit boolean NOT NULL,
        -- By the site's clocks; null: at any hour.
        hours_from text CHECK (hours_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
        hours_until text CHECK (hours_until ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
        language text NOT NULL CHECK (length(language) BETWEEN 2 AND 35),
        -- When she said it.
        told_at timestamptz NOT NULL,
        recorded_at timestamptz NOT NULL,
        recorded_by text NOT NULL CHECK (length(recorded_by) > 0),
        CHECK ((hours_from IS NULL) = (hours_until IS NULL) AND hours_from <> hours_until),
        CHECK (told_at <= recorded_at + interval '1 minute')
      );
      CREATE INDEX safe_contact_case ON safe_contact (case_id, recorded_at DESC);

      -- Where she lives and where she lived: client.address is the newest.
      CREATE TABLE client_address (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        client_id uuid NOT NULL REFERENCES client,
        address text NOT NULL CHECK (length(address) BETWEEN 1 AND 300),
        recorded_at timestamptz NOT NULL,
        recorded_by text NOT NULL CHECK (length(recorded_by) > 0)
      );
      CREATE INDEX client_address_client ON client_address (client_id);
      INSERT INTO client_address (client_id, address, recorded_at, recorded_by)
        SELECT id, left(address, 300), registered_at, 'not recorded' FROM client WHERE address <> '';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE client_address, safe_contact");
  }
}
