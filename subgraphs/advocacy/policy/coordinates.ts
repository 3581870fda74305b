import type { ActionScope } from "../../../policy/actions";
import type { Scope } from "../../../policy/matrix";
import { accessLogRows } from "../../../platform/access-record/access-log-types";
import type { PolicyTable } from "../../../platform/policy/policy-table";
import { CONFERENCE_COORDINATES } from "./conference-coordinates";
import { OUTREACH_TASK_COORDINATES } from "./outreach-task-coordinates";
import { VICTIM_LETTER_COORDINATES } from "./victim-letter-coordinates";
import { RISK_ASSESSMENT_COORDINATES } from "./risk-assessment-coordinates";
import { SAFE_CONTACT_COORDINATES } from "./safe-contact-coordinates";

const CLIENT = ["client:O", "client:R"] as const;
const CONTACT = ["client-contact:O", "client-contact:R"] as const;
const PLAN = ["safety-plan:O"] as const;
const OUTREACH = ["outreach-advocacy:O", "outreach-advocacy:R"] as const;
const FIGURES = ["outreach-advocacy:A"] as const;
const ANY_FIGURE = ["client:A", "advocate-risk:A"] as const;
const RELEASES = ["releases:O"] as const;
const NAMING = ["releases:N"] as const;
const RECORD_RELEASE = ["act:record-release"] as const;
const REVOKE_RELEASE = ["act:revoke-release"] as const;
const CHANGE_RELEASE = ["act:record-release", "act:revoke-release"] as const;
const CONFLICT = ["act:record-agency-conflict"] as const;
const HOLD = ["act:place-hold"] as const;
const RECORD_OUTREACH = ["act:record-outreach"] as const;

const ACCESS_LOG = ["access-log:O", "access-log:F"] as const;

/** What every field of the advocacy schema asks of a caller; R cells open only under a live release. */
export const ADVOCACY_POLICY: PolicyTable<Scope | ActionScope> = {
  "Query.advocacyAccessLog": ACCESS_LOG,
  ...accessLogRows(ACCESS_LOG, ["access-log:F"]),

  ...SAFE_CONTACT_COORDINATES,
  ...CONFERENCE_COORDINATES,
  ...OUTREACH_TASK_COORDINATES,
  ...VICTIM_LETTER_COORDINATES,
  ...RISK_ASSESSMENT_COORDINATES,

  "Query.myCaseload": ["outreach-advocacy:O"],
  "Query.outreachCounts": FIGURES,
  "Query.releasesNamingMe": NAMING,
  "Mutation.recordOutreach": RECORD_OUTREACH,
  "Mutation.recordRelease": RECORD_RELEASE,
  "Mutation.revokeRelease": REVOKE_RELEASE,
  "Mutation.placeHold": HOLD,
  "Mutation.withdrawHold": HOLD,

  "CaseloadPage.cases": ["outreach-advocacy:O"],
  "CaseloadPage.endCursor": ["outreach-advocacy:O"],
  "CaseloadPage.hasNextPage": ["outreach-advocacy:O"],

  "Case.id": "authenticated",
  "Case.assignedAgency": "authenticated",
  "Case.client": CLIENT,
  "Case.clientContact": CONTACT,
  "Case.outreach": OUTREACH,
  "Case.safetyPlan": PLAN,
  "Case.releases": RELEASES,

  "Client.id": CLIENT,
  "Client.registeredAt": CLIENT,

  "ClientContact.preferredName": CONTACT,
  "ClientContact.phone": CONTACT,
  "ClientContact.address": CONTACT,

  "Outreach.id": OUTREACH,
  "Outreach.kind": OUTREACH,
  "Outreach.outcome": OUTREACH,
  "Outreach.madeAt": OUTREACH,
  "Outreach.madeBy": OUTREACH,
  "Outreach.note": OUTREACH,
  "Outreach.againstSafeContact": OUTREACH,

  "Release.id": RELEASES,
  "Release.recipientAgency": RELEASES,
  "Release.recipientSubject": RELEASES,
  "Release.recipientName": RELEASES,
  "Release.elements": RELEASES,
  "Release.purpose": RELEASES,
  "Release.startsAt": RELEASES,
  "Release.expiresAt": RELEASES,
  "Release.revokedAt": RELEASES,
  "Release.revokedBy": RELEASES,
  "Release.language": RELEASES,
  "Release.explainedBy": RELEASES,
  "Release.signedCopy": RELEASES,
  "Release.recordedAt": RELEASES,
  "Release.recordedBy": RELEASES,

  "ReleasesNamingMePage.releases": NAMING,
  "ReleasesNamingMePage.endCursor": NAMING,
  "ReleasesNamingMePage.hasNextPage": NAMING,
  "ReleaseNamingMe.case": NAMING,
  "ReleaseNamingMe.discloser": NAMING,
  "ReleaseNamingMe.elements": NAMING,
  "ReleaseNamingMe.startsAt": NAMING,
  "ReleaseNamingMe.expiresAt": NAMING,

  "SafetyPlan.text": PLAN,
  "SafetyPlan.updatedAt": PLAN,

  "OutreachCounts.byKind": FIGURES,
  "OutreachCounts.total": FIGURES,
  "OutreachCounts.suppressedBelow": FIGURES,
  "OutreachKindCount.kind": FIGURES,
  "OutreachKindCount.cases": FIGURES,

  "Query.advocacyFigures": ANY_FIGURE,
  "AdvocacyFigures.clients": ["client:A"],
  "AdvocacyFigures.riskBands": ["advocate-risk:A"],
  "AdvocacyFigure.rows": ANY_FIGURE,
  "AdvocacyFigure.suppressedBelow": ANY_FIGURE,
  "AdvocacyFigure.asOf": ANY_FIGURE,
  "AdvocacyFigureRow.labels": ANY_FIGURE,
  "AdvocacyFigureRow.count": ANY_FIGURE,

  // Conflicts are no element of the matrix: who may record one may read it, and nobody else.
  "Query.agencyConflicts": CONFLICT,
  "Mutation.recordAgencyConflict": CONFLICT,
  "Mutation.endAgencyConflict": CONFLICT,
  "AgencyConflictPage.conflicts": CONFLICT,
  "AgencyConflictPage.endCursor": CONFLICT,
  "AgencyConflictPage.hasNextPage": CONFLICT,
  "AgencyConflictResult.conflict": CONFLICT,
  "AgencyConflictResult.problem": CONFLICT,
  "AgencyConflict.id": CONFLICT,
  "AgencyConflict.agency": CONFLICT,
  "AgencyConflict.subject": CONFLICT,
  "AgencyConflict.caseId": CONFLICT,
  "AgencyConflict.why": CONFLICT,
  "AgencyConflict.recordedBy": CONFLICT,
  "AgencyConflict.recordedAt": CONFLICT,
  "AgencyConflict.endedAt": CONFLICT,

  "RecordOutreachResult.outreach": OUTREACH,
  "RecordOutreachResult.problem": RECORD_OUTREACH,

  "HoldResult.holds": HOLD,
  "HoldResult.problem": HOLD,
  "Hold.id": HOLD,
  "Hold.contactId": HOLD,
  "Hold.placedBy": HOLD,
  "Hold.placedAt": HOLD,
  "Hold.expiresAt": HOLD,
  "Hold.withdrawnAt": HOLD,

  "ReleaseResult.release": RELEASES,
  "ReleaseResult.problem": CHANGE_RELEASE,
  "ReleaseResult.field": CHANGE_RELEASE,
};
