import type { ActionScope } from "../../../policy/actions";
import type { Scope } from "../../../policy/matrix";
import { accessLogRows } from "../../../platform/access-record/access-log-types";
import { FEED_STATUS_POLICY } from "../../../platform/subgraph/feed-status-policy";
import { CONFERENCE_COORDINATES } from "./conference-coordinates";
import { HELP_POLICY } from "./help-coordinates";
import type { PolicyTable } from "../../../platform/policy/policy-table";

const NEEDS = ["service-needs:F", "service-needs:R"] as const;
/** To those alone who need no release: of the others, an event would tell that there is something. */
const UPDATES = ["service-needs:F"] as const;
const ATTENDANCE = ["service-attendance:F", "service-attendance:R"] as const;
const STANDING = ["service-needs:L14", "service-attendance:L14"] as const;
const PROMISES = ["promises:F", "promises:O"] as const;
const FIGURES = ["service-attendance:A"] as const;
const ANY_FIGURE = ["service-needs:A", "service-attendance:A", "promises:A"] as const;
const CONFLICT = ["act:record-provider-conflict"] as const;
const RECORD_ENGAGEMENT = ["act:record-engagement"] as const;

const ACCESS_LOG = ["access-log:O", "access-log:F"] as const;

/** What every field of the services schema asks of a caller; R cells open only under a live release. */
export const SERVICES_POLICY: PolicyTable<Scope | ActionScope> = {
  "Query.servicesAccessLog": ACCESS_LOG,
  ...accessLogRows(ACCESS_LOG, ["access-log:F"]),

  ...HELP_POLICY,
  ...CONFERENCE_COORDINATES,

  "Query.myReferrals": ["service-needs:F"],
  "Query.engagementCounts": FIGURES,
  "Mutation.recordEngagement": RECORD_ENGAGEMENT,

  "ReferralPage.referrals": ["service-needs:F"],
  "ReferralPage.endCursor": ["service-needs:F"],
  "ReferralPage.hasNextPage": ["service-needs:F"],

  "Person.id": "authenticated",
  "Person.visible": "authenticated",
  "Person.needs": NEEDS,
  "Person.needsToPassOn": ["service-needs:L15"],
  "Person.referrals": NEEDS,
  "Person.engagement": ATTENDANCE,
  "Person.serviceStanding": STANDING,
  "Person.engaged": ["service-attendance:L16"],
  "Person.redisclosureNotice": [...STANDING, "service-attendance:L16"],
  "Person.helpPromises": PROMISES,

  "Referral.id": NEEDS,
  "Referral.person": NEEDS,
  "Referral.provider": NEEDS,
  "Referral.service": NEEDS,
  "Referral.state": NEEDS,
  "Referral.consentedAt": NEEDS,
  "Referral.referredAt": NEEDS,
  "Referral.partnersMayKnow": NEEDS,
  "Referral.answeredAt": NEEDS,
  "Referral.closedAt": NEEDS,
  "Referral.part2Consents": NEEDS,
  "Referral.redisclosureNotice": NEEDS,

  "Engagement.id": ATTENDANCE,
  "Engagement.service": ATTENDANCE,
  "Engagement.attendedOn": ATTENDANCE,
  "Engagement.attended": ATTENDANCE,
  "Engagement.redisclosureNotice": ATTENDANCE,

  "EngagementCounts.byService": FIGURES,
  "EngagementCounts.total": FIGURES,
  "EngagementCounts.suppressedBelow": FIGURES,
  "EngagementServiceCount.service": FIGURES,
  "EngagementServiceCount.persons": FIGURES,

  "Query.servicesFigures": ANY_FIGURE,
  "ServicesFigures.needs": ["service-needs:A"],
  "ServicesFigures.referrals": ["service-attendance:A"],
  "ServicesFigures.helpPromises": ["promises:A"],
  "ServicesFigure.rows": ANY_FIGURE,
  "ServicesFigure.suppressedBelow": ANY_FIGURE,
  "ServicesFigure.asOf": ANY_FIGURE,
  "ServicesFigureRow.labels": ANY_FIGURE,
  "ServicesFigureRow.count": ANY_FIGURE,

  // Conflicts are no element of the matrix: who may record one may read it, and nobody else.
  "Query.providerConflicts": CONFLICT,
  "Mutation.recordProviderConflict": CONFLICT,
  "Mutation.endProviderConflict": CONFLICT,
  "ProviderConflictPage.conflicts": CONFLICT,
  "ProviderConflictPage.endCursor": CONFLICT,
  "ProviderConflictPage.hasNextPage": CONFLICT,
  "ProviderConflictResult.conflict": CONFLICT,
  "ProviderConflictResult.problem": CONFLICT,
  "ProviderConflict.id": CONFLICT,
  "ProviderConflict.subject": CONFLICT,
  "ProviderConflict.personId": CONFLICT,
  "ProviderConflict.why": CONFLICT,
  "ProviderConflict.recordedBy": CONFLICT,
  "ProviderConflict.recordedAt": CONFLICT,
  "ProviderConflict.endedAt": CONFLICT,

  "Subscription.referralUpdates": UPDATES,
  "ReferralUpdate.id": "authenticated",
  "ReferralUpdate.cursor": "authenticated",
  "ReferralUpdate.occurredAt": UPDATES,
  "ReferralUpdate.recordedAt": UPDATES,
  "ReferralUpdate.historic": UPDATES,
  "ReferralUpdate.provenance": UPDATES,
  "ReferralUpdate.person": UPDATES,
  "ReferralUpdate.referral": UPDATES,
  "ReferralUpdate.engagement": ["service-attendance:F"],
  "Query.servicesFeed": UPDATES,
  "Subscription.servicesFeedAlerts": UPDATES,
  ...FEED_STATUS_POLICY,

  "RecordEngagementResult.engagement": ATTENDANCE,
  "RecordEngagementResult.problem": RECORD_ENGAGEMENT,
};
