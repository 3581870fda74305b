import type { MigrationInterface, QueryRunner } from "typeorm";

/** A conflict's key stands with every other, in told_request. */
export class KeysInOnePlace1764200000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE conflict_of_interest DROP COLUMN request_key");
  }

  async down(): Promise<void> {
    throw new Error("There is no way back: the keys are gone.");
  }
}
