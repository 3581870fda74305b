import { accessLogRows } from "../../../platform/access-record/access-log-types";
import { FEED_STATUS_POLICY } from "../../../platform/subgraph/feed-status-policy";
import { letterPolicy } from "./letter-coordinates";
import type { PolicyTable, Requirement } from "../../../platform/policy/policy-table";
import { CALL_INS } from "./call-in-coordinates";
import { GATE_BREACHES } from "./breach-coordinates";
import { all, anyOf, OPAQUE, type LawEnforcementScope, type Rows } from "./coordinate-rows";
import { CONFERENCES } from "./conference-coordinates";
import { REFERRAL_AGREEMENTS } from "./referral-agreement-coordinates";
import { PROMISES } from "./promise-coordinates";
import { LEVEL_REVIEWS } from "./level-review-coordinates";
import { CORRECTIONS } from "./correction-coordinates";
import { EXPUNGEMENTS } from "./expungement-coordinates";
import { LEVERS } from "./lever-coordinates";

const FIGURES: Rows = {
  "JusticeFigures.identity": ["offender-identity:A"],
  "JusticeFigures.levelReasons": ["tier-reasons:A"],
  "JusticeFigures.charges": ["charges:A"],
  "JusticeFigures.custody": ["custody:A"],
  "JusticeFigures.conditions": ["conditions:A"],
  "JusticeFigures.orders": ["orders:A"],
  "JusticeFigures.warrants": ["warrants:A"],
  "JusticeFigures.lethalityScreens": ["lethality-screen:A"],
  "JusticeFigures.outreach": ["outreach-justice:A"],
  "JusticeFigures.contacts": ["contact-record:A"],
  "JusticeFigures.promises": ["promises:A"],
};

const VICTIM: Rows = {
  "Victim.id": OPAQUE,
  "Victim.identity": ["victim-identity:F"],
  "Victim.name": ["victim-identity:L11"],
  "Victim.contact": ["victim-contact:F"],
  "Victim.contactMethod": ["victim-contact:L12"],
  "Victim.safeContact": ["safe-contact:F"],
  ...all("VictimIdentity", ["victim-identity:F"], ["givenName", "familyName", "dateOfBirth"]),
  ...all("VictimContact", ["victim-contact:F"], ["address", "addressIsSubstitute", "phone"]),
  ...all("VictimContactMethod", ["victim-contact:L12"], ["mayCall", "mayWrite", "mayLeaveMessage"]),
  ...all(
    "SafeContactRule",
    ["safe-contact:F"],
    ["mayCall", "mayWrite", "mayLeaveMessage", "hours", "language", "recordedAt"],
  ),
};

const CASE: Rows = {
  "Case.id": OPAQUE,
  // Another agency's subgraph asks for it, to know whose database to open.
  "Case.assignedAgency": OPAQUE,
  "Case.victim": anyOf(VICTIM),
  "Case.gate": ["outreach-justice:F"],
  "Case.justiceOutreach": ["outreach-justice:F"],
  "Case.lethalityScreens": ["lethality-screen:F"],
  "Case.highDanger": ["lethality-screen:L13"],
  "Case.compartmentReaders": ["act:open-compartment"],
};

const CASE_PARTS: Rows = {
  ...all("Gate", ["outreach-justice:F"], ["state", "noticeRecordedAt", "asOf"]),
  "JusticeOutreach.id": OPAQUE,
  ...all("JusticeOutreach", ["outreach-justice:F"], ["kind", "outcome", "madeAt", "madeBy", "recordedAt"]),
  "LethalityScreen.id": OPAQUE,
  ...all("LethalityScreen", ["lethality-screen:F"], ["answers", "highDanger", "screenedAt"]),
  ...all("LethalityAnswer", ["lethality-screen:F"], ["question", "answer"]),
};

const INCIDENT: Rows = {
  "Incident.id": OPAQUE,
  ...all(
    "Incident",
    ["charges:F"],
    ["occurredOn", "dateIsReport", "intimatePartner", "dualParty", "offences", "arrests"],
  ),
  "Incident.narrative": ["incident-narrative:F"],
  "Incident.conferenceSummary": ["incident-narrative:L9"],
  "Incident.investigationNotes": ["investigation:F"],
};

const INCIDENT_PARTS: Rows = {
  ...all("IncidentOffence", ["charges:F"], ["code", "title", "weaponCodes"]),
  "Arrest.id": OPAQUE,
  ...all("Arrest", ["charges:F"], ["arrestedOn", "offenceCode"]),
  "InvestigationNote.id": OPAQUE,
  ...all("InvestigationNote", ["investigation:F"], ["kind", "text", "recordedAt"]),
};

const PERSON: Rows = {
  "Person.id": OPAQUE,
  // The services ask for it: they know neither who is on probation nor who meets whom.
  "Person.visible": OPAQUE,
  "Person.identity": ["offender-identity:F"],
  "Person.nameForAdvocate": ["offender-identity:L1"],
  "Person.nameForProvider": ["offender-identity:L2"],
  "Person.nameForMessenger": ["offender-identity:L3"],
  "Person.level": ["tier:F"],
  "Person.levelForContact": ["tier:L4"],
  "Person.levelProposal": ["tier-reasons:F"],
  "Person.levelReasons": ["tier-reasons:F"],
  "Person.levelReasonCategories": ["tier-reasons:L5"],
  "Person.charges": ["charges:F"],
  "Person.chargeSummaries": ["charges:L6"],
  "Person.criminalHistory": ["criminal-history:F"],
  "Person.custody": ["custody:F"],
  "Person.conditions": ["conditions:F"],
  "Person.conditionsForProvider": ["conditions:L7"],
  "Person.orders": ["orders:F"],
  "Person.ordersForProvider": ["orders:L7"],
  "Person.warrants": ["warrants:F"],
  "Person.activeWarrantExists": ["warrants:L8"],
  "Person.incidents": anyOf(INCIDENT),
  "Person.intelligence": ["intelligence:F"],
  "Person.groupNexusFlag": ["intelligence:L10"],
  "Person.contacts": ["contact-record:F"],
  "Person.ownContacts": ["contact-record:O"],
  "Person.helpOffered": ["contact-record:L17"],
  "Person.exposureLetters": ["exposure-letter:F"],
  "Person.servedExposureLetters": ["exposure-letter:L18"],
  "Person.promises": ["promises:F"],
  "Person.promisesForVictim": ["promises:L19"],
  "Person.ownPromises": ["promises:O"],
  "Person.cases": anyOf(CASE),
};

const PERSON_PARTS: Rows = {
  ...all(
    "PersonIdentity",
    ["offender-identity:F"],
    ["givenName", "familyName", "aliases", "dateOfBirth", "sex", "stateId", "address", "phone"],
  ),
  ...all("NameForAdvocate", ["offender-identity:L1"], ["name", "aliases", "yearOfBirth"]),
  ...all("NameForProvider", ["offender-identity:L2"], ["name", "contact"]),
  ...all("ContactForProvider", ["offender-identity:L2"], ["phone", "address"]),
  ...all("NameForMessenger", ["offender-identity:L3"], ["name", "meetingPlace"]),
  "Charge.id": OPAQUE,
  ...all(
    "Charge",
    ["charges:F"],
    ["offenceCode", "title", "ipv", "weaponCodes", "docket", "filedOn", "courtDate", "disposition"],
  ),
  ...all("Charge", ["charges:F"], ["dispositionOn", "provenance"]),
  ...all("ChargeSummary", ["charges:L6"], ["title", "arrestDate", "courtDate"]),
  "PriorRecord.id": OPAQUE,
  ...all(
    "PriorRecord",
    ["criminal-history:F"],
    ["provenance", "offenceCode", "title", "ipv", "occurredOn", "disposition"],
  ),
  ...all("Custody", ["custody:F"], ["status", "facility", "since", "releaseExpectedAt", "asOf"]),
  "ReleaseCondition.id": OPAQUE,
  ...all(
    "ReleaseCondition",
    ["conditions:F"],
    ["kind", "terms", "effectiveFrom", "effectiveUntil", "supervisingOfficer", "recordedAt"],
  ),
  "OrderOfProtection.id": OPAQUE,
  ...all(
    "OrderOfProtection",
    ["orders:F"],
    ["docket", "terms", "issuedOn", "servedOn", "expiresOn", "violations"],
  ),
  "OrderOfProtection.protectedAddresses": ["orders:X"],
  "OrderViolation.id": OPAQUE,
  "OrderViolation.occurredOn": ["orders:F"],
  "Warrant.id": OPAQUE,
  ...all("Warrant", ["warrants:F"], ["number", "offenceTitle", "issuedOn", "clearedOn"]),
  "Intelligence.id": OPAQUE,
  ...all("Intelligence", ["intelligence:F"], ["groupNexus", "suspicionBasis"]),
  "Contact.id": OPAQUE,
  ...all(
    "Contact",
    ["contact-record:F", "contact-record:O"],
    [
      "level",
      "means",
      "state",
      "plannedFor",
      "madeAt",
      "place",
      "helpOffered",
      "releasedAt",
      "person",
      "callIn",
    ],
  ),
  ...all(
    "Contact",
    ["contact-record:F"],
    [
      "dueBy",
      "gated",
      "plannedBy",
      "releasedBy",
      "madeBy",
      "message",
      "closedAt",
      "closedBy",
      "recallReason",
    ],
  ),
};

const LEVEL: Rows = {
  // Whoever confirms a level is shown the outcome.
  ...all("ConfirmedLevel", ["tier:F", "act:confirm-level"], ["level", "setBy", "asOf", "confirmedBy"]),
  ...all(
    "LevelReason",
    ["tier-reasons:F"],
    ["criterion", "level", "category", "factIds", "ruleSet", "ruleSetVersion"],
  ),
  ...all("HeldForReview", ["tier-reasons:F"], ["factId", "reason"]),
  ...all("LevelMark", ["tier-reasons:F"], ["code", "factIds"]),
  "LevelProposal.id": OPAQUE,
  ...all(
    "LevelProposal",
    ["tier-reasons:F"],
    ["level", "ruleSet", "ruleSetVersion", "asOf", "fired", "heldForReview", "marks", "proposedAt", "person"],
  ),
};

const ACCESS_LOG = ["access-log:O", "access-log:F"] as const;

const QUERIES: Rows = {
  "Query.lawEnforcementAccessLog": ACCESS_LOG,
  ...accessLogRows(ACCESS_LOG, ["access-log:F"]),
  "Query.person": anyOf(PERSON),
  "Query.persons": anyOf(PERSON),
  ...all("PersonPage", anyOf(PERSON), ["people", "endCursor", "hasNextPage"]),
  "Query.case": anyOf(CASE),
  "Case.person": anyOf(CASE),
  "Query.levelQueue": ["tier-reasons:F"],
  ...all("LevelProposalPage", ["tier-reasons:F"], ["proposals", "endCursor", "hasNextPage"]),
  "Query.justiceFigures": anyOf(FIGURES),
  ...FIGURES,
  ...all("JusticeFigure", anyOf(FIGURES), ["rows", "suppressedBelow", "asOf"]),
  ...all("JusticeFigureRow", anyOf(FIGURES), ["labels", "count"]),
  "Query.levelCounts": ["tier:A"],
  ...all("LevelCount", ["tier:A"], ["level", "people", "asOf"]),
  // The justice roles see charges in full; an incident under review is what a charge came or may come from.
  "Query.incidentReviews": ["charges:F"],
  ...all("IncidentReviewPage", ["charges:F"], ["reviews", "endCursor", "hasNextPage"]),
  "IncidentReview.id": OPAQUE,
  ...all("IncidentReview", ["charges:F"], ["kind", "openedAt", "incident"]),
};

const CHANGES_CONTACTS = ["act:plan-contact", "act:release-contact", "act:record-contact"] as const;
const CHANGES_GATE = ["act:record-victim-notice", "act:sign-off-attempts"] as const;

const MUTATIONS: Rows = {
  "Mutation.planContact": ["act:plan-contact"],
  "Mutation.cancelContact": ["act:plan-contact"],
  "Mutation.releaseContact": ["act:release-contact"],
  "Mutation.recordContact": ["act:record-contact"],
  "Mutation.recordBreach": ["act:record-contact"],
  "Mutation.recordUnplannedBreach": ["act:record-contact"],
  "Mutation.recallContact": ["act:release-contact"],
  ...all("ContactResult", CHANGES_CONTACTS, ["contact", "problem"]),
  "Mutation.recordVictimNotice": ["act:record-victim-notice"],
  "Mutation.recordVictimAttempt": ["act:record-victim-notice"],
  "Mutation.signOffAttempts": ["act:sign-off-attempts"],
  ...all("VictimGateResult", CHANGES_GATE, ["case", "problem"]),
  "Mutation.assignCase": ["act:assign-case"],
  ...all("AssignCaseResult", ["act:assign-case"], ["case", "problem"]),
  "Mutation.confirmLevel": ["act:confirm-level"],
  ...all("ConfirmLevelResult", ["act:confirm-level"], ["person", "level", "problem"]),
};

/** Conflicts and compartments are no element of the matrix: who may record one may read it, and nobody else. */
const WALL: Rows = {
  "Query.conflicts": ["act:record-conflict"],
  "Mutation.recordConflict": ["act:record-conflict"],
  "Mutation.endConflict": ["act:record-conflict"],
  ...all("ConflictPage", ["act:record-conflict"], ["conflicts", "endCursor", "hasNextPage"]),
  ...all("ConflictResult", ["act:record-conflict"], ["conflict", "problem"]),
  ...all(
    "ConflictOfInterest",
    ["act:record-conflict"],
    ["id", "agency", "subject", "caseId", "personId", "why", "recordedBy", "recordedAt", "endedAt"],
  ),
  "Mutation.openCompartment": ["act:open-compartment"],
  "Mutation.nameCompartmentReader": ["act:open-compartment"],
  ...all("CompartmentResult", ["act:open-compartment"], ["case", "problem"]),
  ...all("CompartmentReader", ["act:open-compartment"], ["agency", "subject", "namedBy", "namedAt"]),
};

/** Who was told of an alert and who confirmed it is no element of the matrix: those who answer for alerts read it. */
const ALERTS: Rows = {
  "Mutation.acknowledgeAlert": ["act:acknowledge-alert"],
  ...all("AcknowledgeAlertResult", ["act:acknowledge-alert"], ["acknowledgement", "problem"]),
  "Query.alertRecord": ["act:read-alert-record"],
  ...all("AlertRecord", ["act:read-alert-record"], ["alertId", "told", "acknowledgements"]),
  ...all("AlertTelling", ["act:read-alert-record"], ["step", "to", "agency", "toldAt"]),
  ...all(
    "AlertAcknowledgement",
    ["act:read-alert-record"],
    ["alertId", "agency", "acknowledgedBy", "acknowledgedAt"],
  ),
};

const BREAK_GLASS: Rows = {
  "Mutation.openBreakGlass": ["act:open-break-glass"],
  ...all("OpenBreakGlassResult", ["act:open-break-glass"], ["opening", "grant", "problem"]),
  "Query.breakGlassOpenings": ["act:read-openings"],
  "Query.breakGlassAccesses": ["act:read-openings"],
  ...all("BreakGlassOpeningPage", ["act:read-openings"], ["openings", "endCursor", "hasNextPage"]),
  "BreakGlassOpening.id": OPAQUE,
  ...all(
    "BreakGlassOpening",
    ["act:open-break-glass", "act:read-openings"],
    ["subject", "agency", "role", "element", "reason", "openedAt", "expiresAt"],
  ),
};

/** What each event says of itself and of whom it is about, asked as the event itself is. */
function eventRows(
  field: string,
  type: string,
  requirement: Requirement<LawEnforcementScope>,
  own: Rows,
): Rows {
  return {
    [`Subscription.${field}`]: requirement,
    [`${type}.id`]: OPAQUE,
    [`${type}.cursor`]: OPAQUE,
    ...all(type, requirement, ["occurredAt", "recordedAt", "historic", "provenance", "person"]),
    [`${type}.cases`]: anyOf(CASE),
    ...own,
  };
}

const EVENTS: Rows = {
  ...eventRows("arrestAlerts", "ArrestAlert", ["charges:F", "charges:L6"], {
    "ArrestAlert.arrest": ["charges:F"],
    "ArrestAlert.summary": ["charges:L6"],
    "ArrestAlert.recalls": ["charges:F", "charges:L6"],
  }),
  ...eventRows("custodyChanges", "CustodyChange", ["custody:F"], {
    ...all("CustodyChange", ["custody:F"], ["status", "facility", "releaseExpectedAt"]),
  }),
  ...eventRows("levelChanges", "LevelChange", ["tier:F"], {
    "LevelChange.confirmed": ["tier:F"],
    "LevelChange.proposed": ["tier-reasons:F"],
  }),
  ...eventRows("orderChanges", "OrderChange", ["orders:F"], {
    ...all("OrderChange", ["orders:F"], ["change", "order"]),
  }),
  ...eventRows("contactUpdates", "ContactUpdate", ["contact-record:F", "contact-record:O"], {
    "ContactUpdate.contact": ["contact-record:F", "contact-record:O"],
  }),
  ...eventRows("alertEscalations", "AlertEscalation", ["act:read-alert-record"], {
    ...all("AlertEscalation", ["act:read-alert-record"], ["alertId", "step", "to"]),
  }),
};

/** To whoever may subscribe to any of it. */
const FED = anyOf(
  Object.fromEntries(Object.entries(EVENTS).filter(([name]) => name.startsWith("Subscription."))),
);
const FEED: Rows = {
  "Query.lawEnforcementFeed": FED,
  "Subscription.lawEnforcementFeedAlerts": FED,
  ...FEED_STATUS_POLICY,
};

/** Who may see which field of the law-enforcement schema: every field has a row, and every row names a field. */
export const lawEnforcementPolicy: PolicyTable<LawEnforcementScope> = {
  ...VICTIM,
  ...CASE,
  ...CASE_PARTS,
  ...INCIDENT,
  ...INCIDENT_PARTS,
  ...PERSON,
  ...PERSON_PARTS,
  ...letterPolicy,
  ...LEVEL,
  ...QUERIES,
  ...MUTATIONS,
  ...GATE_BREACHES,
  ...CALL_INS,
  ...WALL,
  ...ALERTS,
  ...BREAK_GLASS,
  ...LEVERS,
  ...REFERRAL_AGREEMENTS,
  ...CONFERENCES,
  ...PROMISES,
  ...LEVEL_REVIEWS,
  ...CORRECTIONS,
  ...EXPUNGEMENTS,
  ...EVENTS,
  ...FEED,
};
