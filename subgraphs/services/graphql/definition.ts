import type { SubgraphDefinition } from "../../../platform/subgraph/subgraph-schema";
import { SERVICES_POLICY } from "../policy/coordinates";
import type { ServicesContext } from "./context";
import { AccessLogResolver } from "./access-log-resolver";
import { EngagementCountsResolver } from "./engagement-counts-resolver";
import { ServicesFiguresResolver } from "./figures";
import { MyReferralsResolver } from "./my-referrals-resolver";
import { Person } from "./person";
import { PersonResolver } from "./person-resolver";
import { ProviderConflictsResolver } from "./provider-conflicts";
import { ProviderResolver } from "./provider";
import { RecordEngagementResolver } from "./record-engagement";
import { ReferralResolver } from "./referral";
import { ReferralUpdates } from "./referral-updates";

/** The services subgraph: its classes and its policy. Needs no database. */
export function servicesDefinition(): SubgraphDefinition<ServicesContext> {
  return {
    resolvers: [
      AccessLogResolver,
      EngagementCountsResolver,
      MyReferralsResolver,
      PersonResolver,
      ProviderConflictsResolver,
      ProviderResolver,
      RecordEngagementResolver,
      ReferralResolver,
      ServicesFiguresResolver,
      ReferralUpdates,
    ],
    orphanedTypes: [Person],
    // Every id is answered alike, known or not: whether there is anything is each field's own matter.
    references: {
      Person: ({ id, visible }: { id: string; visible?: boolean }): Person => ({
        id,
        visible: visible === true,
      }),
    },
    policy: SERVICES_POLICY,
  };
}
