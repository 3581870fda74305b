import type { MigrationInterface, QueryRunner } from "typeorm";

/** News that law enforcement took back, and what becomes of the tasks that it had opened. */
export class NewsTakenBack1764200000501 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- By which news that was taken back is known again, and not taken: a hash of its id and its case's, and no word of what it was.
      CREATE TABLE news_taken_back (
        digest bytea PRIMARY KEY,
        received_at timestamptz NOT NULL
      );

      ALTER TABLE outreach_task
        -- When law enforcement said that what opened it is taken back; of that, nothing else is kept.
        ADD COLUMN recalled_at timestamptz,
        DROP CONSTRAINT outreach_task_reason_check,
        ADD CONSTRAINT outreach_task_reason_check CHECK (reason IN ('not-safe', 'she-declined', 'done-otherwise',
          'not-needed', 'contact-called-off', 'case-left', 'arrest-recalled')),
        ADD CONSTRAINT outreach_task_recalled_check CHECK (reason <> 'arrest-recalled' OR recalled_at IS NOT NULL),
        -- Nobody begins what was taken back.
        ADD CONSTRAINT outreach_task_recalled_open_check CHECK (recalled_at IS NULL OR state <> 'open');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE news_taken_back;
      UPDATE outreach_task SET reason = 'not-needed' WHERE reason = 'arrest-recalled';
      ALTER TABLE outreach_task
        DROP COLUMN recalled_at,
        DROP CONSTRAINT outreach_task_reason_check,
        ADD CONSTRAINT outreach_task_reason_check CHECK (reason IN ('not-safe', 'she-declined', 'done-otherwise',
          'not-needed', 'contact-called-off', 'case-left'));
    `);
  }
}
