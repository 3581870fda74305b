import type { MigrationInterface, QueryRunner } from "typeorm";

/** Referrals with consent, what became of them, and the consents of 42 CFR Part 2. */
export class ReferralsAndEngagement1763700000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE referral (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL,
        provider_agency text NOT NULL REFERENCES provider (agency),
        service text NOT NULL CHECK (service IN ('housing', 'employment', 'education', 'intervention-programme',
                                                 'parenting', 'mental-health', 'substance-use-treatment',
                                                 'legal-help')),
        -- A record of substance-use treatment (42 CFR Part 2).
        part2 boolean NOT NULL DEFAULT false,
        state text NOT NULL DEFAULT 'referred' CHECK (state IN ('referred', 'accepted', 'declined', 'closed')),
        -- He agreed to the referral and that partners know of it; until then the provider does not know him.
        consented_at timestamptz,
        referred_at timestamptz NOT NULL,
        CHECK (part2 OR service <> 'substance-use-treatment'),
        CHECK (consented_at IS NOT NULL OR state IN ('referred', 'declined'))
      );
      CREATE INDEX referral_person ON referral (person_id, referred_at DESC);
      CREATE INDEX referral_provider ON referral (provider_agency, referred_at DESC, id);

      CREATE TABLE part2_consent (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        referral_id uuid NOT NULL REFERENCES referral,
        -- The agency that may be told, by its id in site/partners.json: a consent names one (42 CFR 2.31(a)(4)).
        recipient_agency text NOT NULL CHECK (length(recipient_agency) > 0),
        given_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz,
        CHECK (expires_at > given_at)
      );
      CREATE INDEX part2_consent_referral ON part2_consent (referral_id);

      CREATE TABLE engagement (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        referral_id uuid NOT NULL REFERENCES referral,
        attended_on date NOT NULL,
        attended boolean NOT NULL,
        recorded_by text NOT NULL CHECK (length(recorded_by) > 0),
        recorded_at timestamptz NOT NULL DEFAULT now(),
        -- The same day told twice is one entry.
        UNIQUE (referral_id, attended_on)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE engagement, part2_consent, referral`);
  }
}
