import "reflect-metadata";
import { DataSource, DefaultNamingStrategy } from "typeorm";
import { types } from "pg";
import { BreakGlassOpeningRow } from "../../../platform/break-glass/opening";
import { SESSION } from "../../../platform/postgres/session";
import { AlertAcknowledgementRow, AlertEscalationRow } from "./entities/alert";
import { CallInRow, CallInSpeakerRow } from "./entities/call-in";
import { CaseFileRow, JusticeOutreachRow, LethalityScreenRow } from "./entities/case-file";
import { CompartmentReaderRow, CompartmentRow, ConflictOfInterestRow } from "./entities/conflict";
import { AttemptsSignOffRow, ContactClearanceRow, ContactRow, SanctionPromiseRow } from "./entities/contact";
import { ExposureLetterRow } from "./entities/exposure-letter";
import { ConferenceActionRow } from "../../../platform/conference-action/action-row";
import { ConferenceAttendeeRow, ConferenceDecisionRow, ConferenceRow } from "./entities/conference";
import {
  ExpungedRecordRow,
  ExpungedSourceRow,
  ExpungementRow,
  WithheldLetterRow,
} from "./entities/expungement";
import {
  CorrectionRow,
  DetachedSubjectRow,
  LetterMarkRow,
  WithdrawnViolationRow,
} from "./entities/correction";
import { ChargeRow, PriorRecordRow, WarrantRow } from "./entities/court";
import { CustodyEventRow, ProhibitedBehaviourRow, ReleaseConditionRow } from "./entities/custody";
import { CaseNewsPlaceRow, CaseTransferRow, ToldArrestRow } from "./entities/case-news";
import { FormerAddressRow } from "./entities/former-address";
import {
  IncidentReviewRow,
  IncidentRow,
  OffenceRow,
  OffenceWeaponRow,
  ReportingAgencyRow,
} from "./entities/incident";
import {
  ArrestRow,
  IncidentSubjectRow,
  IncidentVictimRow,
  RelationshipRow,
  VictimInjuryRow,
  VictimOffenceRow,
} from "./entities/incident-party";
import { GateBreachRow } from "./entities/gate-breach";
import { IntelligenceRow, InvestigationNoteRow } from "./entities/investigation";
import {
  LevelConfirmationRow,
  LevelProposalRow,
  LevelReviewRow,
  PanelDecisionRow,
  PanelVoteRow,
} from "./entities/level";
import { LeverPullRow } from "./entities/lever";
import {
  OrderExpiryNoticeRow,
  OrderOfProtectionRow,
  OrderViolationRow,
} from "./entities/order-of-protection";
import { PersonRow, ReferralAgreementRow } from "./entities/person";
import { ToldRequestRow } from "../../../platform/told-request/told-request-row";
import { SafeContactRuleRow, VictimRow } from "./entities/victim";
import { IncidentRecords1763700000001 } from "./migrations/1763700000001-incident-records";
import { CaseRecords1763700000002 } from "./migrations/1763700000002-case-records";
import { BreakGlass1763800000030 } from "./migrations/1763800000030-break-glass";
import { AccessesUnderBreakGlass1763900000040 } from "./migrations/1763900000040-accesses-under-break-glass";
import { LevelsAndContacts1763700000003 } from "./migrations/1763700000003-levels-and-contacts";
import { ConflictWall1763700000010 } from "./migrations/1763700000010-conflict-wall";
import { AccessRecord1763800000004 } from "./migrations/1763800000004-access-record";
import { Outbox1763900000001 } from "./migrations/1763900000001-outbox";
import { ToldRequests1763900000007 } from "./migrations/1763900000007-told-requests";
import { ContactGate1763900000006 } from "./migrations/1763900000006-contact-gate";
import { RecordsTell1763900000012 } from "./migrations/1763900000012-records-tell";
import { AlertAcknowledgement1764000000020 } from "./migrations/1764000000020-alert-acknowledgement";
import { Promises1764100000201 } from "./migrations/1764100000201-promises";
import { Corrections1764100000203 } from "./migrations/1764100000203-corrections";
import { Expungements1764200000190 } from "./migrations/1764200000190-expungements";
import { LevelReviews1764100000202 } from "./migrations/1764100000202-level-reviews";
import { Levers1764100000200 } from "./migrations/1764100000200-levers";
import { AlertEscalation1764000000021 } from "./migrations/1764000000021-alert-escalation";
import { FormerAddresses1764100000400 } from "./migrations/1764100000400-former-addresses";
import { OrderExpiry1764100000700 } from "./migrations/1764100000700-order-expiry";
import { GateBreaches1764100000100 } from "./migrations/1764100000100-gate-breaches";
import { WhoRecordedAgreement1764100000550 } from "./migrations/1764100000550-who-recorded-agreement";
import { Conferences1764100000600 } from "./migrations/1764100000600-conferences";
import { CaseNews1764100000401 } from "./migrations/1764100000401-case-news";
import { KeysInOnePlace1764200000201 } from "./migrations/1764200000201-keys-in-one-place";
import { FeedSilence1764100000701 } from "./migrations/1764100000701-feed-silence";
import { Letters1764100000300 } from "./migrations/1764100000300-letters";
import { CallIns1764100000101 } from "./migrations/1764100000101-call-ins";
import { PanelAtConference1764200000301 } from "./migrations/1764200000301-panel-at-conference";
import { ProposalsStanding1764200000400 } from "./migrations/1764200000400-proposals-standing";
import { GateAtEntry1764200000700 } from "./migrations/1764200000700-gate-at-entry";
import { GateOfLetters1764200000701 } from "./migrations/1764200000701-gate-of-letters";
import { ToldArrests1764200000500 } from "./migrations/1764200000500-told-arrests";

/** Every table has one entity. */
export const ENTITIES = [
  ReportingAgencyRow,
  PersonRow,
  ReferralAgreementRow,
  VictimRow,
  SafeContactRuleRow,
  IncidentRow,
  OffenceRow,
  OffenceWeaponRow,
  IncidentReviewRow,
  IncidentSubjectRow,
  IncidentVictimRow,
  VictimOffenceRow,
  VictimInjuryRow,
  RelationshipRow,
  ArrestRow,
  CaseFileRow,
  JusticeOutreachRow,
  LethalityScreenRow,
  OrderOfProtectionRow,
  OrderViolationRow,
  OrderExpiryNoticeRow,
  ChargeRow,
  PriorRecordRow,
  WarrantRow,
  CustodyEventRow,
  ReleaseConditionRow,
  ProhibitedBehaviourRow,
  InvestigationNoteRow,
  IntelligenceRow,
  LevelProposalRow,
  LevelConfirmationRow,
  ContactRow,
  ContactClearanceRow,
  AttemptsSignOffRow,
  GateBreachRow,
  CallInRow,
  CallInSpeakerRow,
  ToldRequestRow,
  ExposureLetterRow,
  SanctionPromiseRow,
  ConflictOfInterestRow,
  CompartmentRow,
  CompartmentReaderRow,
  BreakGlassOpeningRow,
  AlertAcknowledgementRow,
  AlertEscalationRow,
  FormerAddressRow,
  LeverPullRow,
  ConferenceRow,
  ConferenceAttendeeRow,
  ConferenceDecisionRow,
  ConferenceActionRow,
  CaseTransferRow,
  CaseNewsPlaceRow,
  ToldArrestRow,
  LevelReviewRow,
  PanelDecisionRow,
  PanelVoteRow,
  ExpungedRecordRow,
  ExpungedSourceRow,
  ExpungementRow,
  WithheldLetterRow,
  CorrectionRow,
  DetachedSubjectRow,
  LetterMarkRow,
  WithdrawnViolationRow,
];

const MIGRATIONS = [
  IncidentRecords1763700000001,
  CaseRecords1763700000002,
  LevelsAndContacts1763700000003,
  ConflictWall1763700000010,
  AccessRecord1763800000004,
  BreakGlass1763800000030,
  AccessesUnderBreakGlass1763900000040,
  Outbox1763900000001,
  ContactGate1763900000006,
  RecordsTell1763900000012,
  ToldRequests1763900000007,
  AlertAcknowledgement1764000000020,
  AlertEscalation1764000000021,
  FormerAddresses1764100000400,
  Levers1764100000200,
  OrderExpiry1764100000700,
  GateBreaches1764100000100,
  WhoRecordedAgreement1764100000550,
  Conferences1764100000600,
  CaseNews1764100000401,
  FeedSilence1764100000701,
  KeysInOnePlace1764200000201,
  Letters1764100000300,
  CallIns1764100000101,
  Promises1764100000201,
  LevelReviews1764100000202,
  Corrections1764100000203,
  Expungements1764200000190,
  PanelAtConference1764200000301,
  ProposalsStanding1764200000400,
  GateAtEntry1764200000700,
  GateOfLetters1764200000701,
  ToldArrests1764200000500,
];

class SnakeCase extends DefaultNamingStrategy {
  override columnName(property: string, given: string): string {
    return given || property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
}

/** A day stays the text it is: as a JavaScript date it would move with the time zone of the process. */
const DAYS_AS_TEXT = {
  getTypeParser: (type: number, format?: "text" | "binary"): unknown =>
    type === Number(types.builtins.DATE) ? String : types.getTypeParser(type, format),
};

function dataSource(url: string, poolSize: number): DataSource {
  return new DataSource({
    type: "postgres",
    url,
    poolSize,
    entities: ENTITIES,
    migrations: MIGRATIONS,
    migrationsTransactionMode: "each",
    namingStrategy: new SnakeCase(),
    synchronize: false,
    logging: false,
    applicationName: "law-enforcement",
    extra: { ...SESSION, types: DAYS_AS_TEXT },
  });
}

/** Any number: who migrates holds it, so that two processes that start at once do not both. */
const MIGRATION_LOCK = 7_310_001;

/** Brings the tables up to date. Processes that start together wait for one another. */
export async function migrate(url: string): Promise<void> {
  // Two connections: one holds the lock, one migrates.
  const database = await dataSource(url, 2).initialize();
  try {
    const holder = database.createQueryRunner();
    await holder.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    try {
      await database.runMigrations();
    } finally {
      await holder.query("SELECT pg_advisory_unlock($1)", [MIGRATION_LOCK]);
      await holder.release();
    }
  } finally {
    await database.destroy();
  }
}

/** Opens the law-enforcement database, whose tables `migrate` has made. Destroy it to close its connections. */
export async function openLawEnforcementDatabase(
  url: string,
  { poolSize = 10 }: { readonly poolSize?: number } = {},
): Promise<DataSource> {
  return dataSource(url, poolSize).initialize();
}
