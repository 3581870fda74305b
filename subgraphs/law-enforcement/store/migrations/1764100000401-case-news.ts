import type { MigrationInterface, QueryRunner } from "typeorm";
import { dropTellingTriggers, tellingTriggers, type Telling } from "../../../../platform/outbox/telling";

const TRANSFERS: readonly Telling[] = [
  {
    name: "tell_case_transfer",
    table: "case_transfer",
    on: "INSERT",
    topic: "assignment",
    key: "file.person_id",
    change: "'changed'",
    facts: "'caseId', told.case_id, 'transferId', told.id",
    occurredAt: "told.recorded_at",
    from: "recorded told JOIN case_file file ON file.id = told.case_id",
  },
];

/** Which agency a case went from and to, and how far each advocacy agency has been told the news of its cases. */
export class CaseNews1764100000401 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE case_transfer (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        case_id uuid NOT NULL REFERENCES case_file,
        from_agency text,
        to_agency text,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        CHECK (from_agency IS DISTINCT FROM to_agency)
      );
      CREATE INDEX case_transfer_case ON case_transfer (case_id);

      CREATE FUNCTION keep_case_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE was text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.assigned_agency END;
      BEGIN
        IF current_setting('outbox.untold', true) = 'on' OR was IS NOT DISTINCT FROM NEW.assigned_agency THEN
          RETURN NULL;
        END IF;
        INSERT INTO case_transfer (case_id, from_agency, to_agency) VALUES (NEW.id, was, NEW.assigned_agency);
        RETURN NULL;
      END $$;
      CREATE TRIGGER keep_case_transfer AFTER INSERT OR UPDATE OF assigned_agency ON case_file
        FOR EACH ROW EXECUTE FUNCTION keep_case_transfer();

      CREATE TABLE case_news_place (
        agency text PRIMARY KEY,
        -- Of the agency's own outbox: all before it has been told.
        cursor text NOT NULL,
        told_at timestamptz NOT NULL
      );
    `);
    await runner.query(tellingTriggers(TRANSFERS));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(dropTellingTriggers(TRANSFERS));
    await runner.query(`
      DROP TRIGGER keep_case_transfer ON case_file;
      DROP FUNCTION keep_case_transfer;
      DROP TABLE case_news_place, case_transfer`);
  }
}
