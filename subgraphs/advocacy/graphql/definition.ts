import type { SubgraphDefinition } from "../../../platform/subgraph/subgraph-schema";
import { ADVOCACY_POLICY } from "../policy/coordinates";
import { AccessLogResolver } from "./access-log-resolver";
import { Case } from "./case";
import { AgencyConflictsResolver } from "./agency-conflicts";
import { CaseResolver } from "./case-resolver";
import { CaseRiskResolver } from "./case-risk";
import { CaseloadResolver } from "./caseload-resolver";
import type { AdvocacyContext } from "./context";
import { AdvocacyActionResolver, Conference, ConferenceActionsResolver } from "./conference";
import { Contact, ContactHoldResolver } from "./contact";
import { AdvocacyFiguresResolver } from "./figures";
import { HoldResolver } from "./holds";
import { OutreachCountsResolver } from "./outreach-counts-resolver";
import { OutreachTaskResolver } from "./outreach-tasks";
import { CaseLettersResolver, VictimLetterFileResolver } from "./victim-letters";
import { ChangeVictimLetterResolver } from "./change-victim-letter";
import { SafeContactResolver } from "./safe-contact";
import { RecordOutreachResolver } from "./record-outreach";
import { ChangeReleaseResolver } from "./record-release";
import { RiskAssessmentResolver } from "./record-risk-assessment";
import { ReleasesNamingMeResolver } from "./releases-naming-me";

/** The advocacy subgraph: its classes and its policy. Needs no database. */
export function advocacyDefinition(): SubgraphDefinition<AdvocacyContext> {
  return {
    resolvers: [
      AccessLogResolver,
      AgencyConflictsResolver,
      CaseResolver,
      CaseRiskResolver,
      RiskAssessmentResolver,
      CaseloadResolver,
      AdvocacyFiguresResolver,
      OutreachCountsResolver,
      RecordOutreachResolver,
      SafeContactResolver,
      OutreachTaskResolver,
      CaseLettersResolver,
      VictimLetterFileResolver,
      ChangeVictimLetterResolver,
      HoldResolver,
      ContactHoldResolver,
      ConferenceActionsResolver,
      AdvocacyActionResolver,
      ChangeReleaseResolver,
      ReleasesNamingMeResolver,
    ],
    orphanedTypes: [Case, Conference, Contact],
    references: {
      // Every id is answered alike, known or not: whether there is anything is each field's own matter.
      Case: ({ id, assignedAgency }: { id: string; assignedAgency?: string | null }): Case => ({
        id,
        assignedAgency: assignedAgency ?? null,
      }),
      Conference: ({ id }: { id: string }): Conference => ({ id }),
      Contact: ({ id }: { id: string }): Contact => ({ id }),
    },
    policy: ADVOCACY_POLICY,
  };
}
