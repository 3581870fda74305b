import type { MigrationInterface, QueryRunner } from "typeorm";
import { outboxSchema } from "../../../../platform/outbox/schema";

/** Where the agency's events are kept until they are read; in a schema of its own. */
export class Outbox1763900000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(outboxSchema());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP SCHEMA outbox CASCADE");
  }
}
