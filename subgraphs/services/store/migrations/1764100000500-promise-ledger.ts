import type { MigrationInterface, QueryRunner } from "typeorm";
import { dropTellingTriggers, tellingTriggers, type Telling } from "../../../../platform/outbox/telling";

const PROMISE = {
  table: "help_promise",
  topic: "help-promise",
  key: "told.person_id",
  change: "told.state",
  facts: "'promiseId', told.id",
} as const;

const TELLINGS: readonly Telling[] = [
  {
    ...PROMISE,
    name: "tell_help_promise",
    on: "INSERT",
    occurredAt: "told.recorded_at",
    from: "recorded told",
  },
  {
    ...PROMISE,
    name: "tell_help_promise_change",
    on: "UPDATE",
    occurredAt: "now()",
    from: "recorded told JOIN before ON before.id = told.id AND before.state <> told.state",
  },
];

/** Promises of help as a ledger: to whom, who made it, under which referral, and what became of it; it tells of itself. */
export class PromiseLedger1764100000500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE help_promise
        -- Never to a victim: what is promised to her is her advocate's.
        ADD promised_to text NOT NULL DEFAULT 'offender' CHECK (promised_to IN ('offender', 'community')),
        ADD made_by text CHECK (length(made_by) > 0),
        -- A provider promises under a referral, and it is disclosed as that is.
        ADD referral_id uuid REFERENCES referral,
        ADD settled_by text,
        ADD settled_at timestamptz,
        ADD CHECK ((settled_at IS NULL) = (settled_by IS NULL)),
        ADD CHECK (settled_at IS NULL OR state <> 'open');
      CREATE INDEX help_promise_open ON help_promise (owner_agency, due_on, id) WHERE state = 'open';
      ${tellingTriggers(TELLINGS)}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${dropTellingTriggers(TELLINGS)}
      ALTER TABLE help_promise
        DROP promised_to, DROP made_by, DROP referral_id, DROP settled_by, DROP settled_at
    `);
  }
}
