import type { ActionScope } from "../../../policy/actions";
import type { Scope } from "../../../policy/matrix";
import type { PolicyTable } from "../../../platform/policy/policy-table";

const RISK = ["advocate-risk:O", "advocate-risk:R"] as const;
const RECORD = ["act:record-risk-assessment"] as const;

/** An instrument is for those who assess by it: most are licensed. What was found is its agency's, and a release's to open. */
export const RISK_ASSESSMENT_COORDINATES: PolicyTable<Scope | ActionScope> = {
  "Query.riskInstruments": RECORD,
  "Mutation.recordRiskAssessment": RECORD,

  "Case.riskAssessments": RISK,
  "Case.highDangerFound": RISK,
  "Case.riskAssessmentHistory": RISK,

  "RiskAssessmentPage.assessments": RISK,
  "RiskAssessmentPage.endCursor": RISK,
  "RiskAssessmentPage.hasNextPage": RISK,
  "RiskAssessment.id": RISK,
  "RiskAssessment.instrument": RISK,
  "RiskAssessment.instrumentVersion": RISK,
  "RiskAssessment.answers": RISK,
  "RiskAssessment.outcome": RISK,
  "RiskAssessment.score": RISK,
  "RiskAssessment.band": RISK,
  "RiskAssessment.note": RISK,
  "RiskAssessment.assessedAt": RISK,
  "RiskAssessment.assessedBy": RISK,
  "RiskAssessment.recordedAt": RISK,
  "RiskAssessment.outreachId": RISK,
  "RiskAssessment.corrects": RISK,
  "RiskAssessment.correctedBy": RISK,
  "RiskAnswer.item": RISK,
  "RiskAnswer.answer": RISK,

  "RiskInstrument.id": RECORD,
  "RiskInstrument.version": RECORD,
  "RiskInstrument.language": RECORD,
  "RiskInstrument.title": RECORD,
  "RiskInstrument.items": RECORD,
  "RiskItem.id": RECORD,
  "RiskItem.askedOf": RECORD,
  "RiskItem.text": RECORD,

  "RiskAssessmentResult.assessment": RISK,
  "RiskAssessmentResult.problem": RECORD,
};
