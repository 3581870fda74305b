import type { MigrationInterface, QueryRunner } from "typeorm";
import { BREAK_GLASS_TABLE } from "../../../../platform/break-glass/opening";

/** Elements opened in an emergency. */
export class BreakGlass1763800000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(BREAK_GLASS_TABLE);
  }

  async down(): Promise<void> {
    throw new Error("There is no way back: what was opened, and why, is kept.");
  }
}
