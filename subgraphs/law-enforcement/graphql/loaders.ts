import DataLoader from "dataloader";
import type { EntityManager, EntityTarget, ObjectLiteral } from "typeorm";
import type { Caller } from "../../../platform/caller/caller";
import {
  openToCaller,
  visibleCallIns,
  visibleCases,
  visibleContacts,
  visibleIncidents,
  visibleOrders,
  visiblePersons,
  type Condition,
} from "../policy/row-access";
import { openPulls } from "../policy/lever-access";
import { openCorrections } from "../policy/correction-access";
import { visiblePromises } from "../policy/promise-access";
import { AlertEscalationRow } from "../store/entities/alert";
import { CallInRow, CallInSpeakerRow } from "../store/entities/call-in";
import { CaseFileRow, JusticeOutreachRow, LethalityScreenRow } from "../store/entities/case-file";
import { CompartmentReaderRow } from "../store/entities/conflict";
import { AttemptsSignOffRow, ContactRow, SanctionPromiseRow } from "../store/entities/contact";
import { ExposureLetterRow } from "../store/entities/exposure-letter";
import { WithheldLetterRow } from "../store/entities/expungement";
import { CorrectionRow, LetterMarkRow } from "../store/entities/correction";
import { ChargeRow, PriorRecordRow, WarrantRow } from "../store/entities/court";
import { CustodyEventRow, ReleaseConditionRow } from "../store/entities/custody";
import { IncidentRow, OffenceRow, OffenceWeaponRow } from "../store/entities/incident";
import { ArrestRow, IncidentSubjectRow } from "../store/entities/incident-party";
import { IntelligenceRow, InvestigationNoteRow } from "../store/entities/investigation";
import {
  LevelConfirmationRow,
  LevelProposalRow,
  LevelReviewRow,
  PanelDecisionRow,
  PanelVoteRow,
} from "../store/entities/level";
import { LeverPullRow } from "../store/entities/lever";
import { OrderOfProtectionRow, OrderViolationRow } from "../store/entities/order-of-protection";
import { PersonRow, ReferralAgreementRow } from "../store/entities/person";
import { SafeContactRuleRow, VictimRow } from "../store/entities/victim";
import { latestCustody } from "../store/latest-custody";
import { levelsInForce } from "../store/levels";
import { letterFiles } from "../store/letter-files";
import { listsBy, onesBy } from "../../../platform/store/lists-by";
import type { Order } from "../../../platform/store/read-rows";
import { isUuid } from "../../../platform/store/uuid";
import { lazily } from "../../../platform/subgraph/lazily";
import { conferenceLoaders } from "./conference-loaders";

/** All of them have to hold. */
function every(...conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(" AND "),
    parameters: Object.assign(
      {},
      ...conditions.map(({ parameters }) => parameters),
    ) as Condition["parameters"],
  };
}

const only = (sql: string): Condition => ({ sql, parameters: {} });

/**
 * Everything the resolvers of one request read, batched: one statement a relation, however many persons. `person`,
 * `case`, `contact`, `callIn`, `incident` and the lists of cases and orders answer by the caller's row access; the other lists hang
 * on a row that passed it, and where they name a case, an incident or a contact of their own, no wall may shut that.
 */
export function createLoaders(manager: EntityManager, caller: Caller, now: Date) {
  function ones<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    key: keyof Row & string,
    also?: Condition,
  ) {
    const loader = new DataLoader<string, Row | null>((ids) => onesBy(manager, entity, key, ids, also));
    return {
      /** The row, or null; an id that is no UUID names nothing. */
      load: async (id: string): Promise<Row | null> => (isUuid(id) ? loader.load(id.toLowerCase()) : null),
      /** Forgets a row that was changed. */
      clear: (id: string): void => void loader.clear(id.toLowerCase()),
    };
  }

  function lists<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    key: keyof Row & string,
    order: Order<Row>,
    also?: Condition,
  ) {
    return new DataLoader<string, Row[]>((ids) => listsBy(manager, entity, key, ids, order, also));
  }

  const seesPerson = () => visiblePersons(caller, now, "row.id");
  const seesCase = () =>
    visibleCases(caller, now, {
      personId: "row.person_id",
      victimId: "row.victim_id",
      assignedAgency: "row.assigned_agency",
    });
  const seesOrder = () => visibleOrders(caller, now, { personId: "row.person_id", caseId: "row.case_id" });
  const seesContact = () =>
    visibleContacts(caller, now, {
      personId: "row.person_id",
      messenger: "row.messenger",
      messengerAgency: "row.messenger_agency",
    });

  const seesIncident = () => visibleIncidents(caller, now, "row.id");
  const open = () => openToCaller(caller, now);
  const ofOpenIncident = () => open().ofIncident("row.incident_id");
  const seesPromise = () =>
    visiblePromises(caller, now, {
      personId: "row.person_id",
      caseId: "row.case_id",
      promisedTo: "row.promised_to",
      ownerAgency: "row.owner_agency",
    });
  const ofOpenCorrection = () =>
    openCorrections(caller, now, { incidentId: "row.incident_id", chargeId: "row.charge_id" });
  const openPull = () => openPulls(caller, now, { kind: "row.kind", recordId: "row.record_id" });
  const ofPersonSeen = () => visiblePersons(caller, now, "row.person_id");

  const loaders = lazily({
    ...conferenceLoaders(manager, caller, now),
    person: () => ones(PersonRow, "id", seesPerson()),
    case: () => ones(CaseFileRow, "id", seesCase()),
    contact: () => ones(ContactRow, "id", seesContact()),
    callIn: () => ones(CallInRow, "id", visibleCallIns(caller, now, "row.id")),
    promise: () => ones(SanctionPromiseRow, "id", seesPromise()),
    levelReview: () => ones(LevelReviewRow, "id", ofPersonSeen()),
    /** A person, where no compartment shuts any of his cases. */
    unshutPerson: () => ones(PersonRow, "id", open().contacts("row.id")),
    /** An arrest of whichever person, where no wall shuts its incident. */
    openArrest: () => ones(ArrestRow, "id", ofOpenIncident()),
    correction: () => ones(CorrectionRow, "id", every(ofOpenCorrection(), ofPersonSeen())),
    charge: () => ones(ChargeRow, "id", every(ofOpenIncident(), ofPersonSeen())),
    panelDecision: () => ones(PanelDecisionRow, "id"),
    leverPull: () => ones(LeverPullRow, "id", every(openPull(), ofPersonSeen())),
    letter: () => ones(ExposureLetterRow, "id", visiblePersons(caller, now, "row.person_id")),
    /** Of a letter that passed: the file alone. */
    letterFile: () => new DataLoader((ids: readonly string[]) => letterFiles(manager, ids)),
    victim: () => ones(VictimRow, "id"),
    safeContactRule: () => ones(SafeContactRuleRow, "victimId"),
    incident: () => ones(IncidentRow, "id", seesIncident()),
    subjectsOfPerson: () => lists(IncidentSubjectRow, "personId", []),
    proposal: () => ones(LevelProposalRow, "id"),
    confirmation: () => ones(LevelConfirmationRow, "id"),
    custodyEvent: () => ones(CustodyEventRow, "id"),
    escalation: () => ones(AlertEscalationRow, "id"),
    openProposal: () => ones(LevelProposalRow, "personId", only("row.superseded_at IS NULL")),
    currentLevel: () => new DataLoader((ids: readonly string[]) => levelsInForce(manager, ids)),
    latestCustody: () => new DataLoader((ids: readonly string[]) => latestCustody(manager, ids, now)),

    casesOfPerson: () => lists(CaseFileRow, "personId", oldestFirst("openedAt"), seesCase()),
    ordersOfPerson: () => lists(OrderOfProtectionRow, "personId", newestFirst("issuedOn"), seesOrder()),
    violationsOfOrder: () =>
      lists(
        OrderViolationRow,
        "orderId",
        newestFirst("occurredOn"),
        only("NOT EXISTS (SELECT FROM withdrawn_violation gone WHERE gone.violation_id = row.id)"),
      ),
    chargesOfPerson: () => lists(ChargeRow, "personId", newestFirst("filedOn"), ofOpenIncident()),
    historyOfPerson: () => lists(PriorRecordRow, "personId", newestFirst("occurredOn")),
    arrestsOfPerson: () => lists(ArrestRow, "personId", newestFirst("arrestedOn"), ofOpenIncident()),
    conditionsOfPerson: () => lists(ReleaseConditionRow, "personId", newestFirst("effectiveFrom")),
    warrantsOfPerson: () => lists(WarrantRow, "personId", newestFirst("issuedOn")),
    intelligenceOfPerson: () => lists(IntelligenceRow, "personId", newestFirst("recordedAt")),
    correctionsOfPerson: () =>
      lists(CorrectionRow, "personId", newestFirst("recordedAt"), ofOpenCorrection()),
    withheldLetter: () => lists(WithheldLetterRow, "letterId", []),
    marksOfLetter: () => lists(LetterMarkRow, "letterId", []),
    reviewsOfPerson: () => lists(LevelReviewRow, "personId", newestFirst("openedAt")),
    votesOfDecision: () =>
      lists(PanelVoteRow, "decisionId", [
        ["agency", "ASC"],
        ["subject", "ASC"],
      ]),
    pullsOfPerson: () => lists(LeverPullRow, "personId", newestFirst("triedAt"), openPull()),
    contactsOfPerson: () =>
      lists(ContactRow, "personId", newestFirst("plannedFor"), open().contacts("row.person_id")),
    /** For the gate alone, never shown: one that forgot a planned contact would stand open too early. */
    contactsForGate: () => lists(ContactRow, "personId", newestFirst("plannedFor")),
    /** Who is invited, as far as the caller may see it: nothing says that there are others. */
    invitationsOfCallIn: () => lists(ContactRow, "callInId", oldestFirst("recordedAt"), seesContact()),
    speakersOfCallIn: () => lists(CallInSpeakerRow, "callInId", [["position", "ASC"]]),
    lettersOfPerson: () => lists(ExposureLetterRow, "personId", newestFirst("draftedAt")),
    promisesOfPerson: () =>
      lists(SanctionPromiseRow, "personId", oldestFirst("dueOn"), open().ofCase("row.case_id")),
    liveReferrals: () =>
      lists(ReferralAgreementRow, "personId", [], {
        sql: "row.agreed_at <= :now AND row.withdrawn_at IS NULL",
        parameters: { now: now.toISOString() },
      }),

    readersOfCase: () =>
      lists(CompartmentReaderRow, "caseId", [
        ["namedAt", "ASC"],
        ["agency", "ASC"],
        ["subject", "ASC"],
      ]),
    outreachOfCase: () => lists(JusticeOutreachRow, "caseId", newestFirst("madeAt")),
    signOffsOfCase: () => lists(AttemptsSignOffRow, "caseId", [["signedAt", "ASC"]]),
    screensOfCase: () => lists(LethalityScreenRow, "caseId", newestFirst("screenedAt")),

    incidentsOfPerson: (): DataLoader<string, IncidentRow[]> =>
      new DataLoader(async (personIds) => {
        const subjects = await loaders.subjectsOfPerson.loadMany(personIds);
        return Promise.all(
          subjects.map(async (found) => {
            if (found instanceof Error) throw found;
            const ids = [...new Set(found.map((subject) => subject.incidentId))];
            const rows = await Promise.all(ids.map((id) => loaders.incident.load(id)));
            return rows.filter((row) => row !== null).sort(byDayDescending);
          }),
        );
      }),
    offencesOfIncident: () => lists(OffenceRow, "incidentId", [["id", "ASC"]]),
    weaponsOfOffence: () => lists(OffenceWeaponRow, "offenceId", [["code", "ASC"]]),
    arrestsOfIncident: () => lists(ArrestRow, "incidentId", newestFirst("arrestedOn")),
    notesOfIncident: () => lists(InvestigationNoteRow, "incidentId", newestFirst("recordedAt")),
  });
  return loaders;
}
export type Loaders = ReturnType<typeof createLoaders>;

function newestFirst<Column extends string>(column: Column) {
  return [
    [column, "DESC"],
    ["id", "ASC"],
  ] as const;
}

function oldestFirst<Column extends string>(column: Column) {
  return [
    [column, "ASC"],
    ["id", "ASC"],
  ] as const;
}

function byDayDescending(one: IncidentRow, other: IncidentRow): number {
  if (one.occurredOn !== other.occurredOn) return one.occurredOn < other.occurredOn ? 1 : -1;
  return one.id < other.id ? -1 : 1;
}
