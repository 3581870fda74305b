import type { MigrationInterface, QueryRunner } from "typeorm";

/** What was read under break-glass is found without reading the whole record. */
export class AccessesUnderBreakGlass1763900000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      "CREATE INDEX access_record_emergency ON audit.access_record (at DESC, id) WHERE grant_id IS NOT NULL",
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP INDEX audit.access_record_emergency");
  }
}
