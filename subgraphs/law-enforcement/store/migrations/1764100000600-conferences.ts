import type { MigrationInterface, QueryRunner } from "typeorm";
import { CONFERENCE_ACTION_TABLE } from "../../../../platform/conference-action/table";
import { dropTellingTriggers, tellingTriggers, type Telling } from "../../../../platform/outbox/telling";

const CONFERENCE = { topic: "conference", occurredAt: "now()" } as const;

const TELLINGS: readonly Telling[] = [
  {
    ...CONFERENCE,
    name: "tell_conference",
    table: "conference",
    on: "INSERT",
    key: "told.id",
    change: "told.state",
    facts: "'conferenceId', told.id",
    from: "recorded told",
  },
  {
    ...CONFERENCE,
    name: "tell_conference_change",
    table: "conference",
    on: "UPDATE",
    key: "told.id",
    change: "told.state",
    facts: "'conferenceId', told.id",
    from: "recorded told JOIN before ON before.id = told.id AND before.state <> told.state",
  },
  {
    ...CONFERENCE,
    name: "tell_decision",
    table: "conference_decision",
    on: "INSERT",
    key: "told.conference_id",
    change: "'decided'",
    facts: "'conferenceId', told.conference_id, 'decisionId', told.id, 'personId', told.person_id",
    from: "recorded told",
  },
];

/** Case conferences: when, who took part, what was decided, and what the justice side took on. */
export class Conferences1764100000600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE conference (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        starts_at timestamptz NOT NULL,
        place text NOT NULL CHECK (length(place) BETWEEN 1 AND 200),
        state text NOT NULL CHECK (state IN ('planned', 'closed', 'cancelled')),
        -- What happened before it was on an earlier agenda.
        agenda_from timestamptz NOT NULL,
        planned_by text NOT NULL,
        recorded_at timestamptz NOT NULL,
        closed_at timestamptz,
        closed_by text,
        CHECK ((state = 'planned') = (closed_at IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL)),
        CHECK (agenda_from <= starts_at)
      );
      CREATE INDEX conference_starts ON conference (starts_at DESC, id);

      CREATE TABLE conference_attendee (
        conference_id uuid NOT NULL REFERENCES conference,
        agency text NOT NULL,
        subject text NOT NULL,
        PRIMARY KEY (conference_id, agency, subject)
      );

      -- No column for words: minutes are made from these rows, and carry nothing that was said.
      CREATE TABLE conference_decision (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        conference_id uuid NOT NULL REFERENCES conference,
        person_id uuid NOT NULL REFERENCES person,
        kind text NOT NULL CHECK (kind IN ('confirmed', 'kept', 'settled')),
        level text CHECK (level IN ('A', 'B', 'C', 'D')),
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL,
        CHECK (kind <> 'confirmed' OR level IS NOT NULL)
      );
      CREATE INDEX conference_decision_conference ON conference_decision (conference_id);

      ${CONFERENCE_ACTION_TABLE}
      ALTER TABLE conference_action ADD FOREIGN KEY (conference_id) REFERENCES conference,
        ADD FOREIGN KEY (about_id) REFERENCES person;

      -- An agenda looks for what was recorded within two weeks, of everybody.
      CREATE INDEX level_confirmation_at ON level_confirmation (confirmed_at);
      CREATE INDEX arrest_recorded_at ON arrest (recorded_at);
      CREATE INDEX order_violation_recorded_at ON order_violation (recorded_at);
      CREATE INDEX custody_event_recorded_at ON custody_event (recorded_at);
      CREATE INDEX contact_closed_at ON contact (closed_at);
    `);
    await runner.query(tellingTriggers(TELLINGS));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(dropTellingTriggers(TELLINGS));
    await runner.query(`
      DROP INDEX level_confirmation_at, arrest_recorded_at, order_violation_recorded_at, custody_event_recorded_at,
        contact_closed_at;
      DROP TABLE conference_action, conference_decision, conference_attendee, conference`);
  }
}
