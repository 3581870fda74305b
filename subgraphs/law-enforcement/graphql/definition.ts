import { AgendaItemResolver, AgendaResolver } from "./agenda";
import { AssignCaseResolver } from "./assign-case";
import { ChangeConferenceResolver } from "./change-conference";
import {
  ConferenceDecisionResolver,
  ConferenceQueries,
  ConferenceResolver,
  JusticeActionResolver,
} from "./conferences";
import { ConferenceUpdates } from "./events/conference-updates";
import "reflect-metadata";
import type { SubgraphDefinition } from "../../../platform/subgraph/subgraph-schema";
import { lawEnforcementPolicy } from "../policy/coordinates";
import { AccessLogResolver } from "./access-log";
import { AlertResolver } from "./alerts";
import { BreakGlassResolver } from "./break-glass";
import { CallInResolver } from "./call-ins";
import { CaseResolver, PersonCasesResolver } from "./cases";
import { ChangeCallInResolver } from "./change-call-in";
import { ChangeContactResolver } from "./change-contact";
import { ChangeLevelResolver } from "./change-level";
import { ChangeLeverResolver } from "./change-lever";
import { ChangePromiseResolver } from "./change-promise";
import { PersonChargesResolver } from "./charges";
import { CompartmentResolver } from "./compartments";
import { PersonConditionsResolver } from "./conditions";
import { ConfirmLevelMutation } from "./confirm-level";
import { ConflictResolver } from "./conflicts";
import { ContactResolver, PersonContactsResolver } from "./contacts";
import type { LawEnforcementContext } from "./context";
import { PersonCustodyResolver } from "./custody";
import { JusticeFiguresResolver } from "./figures";
import { AlertEscalations } from "./events/alert-escalations";
import { ArrestAlerts } from "./events/arrest-alerts";
import { ContactUpdates } from "./events/contact-updates";
import { CustodyChanges } from "./events/custody-changes";
import { LawEnforcementFeed } from "./events/feed-status";
import { LevelChanges } from "./events/level-changes";
import { OrderChanges } from "./events/order-changes";
import { GateBreachResolver } from "./gate-breaches";
import { ChangeLetterResolver } from "./change-letter";
import { PersonIdentityResolver } from "./identity";
import { IncidentReviewResolver } from "./incident-reviews";
import { IncidentResolver, OffenceWeaponsResolver, PersonIncidentsResolver } from "./incidents";
import { LevelProposalPerson, PersonLevelResolver } from "./level";
import { LevelQueries } from "./level-queue";
import { ReferralAgreementsResolver } from "./referral-agreements";
import { LevelReviewResolver, PanelVotesResolver, PersonReviewsResolver } from "./level-reviews";
import { ExpungementResolver } from "./expungements";
import { CorrectionResolver, LetterMarkResolver, PersonCorrectionsResolver } from "./corrections";
import { PersonLeversResolver } from "./levers";
import { ExposureLetterResolver, PersonLettersResolver } from "./letters";
import { OrderViolationsResolver, PersonOrdersResolver } from "./orders";
import { CaseOutreachResolver, LethalityAnswersResolver } from "./outreach";
import { PersonQueries } from "./person-queries";
import { OverduePromisesResolver, PromiseOverdueResolver } from "./overdue-promises";
import { PersonPromisesResolver } from "./promises";
import { PersonVisibleResolver } from "./person-visible";
import { VictimResolver } from "./victim";
import { VictimGateResolver } from "./victim-gate";

/** The law-enforcement subgraph: its classes, its policy, and how a reference becomes an entity. Needs no database. */
export function lawEnforcementDefinition(): SubgraphDefinition<LawEnforcementContext> {
  return {
    resolvers: [
      AccessLogResolver,
      PersonQueries,
      LevelQueries,
      JusticeFiguresResolver,
      IncidentReviewResolver,
      ConfirmLevelMutation,
      ConflictResolver,
      CompartmentResolver,
      AlertResolver,
      ConferenceQueries,
      ConferenceResolver,
      ConferenceDecisionResolver,
      JusticeActionResolver,
      AgendaResolver,
      AgendaItemResolver,
      ChangeConferenceResolver,
      AssignCaseResolver,
      BreakGlassResolver,
      PersonIdentityResolver,
      PersonLevelResolver,
      LevelProposalPerson,
      PersonChargesResolver,
      PersonCustodyResolver,
      PersonConditionsResolver,
      PersonOrdersResolver,
      OrderViolationsResolver,
      PersonIncidentsResolver,
      IncidentResolver,
      OffenceWeaponsResolver,
      PersonContactsResolver,
      LetterMarkResolver,
      PersonCorrectionsResolver,
      CorrectionResolver,
      ExpungementResolver,
      ContactResolver,
      ChangeContactResolver,
      GateBreachResolver,
      PersonLettersResolver,
      ExposureLetterResolver,
      ChangeLetterResolver,
      CallInResolver,
      ChangeCallInResolver,
      VictimGateResolver,
      ReferralAgreementsResolver,
      LevelReviewResolver,
      PanelVotesResolver,
      PersonReviewsResolver,
      ChangeLevelResolver,
      PersonLeversResolver,
      ChangeLeverResolver,
      PersonPromisesResolver,
      PromiseOverdueResolver,
      OverduePromisesResolver,
      ChangePromiseResolver,
      PersonVisibleResolver,
      PersonCasesResolver,
      CaseResolver,
      CaseOutreachResolver,
      LethalityAnswersResolver,
      VictimResolver,
      ArrestAlerts,
      CustodyChanges,
      LevelChanges,
      OrderChanges,
      ContactUpdates,
      AlertEscalations,
      ConferenceUpdates,
      LawEnforcementFeed,
    ],
    orphanedTypes: [],
    // The same loaders as the queries': a reference is answered by the same row rules.
    references: {
      Person: ({ id }, { loaders }) => loaders.person.load(id),
      Case: ({ id }, { loaders }) => loaders.case.load(id),
      Conference: ({ id }, { loaders }) => loaders.conference.load(id),
      Contact: ({ id }, { loaders }) => loaders.contact.load(id),
    },
    policy: lawEnforcementPolicy,
  };
}
