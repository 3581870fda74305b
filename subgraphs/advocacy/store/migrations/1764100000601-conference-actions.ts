import type { MigrationInterface, QueryRunner } from "typeorm";
import { CONFERENCE_ACTION_TABLE } from "../../../../platform/conference-action/table";

/** What the agency took on at conferences of the partners; the conference itself is law enforcement's. */
export class ConferenceActions1764100000601 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CONFERENCE_ACTION_TABLE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE conference_action");
  }
}
