import type { MigrationInterface, QueryRunner } from "typeorm";

/** Which advocacy agency was told of which arrest in which case, until it is told that the arrest is his no more. */
export class ToldArrests1764200000500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE told_arrest (
        -- By which the agency is told that it is taken back: it leads nowhere else.
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        agency text NOT NULL,
        -- Under which it was told.
        event_id uuid NOT NULL,
        case_id uuid NOT NULL REFERENCES case_file,
        -- It may be gone, and that is when it is looked for.
        arrest_id uuid NOT NULL,
        UNIQUE (agency, event_id, case_id)
      );

      -- What agencies may have been told of before this was kept, as far as it is known still.
      INSERT INTO told_arrest (agency, event_id, case_id, arrest_id)
      SELECT place.agency, told.id, file.id, (told.facts ->> 'arrestId')::uuid
      FROM outbox.event told
        JOIN case_file file ON file.person_id = told.key
        JOIN case_news_place place ON place.agency = file.assigned_agency
      WHERE told.topic = 'arrest' AND NOT told.facts ? 'recalls';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE told_arrest");
  }
}
