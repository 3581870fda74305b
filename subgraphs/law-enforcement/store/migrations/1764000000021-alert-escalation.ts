import type { MigrationInterface, QueryRunner } from "typeorm";

/** Who was told of an alert that nobody confirmed, and when. */
export class AlertEscalation1764000000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE alert_escalation (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        alert_id uuid NOT NULL,
        person_id uuid NOT NULL REFERENCES person,
        -- Null: of a case that is nobody's.
        agency text,
        step integer NOT NULL CHECK (step >= 1),
        target text NOT NULL,
        told_at timestamptz NOT NULL,
        -- Several processes look for what is due; one of them tells it.
        UNIQUE NULLS NOT DISTINCT (alert_id, agency, step)
      );
      CREATE INDEX event_that_may_escalate ON outbox.event (recorded_at)
        WHERE topic IN ('arrest', 'custody') AND NOT historic;

      CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON alert_escalation
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_alert_record();
      REVOKE UPDATE, DELETE, TRUNCATE ON alert_escalation FROM CURRENT_USER;
    `);
  }

  async down(): Promise<void> {
    throw new Error("There is no way back: who was told of an alert is kept.");
  }
}
