import type { MigrationInterface, QueryRunner } from "typeorm";

/** What is to be done for the victim of a case, by when; and outreach that was made although it was not safe. */
export class OutreachTasks1764100000402 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE outreach ADD COLUMN against_safe_contact boolean NOT NULL DEFAULT false;

      CREATE TABLE outreach_task (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        case_id uuid NOT NULL REFERENCES case_assignment,
        kind text NOT NULL CHECK (kind IN ('letter', 'visit', 'call', 'safety-planning', 'risk-assessment',
                                           'case-management', 'emergency-assessment')),
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'done', 'cancelled')),
        -- The news that opened it, and what that was.
        event_id uuid NOT NULL,
        opened_on text NOT NULL,
        opened_at timestamptz NOT NULL,
        due_at timestamptz NOT NULL,
        -- The planned contact that it rests on; null: none.
        contact_id uuid,
        hours_before_contact integer,
        -- By the subject of the advocate's token.
        taken_by text,
        taken_at timestamptz,
        -- Null of what the hub itself closed.
        closed_by text,
        closed_at timestamptz,
        outreach_id uuid REFERENCES outreach,
        reason text CHECK (reason IN ('not-safe', 'she-declined', 'done-otherwise', 'not-needed', 'contact-called-off',
                                      'case-left')),
        UNIQUE (event_id, case_id, kind),
        CHECK ((taken_by IS NULL) = (taken_at IS NULL) AND (state <> 'taken' OR taken_by IS NOT NULL)),
        CHECK ((state IN ('done', 'cancelled')) = (closed_at IS NOT NULL)),
        CHECK ((state = 'done') = (outreach_id IS NOT NULL) AND (state = 'cancelled') = (reason IS NOT NULL))
      );
      CREATE INDEX outreach_task_case ON outreach_task (case_id, due_at);
      CREATE INDEX outreach_task_due ON outreach_task (due_at, id) WHERE state IN ('open', 'taken');
      CREATE INDEX outreach_task_contact ON outreach_task (contact_id) WHERE state IN ('open', 'taken');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE outreach_task; ALTER TABLE outreach DROP COLUMN against_safe_contact");
  }
}
