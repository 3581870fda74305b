import type { SubgraphDefinition } from "../../../platform/subgraph/subgraph-schema";
import { SERVICES_POLICY } from "../policy/coordinates";
import type { ServicesContext } from "./context";
import { AccessLogResolver } from "./access-log-resolver";
import { CapacityActsResolver } from "./capacity-acts";
import {
  Conference,
  ConferenceActionsResolver,
  PersonActionsResolver,
  ServicesActionResolver,
} from "./conference";
import { EngagementCountsResolver } from "./engagement-counts-resolver";
import { ServicesFiguresResolver } from "./figures";
import { HelpPromiseResolver } from "./help-promise";
import { MyReferralsResolver } from "./my-referrals-resolver";
import { NeedActsResolver } from "./need-acts";
import { Person } from "./person";
import { PersonResolver } from "./person-resolver";
import { PromiseActsResolver } from "./promise-acts";
import { ProviderConflictsResolver } from "./provider-conflicts";
import { ProviderResolver } from "./provider";
import { RecordEngagementResolver } from "./record-engagement";
import { ReferralResolver } from "./referral";
import { ReferralActsResolver } from "./referral-acts";
import { ServicesFeed } from "./feed-status";
import { ReferralUpdates } from "./referral-updates";
import { SmallHelpResolver } from "./small-help";
import { SmallHelpActsResolver } from "./small-help-acts";
import { VictimSideResolver } from "./victim-side";

/** The services subgraph: its classes and its policy. Needs no database. */
export function servicesDefinition(): SubgraphDefinition<ServicesContext> {
  return {
    resolvers: [
      AccessLogResolver,
      CapacityActsResolver,
      ConferenceActionsResolver,
      EngagementCountsResolver,
      HelpPromiseResolver,
      MyReferralsResolver,
      NeedActsResolver,
      PersonActionsResolver,
      PersonResolver,
      PromiseActsResolver,
      ProviderConflictsResolver,
      ProviderResolver,
      RecordEngagementResolver,
      ReferralActsResolver,
      ReferralResolver,
      ReferralUpdates,
      ServicesActionResolver,
      ServicesFiguresResolver,
      SmallHelpActsResolver,
      SmallHelpResolver,
      VictimSideResolver,
      ServicesFeed,
    ],
    orphanedTypes: [Conference, Person],
    // Every id is answered alike, known or not: whether there is anything is each field's own matter.
    references: {
      Conference: ({ id }: { id: string }): Conference => ({ id }),
      Person: ({ id, visible }: { id: string; visible?: boolean }): Person => ({
        id,
        visible: visible === true,
      }),
    },
    policy: SERVICES_POLICY,
  };
}
