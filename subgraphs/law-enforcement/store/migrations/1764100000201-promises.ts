import type { MigrationInterface, QueryRunner } from "typeorm";
import {
  dropTellingTriggers,
  startOf,
  tellingTriggers,
  type Telling,
} from "../../../../platform/outbox/telling";

const PROMISE = {
  table: "sanction_promise",
  topic: "promise",
  key: "told.person_id",
  facts: "'promiseId', told.id",
} as const;

const TELLINGS: readonly Telling[] = [
  {
    ...PROMISE,
    name: "tell_promise",
    on: "INSERT",
    change: "'made'",
    occurredAt: "told.recorded_at",
    from: "recorded told",
  },
  {
    ...PROMISE,
    name: "tell_promise_settled",
    on: "UPDATE",
    change: "told.state",
    occurredAt: "coalesce(told.settled_at, now())",
    from: "recorded told JOIN before ON before.id = told.id AND before.state <> told.state",
  },
];

/** Promises: of what, by whom, and who said that each was kept, broken or withdrawn. */
export class Promises1764100000201 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sanction_promise
        ADD COLUMN promised text NOT NULL DEFAULT 'sanction' CHECK (promised IN ('sanction', 'protection')),
        ADD COLUMN made_by text NOT NULL DEFAULT 'not recorded' CHECK (length(made_by) > 0),
        ADD COLUMN note text,
        ADD COLUMN settled_at timestamptz,
        ADD COLUMN settled_by text;
      UPDATE sanction_promise SET promised = 'protection' WHERE promised_to = 'victim';
      UPDATE sanction_promise SET settled_at = greatest(recorded_at, ${startOf("due_on")}), settled_by = 'not recorded'
        WHERE state <> 'open';
      ALTER TABLE sanction_promise
        ALTER COLUMN promised DROP DEFAULT,
        ALTER COLUMN made_by DROP DEFAULT,
        ADD CHECK ((state = 'open') = (settled_at IS NULL) AND (settled_at IS NULL) = (settled_by IS NULL)),
        ADD CHECK (promised_to <> 'offender' OR promised <> 'protection');
      CREATE INDEX sanction_promise_due ON sanction_promise (due_on, id) WHERE state = 'open';

      CREATE FUNCTION promise_moves() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.state <> 'open' OR NEW.state = 'open'
          OR (NEW.id, NEW.person_id, NEW.promised_to, NEW.promised, NEW.case_id, NEW.text, NEW.owner_agency, NEW.due_on,
              NEW.made_by, NEW.recorded_at) IS DISTINCT FROM
             (OLD.id, OLD.person_id, OLD.promised_to, OLD.promised, OLD.case_id, OLD.text, OLD.owner_agency, OLD.due_on,
              OLD.made_by, OLD.recorded_at) THEN
          RAISE EXCEPTION 'A promise stays the one that was made, and is settled once.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'promise_moves';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER promise_moves BEFORE UPDATE ON sanction_promise FOR EACH ROW EXECUTE FUNCTION promise_moves();
    `);
    await runner.query(tellingTriggers(TELLINGS));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(dropTellingTriggers(TELLINGS));
    await runner.query(`
      DROP TRIGGER promise_moves ON sanction_promise;
      DROP FUNCTION promise_moves;
      DROP INDEX sanction_promise_due;
      ALTER TABLE sanction_promise DROP COLUMN promised, DROP COLUMN made_by, DROP COLUMN note,
        DROP COLUMN settled_at, DROP COLUMN settled_by;
    `);
  }
}
