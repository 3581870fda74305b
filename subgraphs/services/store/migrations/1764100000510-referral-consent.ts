import type { MigrationInterface, QueryRunner } from "typeorm";

/** Referrals from the proposal on: whether he agreed, what partners may know, who did what; and who wrote down a consent. */
export class ReferralConsent1764100000510 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE referral
        DROP CONSTRAINT referral_state_check,
        DROP CONSTRAINT referral_check1,
        ADD referred_by text CHECK (length(referred_by) > 0),
        ADD consent_recorded_by text,
        -- He agreed that partners learn that he was referred, and whether he goes.
        ADD partners_may_know boolean NOT NULL DEFAULT false,
        ADD answered_by text,
        ADD answered_at timestamptz,
        ADD closed_by text,
        ADD closed_at timestamptz,
        ADD CHECK ((answered_at IS NULL) = (answered_by IS NULL)),
        ADD CHECK ((closed_at IS NULL) = (closed_by IS NULL));
      -- What was recorded before is said in the new words, and tells nobody anything.
      ALTER TABLE referral DISABLE TRIGGER tell_referral_change;
      UPDATE referral SET
        state = CASE WHEN consented_at IS NOT NULL THEN state WHEN state = 'referred' THEN 'proposed' ELSE 'refused' END,
        partners_may_know = consented_at IS NOT NULL;
      ALTER TABLE referral ENABLE TRIGGER tell_referral_change;
      ALTER TABLE referral
        ADD CONSTRAINT referral_state_check
          CHECK (state IN ('proposed', 'referred', 'accepted', 'declined', 'refused', 'closed')),
        -- Nobody is sent anywhere, taken or declined before he agreed.
        ADD CONSTRAINT referral_check_agreed
          CHECK (consented_at IS NOT NULL OR state IN ('proposed', 'refused', 'closed')),
        ADD CONSTRAINT referral_check_not_agreed
          CHECK (consented_at IS NULL OR state NOT IN ('proposed', 'refused'));
      CREATE INDEX referral_accepted ON referral (provider_agency, service) WHERE state = 'accepted';

      ALTER TABLE part2_consent
        ADD recorded_by text CHECK (length(recorded_by) > 0),
        ADD recorded_at timestamptz,
        ADD revoked_by text;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX referral_accepted;
      ALTER TABLE part2_consent DROP recorded_by, DROP recorded_at, DROP revoked_by;
      ALTER TABLE referral
        DROP CONSTRAINT referral_state_check,
        DROP CONSTRAINT referral_check_agreed,
        DROP CONSTRAINT referral_check_not_agreed;
      ALTER TABLE referral DISABLE TRIGGER tell_referral_change;
      UPDATE referral SET state = CASE state WHEN 'proposed' THEN 'referred' ELSE 'declined' END
      WHERE consented_at IS NULL;
      ALTER TABLE referral ENABLE TRIGGER tell_referral_change;
      ALTER TABLE referral
        DROP referred_by, DROP consent_recorded_by, DROP partners_may_know,
        DROP answered_by, DROP answered_at, DROP closed_by, DROP closed_at,
        ADD CONSTRAINT referral_state_check CHECK (state IN ('referred', 'accepted', 'declined', 'closed')),
        ADD CONSTRAINT referral_check1 CHECK (consented_at IS NOT NULL OR state IN ('referred', 'declined'));
    `);
  }
}
