import type { MigrationInterface, QueryRunner } from "typeorm";

/** What a panel decided at a conference is a decision of that conference too. */
export class PanelAtConference1764200000301 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE conference_decision DROP CONSTRAINT conference_decision_kind_check,
        ADD CONSTRAINT conference_decision_kind_check CHECK (kind IN ('confirmed', 'kept', 'settled', 'lowered'));
    `);
  }

  async down(): Promise<void> {
    throw new Error("There is no way back: what was decided is kept.");
  }
}
