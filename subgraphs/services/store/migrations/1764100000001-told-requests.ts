import type { MigrationInterface, QueryRunner } from "typeorm";
import { TOLD_REQUEST_TABLE } from "../../../../platform/told-request/table";

/** What somebody told under a key of his own, so that telling it again changes nothing. */
export class ToldRequests1764100000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TOLD_REQUEST_TABLE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE told_request");
  }
}
