import type { MigrationInterface, QueryRunner } from "typeorm";

/** The keys of conflicts and of confirmed alerts stand with every other, in told_request. */
export class KeysInOnePlace1764200000201 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE conflict_of_interest DROP COLUMN request_key;
      ALTER TABLE alert_acknowledgement DROP COLUMN mutation_key;
    `);
  }

  async down(): Promise<void> {
    throw new Error("There is no way back: the keys are gone.");
  }
}
