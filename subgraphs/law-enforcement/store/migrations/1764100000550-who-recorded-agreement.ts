import type { MigrationInterface, QueryRunner } from "typeorm";

/** Who wrote down that somebody agreed to be referred, and that he does no longer. */
export class WhoRecordedAgreement1764100000550 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE referral_agreement
        ADD recorded_by text CHECK (length(recorded_by) > 0),
        ADD recorded_at timestamptz,
        ADD withdrawal_recorded_by text,
        ADD withdrawal_recorded_at timestamptz
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE referral_agreement
        DROP recorded_by, DROP recorded_at, DROP withdrawal_recorded_by, DROP withdrawal_recorded_at
    `);
  }
}
