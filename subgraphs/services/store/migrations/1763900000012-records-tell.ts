import type { MigrationInterface, QueryRunner } from "typeorm";
import { dropTellingTriggers, tellingTriggers, type Telling } from "../../../../platform/outbox/telling";

const REFERRAL = {
  table: "referral",
  topic: "referral",
  key: "told.person_id",
  change: "told.state",
  facts: "'referralId', told.id",
} as const;

const TELLINGS: readonly Telling[] = [
  {
    ...REFERRAL,
    name: "tell_referral",
    on: "INSERT",
    occurredAt: "told.referred_at",
    from: "recorded told",
  },
  {
    ...REFERRAL,
    name: "tell_referral_change",
    on: "UPDATE",
    occurredAt: "now()",
    from: `recorded told JOIN before ON before.id = told.id
      AND (before.state, before.consented_at) IS DISTINCT FROM (told.state, told.consented_at)`,
  },
];

/** Referrals tell of themselves, whoever records them; days under them are told of where they are recorded. */
export class RecordsTell1763900000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tellingTriggers(TELLINGS));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(dropTellingTriggers(TELLINGS));
  }
}
