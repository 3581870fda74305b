import type { MigrationInterface, QueryRunner } from "typeorm";

/** Proposals by the machine, confirmations by named persons, contacts with the abusive partner, and promises. */
export class LevelsAndContacts1763700000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE level_proposal (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL REFERENCES person,
        level text NOT NULL CHECK (level IN ('A', 'B', 'C', 'D')),
        rule_set_id text NOT NULL,
        rule_set_version integer NOT NULL,
        -- The day the facts were judged on.
        as_of date NOT NULL,
        -- The criteria that fired and the facts they fired on: [{criterionId, level, predicate, factIds, category}].
        fired jsonb NOT NULL,
        -- [{factId, reason}]; what a person must look at, and what was looked at and does not count.
        held_for_review jsonb NOT NULL DEFAULT '[]',
        not_counted jsonb NOT NULL DEFAULT '[]',
        -- What the brief's table has no box for: [{code, factIds}].
        marks jsonb NOT NULL DEFAULT '[]',
        proposed_at timestamptz NOT NULL DEFAULT now(),
        superseded_at timestamptz,
        UNIQUE (id, person_id, level)
      );
      CREATE UNIQUE INDEX level_proposal_current ON level_proposal (person_id) WHERE superseded_at IS NULL;

      -- Append-only: the latest row is the level partners see, and confirmed_at is its as-of.
      CREATE TABLE level_confirmation (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL REFERENCES person,
        level text NOT NULL CHECK (level IN ('A', 'B', 'C', 'D')),
        -- No level without the proposal it confirms: same person, same level.
        proposal_id uuid NOT NULL,
        confirmed_by text NOT NULL CHECK (length(confirmed_by) > 0),
        confirmed_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (proposal_id),
        FOREIGN KEY (proposal_id, person_id, level) REFERENCES level_proposal (id, person_id, level)
      );
      CREATE INDEX level_confirmation_person ON level_confirmation (person_id, confirmed_at DESC);

      CREATE TABLE contact (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL REFERENCES person,
        level text NOT NULL CHECK (level IN ('B', 'C', 'D')),
        means text NOT NULL CHECK (means IN ('letter', 'notification', 'custom-notification', 'call-in')),
        state text NOT NULL CHECK (state IN ('planned', 'made', 'refused', 'cancelled')),
        planned_for timestamptz NOT NULL,
        place text,
        help_offered boolean NOT NULL DEFAULT true,
        -- The community messenger who takes part, by his token's subject and agency: a subject alone names nobody.
        messenger text,
        messenger_agency text,
        made_at timestamptz,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        CHECK ((state = 'made') = (made_at IS NOT NULL)),
        CHECK ((messenger IS NULL) = (messenger_agency IS NULL))
      );
      CREATE INDEX contact_person ON contact (person_id, planned_for DESC);
      CREATE INDEX contact_messenger ON contact (messenger_agency, messenger, person_id) WHERE messenger IS NOT NULL;

      CREATE TABLE exposure_letter (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL REFERENCES person,
        text text NOT NULL,
        drafted_at timestamptz NOT NULL DEFAULT now(),
        approved_by text,
        served_on date,
        CHECK (served_on IS NULL OR approved_by IS NOT NULL)
      );
      CREATE INDEX exposure_letter_person ON exposure_letter (person_id);

      CREATE TABLE sanction_promise (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL REFERENCES person,
        promised_to text NOT NULL CHECK (promised_to IN ('offender', 'victim', 'community')),
        -- The case it is about; of a promise to a victim it says to which: another one must not read it.
        case_id uuid REFERENCES case_file,
        text text NOT NULL,
        owner_agency text NOT NULL,
        due_on date NOT NULL,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'kept', 'broken', 'withdrawn')),
        recorded_at timestamptz NOT NULL DEFAULT now(),
        CHECK (promised_to <> 'victim' OR case_id IS NOT NULL)
      );
      CREATE INDEX sanction_promise_person ON sanction_promise (person_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE sanction_promise, exposure_letter, contact, level_confirmation, level_proposal`);
  }
}
