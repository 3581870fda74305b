import type { MigrationInterface, QueryRunner } from "typeorm";
import { ACCESS_RECORD_TABLES, NO_ACCESS_RECORD_TABLES } from "../../../../platform/access-record/tables";

/** Who saw what: the agency's own record. */
export class AccessRecord1763800000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ACCESS_RECORD_TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(NO_ACCESS_RECORD_TABLES);
  }
}
