import type { Role } from "../../policy/matrix";
import { DOERS, sightOf, type Sight } from "./table";

/** What a field holds: elements in some form (any one opens it), an action's own outcome, or nothing protected. */
type Holds = "nothing protected" | "whatever is in it" | readonly (Sight | `may ${string}`)[];

const OPAQUE = "nothing protected";
/** A way to other fields: open to whoever may see one of those. */
const WAY = "whatever is in it";

const outcomeOf = (mutation: string) => [`may Mutation.${mutation}`] as const;

/** All that the figures of an agency are of. */
const JUSTICE_FIGURES: readonly Sight[] = [
  "offender-identity:A",
  "tier-reasons:A",
  "charges:A",
  "custody:A",
  "conditions:A",
  "orders:A",
  "warrants:A",
  "lethality-screen:A",
  "outreach-justice:A",
  "contact-record:A",
  "promises:A",
];
const SERVICES_FIGURES: readonly Sight[] = ["service-needs:A", "service-attendance:A", "promises:A"];
const ADVOCACY_FIGURES: readonly Sight[] = ["client:A", "advocate-risk:A"];
const EVENT = { id: OPAQUE, cursor: OPAQUE, cases: WAY } as const;
// prettier-ignore
const FED_BY_LAW_ENFORCEMENT =
  ["charges:F", "charges:L6", "custody:F", "tier:F", "orders:F", "contact-record:F", "contact-record:O"] as const;

/**
 * What every field of the API holds, read off its meaning and written down apart from the agencies' policies: by type,
 * "*" for the fields that are not named.
 */
export const FIELDS: Readonly<Record<string, Readonly<Record<string, Holds>>>> = {
  Query: {
    person: WAY,
    persons: WAY,
    case: WAY,
    levelQueue: ["tier-reasons:F"],
    justiceFigures: JUSTICE_FIGURES,
    servicesFigures: SERVICES_FIGURES,
    advocacyFigures: ADVOCACY_FIGURES,
    levelCounts: ["tier:A"],
    incidentReviews: ["charges:F"],
    conflicts: outcomeOf("recordConflict"),
    agencyConflicts: outcomeOf("recordAgencyConflict"),
    providerConflicts: outcomeOf("recordProviderConflict"),
    breakGlassAccesses: ["may Query.breakGlassOpenings"],
    lawEnforcementAccessLog: ["access-log:O", "access-log:F"],
    advocacyAccessLog: ["access-log:O", "access-log:F"],
    servicesAccessLog: ["access-log:O", "access-log:F"],
    breakGlassOpenings: ["may Query.breakGlassOpenings"],
    alertRecord: ["may Query.alertRecord"],
    myCaseload: ["outreach-advocacy:O"],
    outreachCounts: ["outreach-advocacy:A"],
    releasesNamingMe: ["releases:N"],
    providers: OPAQUE,
    myReferrals: ["service-needs:F"],
    engagementCounts: ["service-attendance:A"],
    lawEnforcementFeed: FED_BY_LAW_ENFORCEMENT,
    servicesFeed: ["service-needs:F"],
  },
  Subscription: {
    arrestAlerts: ["charges:F", "charges:L6"],
    custodyChanges: ["custody:F"],
    levelChanges: ["tier:F"],
    orderChanges: ["orders:F"],
    contactUpdates: ["contact-record:F", "contact-record:O"],
    alertEscalations: ["may Query.alertRecord"],
    referralUpdates: ["service-needs:F"],
  },
  Mutation: {
    confirmLevel: outcomeOf("confirmLevel"),
    planContact: outcomeOf("planContact"),
    cancelContact: outcomeOf("cancelContact"),
    releaseContact: outcomeOf("releaseContact"),
    recordContact: outcomeOf("recordContact"),
    recordBreach: outcomeOf("recordBreach"),
    recordVictimNotice: outcomeOf("recordVictimNotice"),
    recordVictimAttempt: outcomeOf("recordVictimAttempt"),
    signOffAttempts: outcomeOf("signOffAttempts"),
    recordConflict: outcomeOf("recordConflict"),
    endConflict: outcomeOf("endConflict"),
    openCompartment: outcomeOf("openCompartment"),
    nameCompartmentReader: outcomeOf("nameCompartmentReader"),
    recordProviderConflict: outcomeOf("recordProviderConflict"),
    endProviderConflict: outcomeOf("endProviderConflict"),
    acknowledgeAlert: outcomeOf("acknowledgeAlert"),
    openBreakGlass: outcomeOf("openBreakGlass"),
    recordAgencyConflict: outcomeOf("recordAgencyConflict"),
    endAgencyConflict: outcomeOf("endAgencyConflict"),
    recordOutreach: outcomeOf("recordOutreach"),
    placeHold: outcomeOf("placeHold"),
    withdrawHold: outcomeOf("withdrawHold"),
    recordRelease: outcomeOf("recordRelease"),
    revokeRelease: outcomeOf("revokeRelease"),
    recordEngagement: outcomeOf("recordEngagement"),
  },

  Person: {
    id: OPAQUE,
    // Of whoever is shown, that he is shown.
    visible: OPAQUE,
    cases: WAY,
    incidents: WAY,
    identity: ["offender-identity:F"],
    nameForAdvocate: ["offender-identity:L1"],
    nameForProvider: ["offender-identity:L2"],
    nameForMessenger: ["offender-identity:L3"],
    level: ["tier:F"],
    levelForContact: ["tier:L4"],
    levelProposal: ["tier-reasons:F"],
    levelReasons: ["tier-reasons:F"],
    levelReasonCategories: ["tier-reasons:L5"],
    charges: ["charges:F"],
    chargeSummaries: ["charges:L6"],
    criminalHistory: ["criminal-history:F"],
    custody: ["custody:F"],
    conditions: ["conditions:F"],
    conditionsForProvider: ["conditions:L7"],
    orders: ["orders:F"],
    ordersForProvider: ["orders:L7"],
    warrants: ["warrants:F"],
    activeWarrantExists: ["warrants:L8"],
    intelligence: ["intelligence:F"],
    groupNexusFlag: ["intelligence:L10"],
    contacts: ["contact-record:F"],
    ownContacts: ["contact-record:O"],
    helpOffered: ["contact-record:L17"],
    exposureLetters: ["exposure-letter:F"],
    servedExposureLetters: ["exposure-letter:L18"],
    promises: ["promises:F"],
    promisesForVictim: ["promises:L19"],
    ownPromises: ["promises:O"],
    needs: ["service-needs:F"],
    needsToPassOn: ["service-needs:L15"],
    referrals: ["service-needs:F"],
    engagement: ["service-attendance:F"],
    serviceStanding: ["service-needs:L14", "service-attendance:L14"],
    engaged: ["service-attendance:L16"],
    redisclosureNotice: ["service-needs:L14", "service-attendance:L14", "service-attendance:L16"],
    helpPromises: ["promises:F", "promises:O"],
  },
  PersonIdentity: { "*": ["offender-identity:F"] },
  NameForAdvocate: { "*": ["offender-identity:L1"] },
  NameForProvider: { "*": ["offender-identity:L2"] },
  ContactForProvider: { "*": ["offender-identity:L2"] },
  NameForMessenger: { "*": ["offender-identity:L3"] },
  PersonPage: { "*": WAY },

  Case: {
    id: OPAQUE,
    // Which agency works with a victim is the partners' own arrangement; whether she is its client it does not say.
    assignedAgency: OPAQUE,
    person: WAY,
    victim: WAY,
    gate: ["outreach-justice:F"],
    justiceOutreach: ["outreach-justice:F"],
    lethalityScreens: ["lethality-screen:F"],
    highDanger: ["lethality-screen:L13"],
    compartmentReaders: outcomeOf("openCompartment"),
    client: ["client:O"],
    clientContact: ["client-contact:O"],
    outreach: ["outreach-advocacy:O"],
    riskAssessments: ["advocate-risk:O"],
    safetyPlan: ["safety-plan:O"],
    releases: ["releases:O"],
  },
  Victim: {
    id: OPAQUE,
    identity: ["victim-identity:F"],
    name: ["victim-identity:L11"],
    contact: ["victim-contact:F"],
    contactMethod: ["victim-contact:L12"],
    safeContact: ["safe-contact:F"],
  },
  VictimIdentity: { "*": ["victim-identity:F"] },
  VictimContact: { "*": ["victim-contact:F"] },
  VictimContactMethod: { "*": ["victim-contact:L12"] },
  SafeContactRule: { "*": ["safe-contact:F"] },
  Gate: { "*": ["outreach-justice:F"] },
  JusticeOutreach: { id: OPAQUE, "*": ["outreach-justice:F"] },
  LethalityScreen: { id: OPAQUE, "*": ["lethality-screen:F"] },
  LethalityAnswer: { "*": ["lethality-screen:F"] },

  Incident: {
    id: OPAQUE,
    narrative: ["incident-narrative:F"],
    conferenceSummary: ["incident-narrative:L9"],
    investigationNotes: ["investigation:F"],
    "*": ["charges:F"],
  },
  IncidentOffence: { "*": ["charges:F"] },
  Arrest: { id: OPAQUE, "*": ["charges:F"] },
  InvestigationNote: { id: OPAQUE, "*": ["investigation:F"] },
  IncidentReviewPage: { "*": ["charges:F"] },
  IncidentReview: { id: OPAQUE, "*": ["charges:F"] },
  Charge: { id: OPAQUE, "*": ["charges:F"] },
  ChargeSummary: { "*": ["charges:L6"] },
  PriorRecord: { id: OPAQUE, "*": ["criminal-history:F"] },
  Custody: { "*": ["custody:F"] },
  ReleaseCondition: { id: OPAQUE, "*": ["conditions:F"] },
  OrderOfProtection: { id: OPAQUE, protectedAddresses: ["orders:X"], "*": ["orders:F"] },
  OrderViolation: { id: OPAQUE, "*": ["orders:F"] },
  Warrant: { id: OPAQUE, "*": ["warrants:F"] },
  Intelligence: { id: OPAQUE, "*": ["intelligence:F"] },
  Contact: {
    id: OPAQUE,
    // Who did what, and how the agency works, is no messenger's.
    ...Object.fromEntries(
      ["dueBy", "gated", "plannedBy", "releasedBy", "madeBy", "message", "closedAt", "closedBy"].map(
        (field) => [field, ["contact-record:F"] as const],
      ),
    ),
    "*": ["contact-record:F", "contact-record:O"],
  },
  ExposureLetter: { id: OPAQUE, "*": ["exposure-letter:F"] },
  ServedExposureLetter: { "*": ["exposure-letter:L18"] },
  SanctionPromise: { id: OPAQUE, "*": ["promises:F", "promises:L19", "promises:O"] },

  // Whoever confirms a level is shown the outcome.
  ConfirmedLevel: { "*": ["tier:F", "may Mutation.confirmLevel"] },
  ConfirmLevelResult: { "*": outcomeOf("confirmLevel") },
  // Who changes a contact, or what opens its gate, is shown the outcome.
  ContactResult: { "*": outcomeOf("planContact") },
  VictimGateResult: { "*": outcomeOf("recordVictimNotice") },
  // Conflicts and compartments are no element of the table: who may record one may read it.
  ConflictPage: { "*": outcomeOf("recordConflict") },
  ConflictOfInterest: { "*": outcomeOf("recordConflict") },
  ConflictResult: { "*": outcomeOf("recordConflict") },
  CompartmentReader: { "*": outcomeOf("openCompartment") },
  CompartmentResult: { "*": outcomeOf("openCompartment") },
  AgencyConflictPage: { "*": outcomeOf("recordAgencyConflict") },
  AgencyConflict: { "*": outcomeOf("recordAgencyConflict") },
  AgencyConflictPayload: { "*": outcomeOf("recordAgencyConflict") },
  AgencyConflictProblem: { "*": outcomeOf("recordAgencyConflict") },
  ProviderConflictPage: { "*": outcomeOf("recordProviderConflict") },
  ProviderConflict: { "*": outcomeOf("recordProviderConflict") },
  ProviderConflictPayload: { "*": outcomeOf("recordProviderConflict") },
  ProviderConflictProblem: { "*": outcomeOf("recordProviderConflict") },
  AccessLogPage: { "*": ["access-log:O", "access-log:F"] },
  AccessLogEntry: { sequence: ["access-log:F"], "*": ["access-log:O", "access-log:F"] },
  AccessedRecord: { "*": ["access-log:O", "access-log:F"] },
  AcknowledgeAlertResult: { "*": outcomeOf("acknowledgeAlert") },
  AlertRecord: { "*": ["may Query.alertRecord"] },
  AlertTelling: { "*": ["may Query.alertRecord"] },
  AlertAcknowledgement: { "*": ["may Query.alertRecord"] },
  OpenBreakGlassResult: { "*": outcomeOf("openBreakGlass") },
  BreakGlassOpeningPage: { "*": ["may Query.breakGlassOpenings"] },
  BreakGlassOpening: { id: OPAQUE, "*": ["may Mutation.openBreakGlass", "may Query.breakGlassOpenings"] },
  LevelProposalPage: { "*": ["tier-reasons:F"] },
  LevelProposal: { id: OPAQUE, "*": ["tier-reasons:F"] },
  LevelReason: { "*": ["tier-reasons:F"] },
  HeldForReview: { "*": ["tier-reasons:F"] },
  LevelMark: { "*": ["tier-reasons:F"] },
  // Each figure is of one element; what a figure consists of, of any.
  JusticeFigures: {
    identity: ["offender-identity:A"],
    levelReasons: ["tier-reasons:A"],
    charges: ["charges:A"],
    custody: ["custody:A"],
    conditions: ["conditions:A"],
    orders: ["orders:A"],
    warrants: ["warrants:A"],
    lethalityScreens: ["lethality-screen:A"],
    outreach: ["outreach-justice:A"],
    contacts: ["contact-record:A"],
    promises: ["promises:A"],
  },
  JusticeFigure: { "*": JUSTICE_FIGURES },
  JusticeFigureRow: { "*": JUSTICE_FIGURES },
  ServicesFigures: {
    needs: ["service-needs:A"],
    referrals: ["service-attendance:A"],
    helpPromises: ["promises:A"],
  },
  ServicesFigure: { "*": SERVICES_FIGURES },
  ServicesFigureRow: { "*": SERVICES_FIGURES },
  AdvocacyFigures: {
    clients: ["client:A"],
    riskBands: ["advocate-risk:A"],
  },
  AdvocacyFigure: { "*": ADVOCACY_FIGURES },
  AdvocacyFigureRow: { "*": ADVOCACY_FIGURES },
  LevelCount: { "*": ["tier:A"] },

  CaseloadPage: { "*": ["outreach-advocacy:O"] },
  Client: { "*": ["client:O"] },
  ClientContact: { "*": ["client-contact:O"] },
  Outreach: { "*": ["outreach-advocacy:O"] },
  RiskAssessment: { "*": ["advocate-risk:O"] },
  RiskAnswer: { "*": ["advocate-risk:O"] },
  SafetyPlan: { "*": ["safety-plan:O"] },
  Release: { "*": ["releases:O"] },
  ReleasesNamingMePage: { "*": ["releases:N"] },
  ReleaseNamingMe: { "*": ["releases:N"] },
  ReleasePayload: { release: ["releases:O"], "*": outcomeOf("recordRelease") },
  ReleaseFault: { "*": outcomeOf("recordRelease") },
  OutreachCounts: { "*": ["outreach-advocacy:A"] },
  OutreachKindCount: { "*": ["outreach-advocacy:A"] },
  RecordOutreachPayload: { outreach: ["outreach-advocacy:O"], "*": outcomeOf("recordOutreach") },
  RecordOutreachProblem: { "*": outcomeOf("recordOutreach") },

  // What an event says of itself goes with what it tells of.
  ArrestAlert: {
    ...EVENT,
    arrest: ["charges:F"],
    summary: ["charges:L6"],
    "*": ["charges:F", "charges:L6"],
  },
  CustodyChange: { ...EVENT, "*": ["custody:F"] },
  LevelChange: { ...EVENT, proposed: ["tier-reasons:F"], "*": ["tier:F"] },
  OrderChange: { ...EVENT, "*": ["orders:F"] },
  ContactUpdate: { ...EVENT, "*": ["contact-record:F", "contact-record:O"] },
  AlertEscalation: { ...EVENT, "*": ["may Query.alertRecord"] },
  ReferralUpdate: {
    id: OPAQUE,
    cursor: OPAQUE,
    engagement: ["service-attendance:F"],
    "*": ["service-needs:F"],
  },
  // Of the agency as a whole, to those who may ask where its feed stands.
  FeedStatus: { "*": OPAQUE },
  // A hold says nothing but that it stands.
  HoldPayload: { "*": outcomeOf("placeHold") },
  Hold: { "*": outcomeOf("placeHold") },
  HoldFault: { "*": outcomeOf("placeHold") },

  // The directory of providers is public.
  Provider: { "*": OPAQUE },
  Need: { "*": ["service-needs:F"] },
  ReferralPage: { "*": ["service-needs:F"] },
  Referral: { "*": ["service-needs:F"] },
  Engagement: { "*": ["service-attendance:F"] },
  HelpPromise: { "*": ["promises:F", "promises:O"] },
  EngagementCounts: { "*": ["service-attendance:A"] },
  EngagementServiceCount: { "*": ["service-attendance:A"] },
  RecordEngagementPayload: { engagement: ["service-attendance:F"], "*": outcomeOf("recordEngagement") },
  RecordEngagementProblem: { "*": outcomeOf("recordEngagement") },
};

export type Verdict = "yes" | "under a release" | "no";

/** What the table says of one field to one role; undefined for a field that nobody wrote down. */
export function holdsOf(type: string, field: string): Holds | undefined {
  const fields = Object.hasOwn(FIELDS, type) ? FIELDS[type]! : {};
  return Object.hasOwn(fields, field) ? fields[field] : fields["*"];
}

/** Ways are open to those for whom there is something at their end. */
const ENDS: Readonly<Record<string, readonly string[]>> = {
  "Query.person": ["Person"],
  "Query.persons": ["Person"],
  PersonPage: ["Person"],
  "Query.case": ["Case"],
  "Case.person": ["Case"],
  "Case.victim": ["Victim"],
  "Person.cases": ["Case"],
  "Person.incidents": ["Incident"],
  ...Object.fromEntries(
    ["ArrestAlert", "CustodyChange", "LevelChange", "OrderChange", "ContactUpdate", "AlertEscalation"].map(
      (event) => [`${event}.cases`, ["Case"]],
    ),
  ),
};

/** Fields of another agency do not open a way of law enforcement. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  ...[
    "needs",
    "needsToPassOn",
    "referrals",
    "engagement",
    "serviceStanding",
    "engaged",
    "redisclosureNotice",
  ].map((field) => `Person.${field}`),
  "Person.helpPromises",
  ...["client", "clientContact", "outreach", "riskAssessments", "safetyPlan", "releases"].map(
    (field) => `Case.${field}`,
  ),
]);

function atTheEnd(coordinate: string, role: Role, open: readonly string[]): Verdict {
  const [type] = coordinate.split(".") as [string];
  const ends = ENDS[coordinate] ?? ENDS[type];
  if (!ends) throw new Error(`Nobody wrote down where the way ${coordinate} leads.`);
  if (open.includes(coordinate)) return "no";
  const found = ends.flatMap((end) =>
    Object.keys(FIELDS[end]!)
      .map((field) => (field === "*" ? `${end}.any` : `${end}.${field}`))
      .filter((inner) => !ELSEWHERE.has(inner))
      .map((inner) =>
        holdsOfCoordinate(inner) === OPAQUE ? "no" : verdictOf(inner, role, [...open, coordinate]),
      ),
  );
  return found.includes("yes") ? "yes" : "no";
}

function holdsOfCoordinate(coordinate: string): Holds | undefined {
  const [type, field] = coordinate.split(".") as [string, string];
  return holdsOf(type, field);
}

/**
 * What the table says to this role of one field (`Type.field`), rows apart. A field that nobody wrote down is nobody's.
 */
export function verdictOf(coordinate: string, role: Role, open: readonly string[] = []): Verdict {
  const holds = holdsOfCoordinate(coordinate);
  if (holds === undefined) return "no";
  if (holds === OPAQUE) return "yes";
  if (holds === WAY) return atTheEnd(coordinate, role, open);
  const verdicts = holds.map((one): Verdict => {
    if (!one.startsWith("may ")) return sightOf(role, one as Sight);
    return (DOERS[one.slice("may ".length)] ?? []).includes(role) ? "yes" : "no";
  });
  return verdicts.includes("yes") ? "yes" : verdicts.includes("under a release") ? "under a release" : "no";
}
