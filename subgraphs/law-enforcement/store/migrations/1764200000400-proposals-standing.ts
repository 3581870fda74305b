import type { MigrationInterface, QueryRunner } from "typeorm";

/** When each proposal stood: an agenda asks that of all of them, and would read the reasons of each with it. */
export class ProposalsStanding1764200000400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      "CREATE INDEX level_proposal_standing ON level_proposal (person_id) INCLUDE (level, proposed_at, superseded_at)",
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP INDEX level_proposal_standing");
  }
}
