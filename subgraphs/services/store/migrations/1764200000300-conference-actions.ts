import type { MigrationInterface, QueryRunner } from "typeorm";
import { CONFERENCE_ACTION_TABLE } from "../../../../platform/conference-action/table";

/** What providers took on at conferences of the partners; the conference itself is law enforcement's. */
export class ConferenceActions1764200000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CONFERENCE_ACTION_TABLE);
    await runner.query(`
      ALTER TABLE conference_action
        -- Under which a provider knows him: it is disclosed as that referral is.
        ADD COLUMN referral_id uuid REFERENCES referral,
        ADD CHECK (referral_id IS NULL OR about_id IS NOT NULL);
      CREATE INDEX conference_action_about ON conference_action (about_id) WHERE about_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE conference_action");
  }
}
