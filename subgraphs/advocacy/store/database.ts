import { Client } from "pg";
import { DataSource } from "typeorm";
import { SESSION } from "../../../platform/postgres/session";
import { CaseAssignmentRow } from "./entities/case-assignment";
import { CaseNewsRow, NewsTakenBackRow } from "./entities/case-news";
import { ClientAddressRow } from "./entities/client-address";
import { ClientRow } from "./entities/client";
import { ContactHoldRow } from "./entities/contact-hold";
import { ConflictOfInterestRow } from "./entities/conflict-of-interest";
import { OutreachRow } from "./entities/outreach";
import { OutreachTaskRow } from "./entities/outreach-task";
import { ReleaseRevocationRow, ReleaseRow } from "./entities/release";
import { RiskAssessmentRow } from "./entities/risk-assessment";
import { SafeContactRow } from "./entities/safe-contact";
import { SafetyPlanRow } from "./entities/safety-plan";
import { ConferenceActionRow } from "../../../platform/conference-action/action-row";
import { ToldRequestRow } from "../../../platform/told-request/told-request-row";
import { VictimLetterRow } from "./entities/victim-letter";
import { CaseloadAndClients1763700000001 } from "./migrations/1763700000001-caseload-and-clients";
import { Releases1763800000001 } from "./migrations/1763800000001-releases";
import { AccessRecord1763800000004 } from "./migrations/1763800000004-access-record";
import { Outbox1763900000001 } from "./migrations/1763900000001-outbox";
import { ContactHolds1763900000006 } from "./migrations/1763900000006-contact-holds";
import { ConflictWall1763900000010 } from "./migrations/1763900000010-conflict-wall";
import { ToldRequests1764100000001 } from "./migrations/1764100000001-told-requests";
import { SafeContact1764100000400 } from "./migrations/1764100000400-safe-contact";
import { VictimLetters1764100000301 } from "./migrations/1764100000301-victim-letters";
import { CaseNews1764100000401 } from "./migrations/1764100000401-case-news";
import { ConferenceActions1764100000601 } from "./migrations/1764100000601-conference-actions";
import { OutreachTasks1764100000402 } from "./migrations/1764100000402-outreach-tasks";
import { RiskAssessmentsOfCases1764200000100 } from "./migrations/1764200000100-risk-assessments-of-cases";
import { NewsTakenBack1764200000501 } from "./migrations/1764200000501-news-taken-back";

export interface PoolOptions {
  /** Connections at most; each agency's database has a pool of its own. */
  readonly poolSize?: number;
}

/** Enough for one agency's advocates; a county's whole server allows 100 by default. */
const POOL_SIZE = 5;

/** Opens one community agency's database. Rejects with pg's error when it does not answer. */
export async function openAdvocacyDatabase(
  url: string,
  { poolSize = POOL_SIZE }: PoolOptions = {},
): Promise<DataSource> {
  return new DataSource({
    type: "postgres",
    url,
    poolSize,
    entities: [
      CaseAssignmentRow,
      CaseNewsRow,
      NewsTakenBackRow,
      ClientAddressRow,
      ClientRow,
      ContactHoldRow,
      ConflictOfInterestRow,
      OutreachRow,
      OutreachTaskRow,
      ReleaseRevocationRow,
      ReleaseRow,
      RiskAssessmentRow,
      SafeContactRow,
      SafetyPlanRow,
      ToldRequestRow,
      ConferenceActionRow,
      VictimLetterRow,
    ],
    migrations: [
      CaseloadAndClients1763700000001,
      Releases1763800000001,
      AccessRecord1763800000004,
      Outbox1763900000001,
      ContactHolds1763900000006,
      ConflictWall1763900000010,
      ToldRequests1764100000001,
      SafeContact1764100000400,
      CaseNews1764100000401,
      ConferenceActions1764100000601,
      OutreachTasks1764100000402,
      VictimLetters1764100000301,
      RiskAssessmentsOfCases1764200000100,
      NewsTakenBack1764200000501,
    ],
    migrationsTransactionMode: "all",
    extra: SESSION,
  }).initialize();
}

/** Brings one agency's database to the newest form; of several that start at once, one does it. Idempotent. */
export async function migrate(url: string): Promise<void> {
  const lock = new Client({ connectionString: url });
  await lock.connect();
  try {
    await lock.query("SELECT pg_advisory_lock(hashtext('migrate'))");
    const database = await openAdvocacyDatabase(url, { poolSize: 1 });
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
