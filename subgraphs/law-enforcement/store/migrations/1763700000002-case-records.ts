import type { MigrationInterface, QueryRunner } from "typeorm";

/** What the justice side knows of a person and of a case (one person, one victim): the unit partners work on. */
export class CaseRecords1763700000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE case_file (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL REFERENCES person,
        victim_id uuid NOT NULL REFERENCES victim,
        -- The community advocacy agency that works with this victim; its id in site/partners.json.
        assigned_agency text,
        assigned_at timestamptz,
        opened_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (person_id, victim_id),
        CHECK ((assigned_agency IS NULL) = (assigned_at IS NULL))
      );
      CREATE INDEX case_file_assigned ON case_file (assigned_agency, person_id);
      CREATE INDEX case_file_victim ON case_file (victim_id);

      CREATE TABLE charge (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        source text NOT NULL,
        source_key text NOT NULL,
        person_id uuid NOT NULL REFERENCES person,
        incident_id uuid REFERENCES incident ON DELETE SET NULL,
        offence_code text NOT NULL,
        title text NOT NULL,
        ipv boolean NOT NULL,
        weapon_codes text[] NOT NULL DEFAULT '{}',
        docket text,
        filed_on date NOT NULL,
        court_date date,
        disposition text NOT NULL DEFAULT 'pending'
          CHECK (disposition IN ('pending', 'convicted', 'dismissed', 'acquitted')),
        disposition_on date,
        provenance text NOT NULL CHECK (provenance IN ('local', 'court')),
        recorded_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (source, source_key),
        CHECK ((disposition = 'pending') = (disposition_on IS NULL))
      );
      CREATE INDEX charge_person ON charge (person_id, filed_on DESC);

      CREATE TABLE prior_record (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL REFERENCES person,
        provenance text NOT NULL CHECK (provenance IN ('local', 'court', 'ncic')),
        offence_code text NOT NULL,
        title text NOT NULL,
        -- The source says that the victim was an intimate partner.
        ipv boolean NOT NULL DEFAULT false,
        occurred_on date NOT NULL,
        disposition text NOT NULL CHECK (disposition IN ('pending', 'convicted', 'dismissed', 'acquitted')),
        recorded_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX prior_record_person ON prior_record (person_id, occurred_on DESC);

      CREATE TABLE order_of_protection (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        case_id uuid NOT NULL REFERENCES case_file,
        person_id uuid NOT NULL REFERENCES person,
        docket text NOT NULL,
        terms text NOT NULL,
        -- What a service provider must respect, free of addresses.
        terms_for_provider text,
        protected_addresses text[] NOT NULL DEFAULT '{}',
        issued_on date NOT NULL,
        served_on date,
        expires_on date NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        CHECK (expires_on > issued_on)
      );
      CREATE INDEX order_of_protection_person ON order_of_protection (person_id);
      CREATE INDEX order_of_protection_case ON order_of_protection (case_id);

      CREATE TABLE order_violation (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        order_id uuid NOT NULL REFERENCES order_of_protection,
        incident_id uuid REFERENCES incident ON DELETE SET NULL,
        occurred_on date NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX order_violation_order ON order_violation (order_id);

      -- Append-only: the latest row is the status, and its recorded_at is the as-of.
      CREATE TABLE custody_event (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL REFERENCES person,
        status text NOT NULL CHECK (status IN ('booked', 'bailed', 'released', 'escaped')),
        facility text,
        occurred_at timestamptz NOT NULL,
        release_expected_at timestamptz,
        recorded_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX custody_event_person ON custody_event (person_id, occurred_at DESC);

      CREATE TABLE release_condition (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL REFERENCES person,
        kind text NOT NULL CHECK (kind IN ('bail', 'release', 'probation', 'parole')),
        -- Of the person, not of one case: names no place, for an advocate of another victim of his reads it too.
        terms text NOT NULL,
        -- The same condition as a service provider must respect it, free of addresses; null: not his concern.
        terms_for_provider text,
        effective_from date NOT NULL,
        effective_until date,
        supervising_officer text,
        recorded_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX release_condition_person ON release_condition (person_id);

      -- A breach of conditions, supervision terms or of what the partnership told him (NNSC issue brief, level B).
      CREATE TABLE prohibited_behaviour (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL REFERENCES person,
        condition_id uuid REFERENCES release_condition,
        occurred_on date NOT NULL,
        description text NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX prohibited_behaviour_person ON prohibited_behaviour (person_id);

      CREATE TABLE warrant (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL REFERENCES person,
        number text NOT NULL,
        offence_title text NOT NULL,
        issued_on date NOT NULL,
        cleared_on date,
        recorded_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX warrant_person ON warrant (person_id);

      CREATE TABLE investigation_note (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        incident_id uuid NOT NULL REFERENCES incident ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('informant', 'evidence', 'interview')),
        text text NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX investigation_note_incident ON investigation_note (incident_id);

      -- 28 CFR Part 23: nothing without a recorded basis of suspicion.
      CREATE TABLE intelligence (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL REFERENCES person,
        group_nexus text NOT NULL,
        suspicion_basis text NOT NULL CHECK (length(suspicion_basis) >= 10),
        recorded_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX intelligence_person ON intelligence (person_id);

      CREATE TABLE safe_contact_rule (
        victim_id uuid PRIMARY KEY REFERENCES victim,
        may_call boolean NOT NULL,
        may_write boolean NOT NULL,
        may_leave_message boolean NOT NULL,
        hours text,
        language text NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE lethality_screen (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        case_id uuid NOT NULL REFERENCES case_file,
        incident_id uuid REFERENCES incident ON DELETE SET NULL,
        -- { "1": "yes" | "no" | "unknown" | "not asked", ... }
        answers jsonb NOT NULL,
        high_danger boolean NOT NULL,
        screened_at timestamptz NOT NULL
      );
      CREATE INDEX lethality_screen_case ON lethality_screen (case_id, screened_at DESC);

      CREATE TABLE justice_outreach (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        case_id uuid NOT NULL REFERENCES case_file,
        kind text NOT NULL CHECK (kind IN ('victim-notice', 'notice-attempt', 'visit', 'call', 'letter')),
        outcome text NOT NULL CHECK (outcome IN ('reached', 'not-reached', 'declined')),
        made_at timestamptz NOT NULL,
        made_by text NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX justice_outreach_case ON justice_outreach (case_id, made_at DESC);

      -- He agreed to be referred to this provider: from then until withdrawn the provider may know him.
      CREATE TABLE referral_agreement (
        person_id uuid NOT NULL REFERENCES person,
        provider_agency text NOT NULL,
        agreed_at timestamptz NOT NULL,
        withdrawn_at timestamptz,
        PRIMARY KEY (person_id, provider_agency, agreed_at)
      );
      CREATE INDEX referral_agreement_live ON referral_agreement (provider_agency, person_id)
        WHERE withdrawn_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE referral_agreement, justice_outreach, lethality_screen, safe_contact_rule, intelligence,
        investigation_note, warrant, prohibited_behaviour, release_condition, custody_event, order_violation,
        order_of_protection, prior_record, charge, case_file`);
  }
}
