import type { MigrationInterface, QueryRunner } from "typeorm";
import { silenceSchema } from "../../../../platform/outbox/silence";

/** Whether it was told that the agency's feed is silent. */
export class FeedSilence1764100000701 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(silenceSchema());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE outbox.silence");
  }
}
