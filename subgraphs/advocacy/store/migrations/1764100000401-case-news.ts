import type { MigrationInterface, QueryRunner } from "typeorm";

/** What law enforcement told of the agency's cases, and cases that left it again. */
export class CaseNews1764100000401 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE case_assignment
        -- It went to another agency, and nobody here was its client; null: it is on the caseload.
        ADD COLUMN ended_at timestamptz;

      CREATE TABLE case_news (
        -- Law enforcement's own id of the event.
        event_id uuid NOT NULL,
        case_id uuid NOT NULL REFERENCES case_assignment,
        kind text NOT NULL,
        contact_id uuid,
        level text CHECK (level IN ('A', 'B', 'C', 'D')),
        occurred_at timestamptz NOT NULL,
        planned_for timestamptz,
        historic boolean NOT NULL,
        received_at timestamptz NOT NULL,
        -- Told again it is the same.
        PRIMARY KEY (event_id, case_id)
      );
      CREATE INDEX case_news_case ON case_news (case_id, occurred_at DESC);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE case_news; ALTER TABLE case_assignment DROP COLUMN ended_at");
  }
}
