import type { MigrationInterface, QueryRunner } from "typeorm";
import { tellingTriggers, type Telling } from "../../../../platform/outbox/telling";

/** A confirmation of a proposal tells of itself where it is made; a panel's, whoever records it. */
const PANEL: Telling = {
  name: "tell_panel_level",
  table: "level_confirmation",
  on: "INSERT",
  topic: "level",
  key: "told.person_id",
  change: "'confirmed'",
  facts: "'confirmationId', told.id",
  occurredAt: "told.confirmed_at",
  from: "recorded told WHERE told.reason = 'panel'",
};

/** Reviews of levels, and the panel decisions that end them: nothing else lowers a level. */
export class LevelReviews1764100000202 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE panel_decision (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL REFERENCES person,
        from_level text NOT NULL CHECK (from_level ~ '^[A-D]$'),
        -- What was asked for; null: none any more. A sorts before D.
        to_level text CHECK (to_level ~ '^[A-D]$' AND to_level >= from_level),
        outcome text NOT NULL CHECK (outcome IN ('lowered', 'kept')),
        note text NOT NULL,
        decided_at timestamptz NOT NULL,
        recorded_by text NOT NULL CHECK (length(recorded_by) > 0),
        recorded_at timestamptz NOT NULL,
        UNIQUE (id, person_id, outcome),
        CHECK (outcome = 'kept' OR to_level IS DISTINCT FROM from_level)
      );
      CREATE INDEX panel_decision_person ON panel_decision (person_id, decided_at DESC);
      CREATE TABLE panel_vote (
        decision_id uuid NOT NULL REFERENCES panel_decision,
        agency text NOT NULL,
        subject text NOT NULL,
        vote text NOT NULL CHECK (vote IN ('for', 'against', 'abstain')),
        PRIMARY KEY (decision_id, agency, subject)
      );

      ALTER TABLE level_confirmation
        ALTER COLUMN level DROP NOT NULL,
        ALTER COLUMN proposal_id DROP NOT NULL,
        ADD COLUMN reason text NOT NULL DEFAULT 'proposal' CHECK (reason IN ('proposal', 'panel')),
        ADD COLUMN decision_id uuid UNIQUE,
        ADD COLUMN decision_outcome text GENERATED ALWAYS AS (CASE WHEN decision_id IS NOT NULL THEN 'lowered' END) STORED,
        -- A level is set by a proposal, or by the decision of a panel that lowered it.
        ADD FOREIGN KEY (decision_id, person_id, decision_outcome) REFERENCES panel_decision (id, person_id, outcome),
        ADD CHECK ((reason = 'proposal') = (proposal_id IS NOT NULL) AND (reason = 'panel') = (decision_id IS NOT NULL)
          AND (level IS NOT NULL OR reason = 'panel'));
      ALTER TABLE level_confirmation ALTER COLUMN reason DROP DEFAULT;

      CREATE TABLE level_review (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL REFERENCES person,
        confirmation_id uuid NOT NULL REFERENCES level_confirmation,
        proposed_level text CHECK (proposed_level ~ '^[A-D]$'),
        -- [{code, factIds}]
        reasons jsonb NOT NULL,
        opened_at timestamptz NOT NULL DEFAULT now(),
        closed_at timestamptz,
        outcome text,
        decision_id uuid REFERENCES panel_decision,
        -- A panel ended it, or a higher level that was confirmed meanwhile.
        CHECK (CASE WHEN outcome IS NULL THEN closed_at IS NULL AND decision_id IS NULL
                    WHEN outcome = 'superseded' THEN closed_at IS NOT NULL AND decision_id IS NULL
                    WHEN outcome IN ('lowered', 'kept') THEN closed_at IS NOT NULL AND decision_id IS NOT NULL
                    ELSE false END)
      );
      CREATE UNIQUE INDEX level_review_open ON level_review (person_id) WHERE closed_at IS NULL;
      CREATE INDEX level_review_person ON level_review (person_id, opened_at DESC);

      CREATE FUNCTION refuse_change_of_panel() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
      BEGIN
        RAISE EXCEPTION 'What a panel decided is only ever added to.' USING ERRCODE = 'insufficient_privilege';
      END $$;
      CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON panel_decision
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_panel();
      CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON panel_vote
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_panel();
      REVOKE UPDATE, DELETE, TRUNCATE ON panel_decision, panel_vote FROM CURRENT_USER;
      -- What refers to a row holds it while it is written, which takes the right to change some column; the trigger refuses all.
      GRANT UPDATE (id) ON panel_decision TO CURRENT_USER;
    `);
    await runner.query(tellingTriggers([PANEL]));
  }

  async down(): Promise<void> {
    throw new Error("There is no way back: what a panel decided is kept.");
  }
}
