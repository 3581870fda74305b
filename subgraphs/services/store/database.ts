import { Client } from "pg";
import { DataSource } from "typeorm";
import { SESSION } from "../../../platform/postgres/session";
import { ConflictOfInterestRow } from "./entities/conflict-of-interest";
import { EngagementRow } from "./entities/engagement";
import { HelpPromiseRow } from "./entities/help-promise";
import { NeedRow } from "./entities/need";
import { Part2ConsentRow } from "./entities/part2-consent";
import { ProviderRow } from "./entities/provider";
import { ProviderServiceRow } from "./entities/provider-service";
import { ReferralRow } from "./entities/referral";
import { ServicesActionRow } from "./entities/services-action";
import { SmallHelpRow } from "./entities/small-help";
import { VictimSideEmployeeRow } from "./entities/victim-side-employee";
import { ToldRequestRow } from "../../../platform/told-request/told-request-row";
import { NeedsAndPromises1763700000001 } from "./migrations/1763700000001-needs-and-promises";
import { ReferralsAndEngagement1763700000002 } from "./migrations/1763700000002-referrals-and-engagement";
import { ConflictWall1763700000010 } from "./migrations/1763700000010-conflict-wall";
import { AccessRecord1763800000004 } from "./migrations/1763800000004-access-record";
import { Outbox1763900000001 } from "./migrations/1763900000001-outbox";
import { RecordsTell1763900000012 } from "./migrations/1763900000012-records-tell";
import { ToldRequests1764100000001 } from "./migrations/1764100000001-told-requests";
import { PromiseLedger1764100000500 } from "./migrations/1764100000500-promise-ledger";
import { ReferralConsent1764100000510 } from "./migrations/1764100000510-referral-consent";
import { Places1764100000520 } from "./migrations/1764100000520-places";
import { SmallHelp1764100000530 } from "./migrations/1764100000530-small-help";
import { VictimSide1764100000540 } from "./migrations/1764100000540-victim-side";
import { KeysInOnePlace1764200000200 } from "./migrations/1764200000200-keys-in-one-place";
import { ConferenceActions1764200000300 } from "./migrations/1764200000300-conference-actions";
import { FeedSilence1764100000701 } from "./migrations/1764100000701-feed-silence";

export interface PoolOptions {
  /** Connections at most. */
  readonly poolSize?: number;
}

const POOL_SIZE = 10;

/** Opens the services' database. Rejects with pg's error when it does not answer. */
export async function openServicesDatabase(
  url: string,
  { poolSize = POOL_SIZE }: PoolOptions = {},
): Promise<DataSource> {
  return new DataSource({
    type: "postgres",
    url,
    poolSize,
    entities: [
      ConflictOfInterestRow,
      EngagementRow,
      HelpPromiseRow,
      NeedRow,
      Part2ConsentRow,
      ProviderRow,
      ProviderServiceRow,
      ReferralRow,
      ServicesActionRow,
      SmallHelpRow,
      ToldRequestRow,
      VictimSideEmployeeRow,
    ],
    migrations: [
      NeedsAndPromises1763700000001,
      ReferralsAndEngagement1763700000002,
      ConflictWall1763700000010,
      AccessRecord1763800000004,
      Outbox1763900000001,
      RecordsTell1763900000012,
      ToldRequests1764100000001,
      PromiseLedger1764100000500,
      ReferralConsent1764100000510,
      Places1764100000520,
      SmallHelp1764100000530,
      VictimSide1764100000540,
      FeedSilence1764100000701,
      KeysInOnePlace1764200000200,
      ConferenceActions1764200000300,
    ],
    migrationsTransactionMode: "all",
    extra: SESSION,
  }).initialize();
}

/** Brings the database to the newest form; of several that start at once, one does it. Idempotent. */
export async function migrate(url: string): Promise<void> {
  const lock = new Client({ connectionString: url });
  await lock.connect();
  try {
    await lock.query("SELECT pg_advisory_lock(hashtext('migrate'))");
    const database = await openServicesDatabase(url, { poolSize: 1 });
    try {
      await database.runMigrations();
    } finally {
      await database.destroy();
    }
  } finally {
    // Ends the session, and with it the lock.
    await lock.end();
  }
}
