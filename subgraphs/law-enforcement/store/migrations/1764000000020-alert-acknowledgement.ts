import type { MigrationInterface, QueryRunner } from "typeorm";

/** Who confirmed an alert, and when. */
export class AlertAcknowledgement1764000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE alert_acknowledgement (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        -- An event of the outbox, which is dropped with its month; what was confirmed is kept.
        alert_id uuid NOT NULL,
        agency text NOT NULL,
        subject text NOT NULL,
        acknowledged_at timestamptz NOT NULL,
        mutation_key text NOT NULL,
        UNIQUE (alert_id, agency, subject),
        UNIQUE (agency, subject, mutation_key)
      );
      CREATE INDEX event_by_id ON outbox.event (id);

      CREATE FUNCTION refuse_change_of_alert_record() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
      BEGIN
        RAISE EXCEPTION 'The record of an alert is only ever added to.' USING ERRCODE = 'insufficient_privilege';
      END $$;
      CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON alert_acknowledgement
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_alert_record();
      REVOKE UPDATE, DELETE, TRUNCATE ON alert_acknowledgement FROM CURRENT_USER;
    `);
  }

  async down(): Promise<void> {
    throw new Error("There is no way back: who confirmed an alert is kept.");
  }
}
