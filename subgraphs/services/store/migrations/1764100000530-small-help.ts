import type { MigrationInterface, QueryRunner } from "typeorm";

/** Needs that end, and the small things that are asked for, decided and handed over. */
export class SmallHelp1764100000530 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE need
        DROP CONSTRAINT need_person_id_kind_key,
        ADD recorded_by text CHECK (length(recorded_by) > 0),
        ADD recorded_at timestamptz,
        -- A provider records under a referral, and it is disclosed as that is.
        ADD referral_id uuid REFERENCES referral,
        ADD closed_as text CHECK (closed_as IN ('met', 'given-up')),
        ADD closed_by text,
        ADD closed_at timestamptz,
        ADD CHECK ((closed_at IS NULL) = (closed_as IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL));
      CREATE UNIQUE INDEX need_open ON need (person_id, kind) WHERE closed_at IS NULL;
      CREATE INDEX need_person ON need (person_id, stated_at DESC);

      CREATE TABLE small_help (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('bus-pass', 'work-boots', 'work-clothes', 'tools', 'identity-card', 'fee',
                                           'phone', 'other')),
        what_for text NOT NULL CHECK (length(what_for) > 0),
        -- Cents of the site's currency.
        amount integer NOT NULL CHECK (amount BETWEEN 1 AND 50000),
        state text NOT NULL DEFAULT 'requested' CHECK (state IN ('requested', 'approved', 'declined', 'delivered')),
        -- A provider asks under a referral, and it is disclosed as that is.
        referral_id uuid REFERENCES referral,
        requested_by text NOT NULL CHECK (length(requested_by) > 0),
        requested_agency text NOT NULL,
        requested_at timestamptz NOT NULL,
        decided_by text,
        decided_at timestamptz,
        delivered_by text,
        delivered_at timestamptz,
        CHECK ((decided_at IS NULL) = (decided_by IS NULL) AND (decided_at IS NULL) = (state = 'requested')),
        CHECK ((delivered_at IS NULL) = (delivered_by IS NULL) AND (delivered_at IS NULL) = (state <> 'delivered')),
        -- Whoever asked does not answer.
        CHECK (decided_by <> requested_by)
      );
      CREATE INDEX small_help_person ON small_help (person_id, requested_at DESC, id);
      CREATE INDEX small_help_newest ON small_help (requested_at DESC, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE small_help;
      DROP INDEX need_open, need_person;
      DELETE FROM need WHERE closed_at IS NOT NULL;
      ALTER TABLE need
        DROP recorded_by, DROP recorded_at, DROP referral_id, DROP closed_as, DROP closed_by, DROP closed_at,
        ADD UNIQUE (person_id, kind);
    `);
  }
}
