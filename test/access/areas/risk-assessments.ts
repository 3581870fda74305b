import { outcomeOf, type Area } from "../holds";

const RECORD = outcomeOf("recordRiskAssessment");
const RISK = ["advocate-risk:O"] as const;
const NOBODY = "00000000-0000-4000-8000-000000000000";
const ITEMS = [...Array.from({ length: 11 }, (_, index) => String(index + 1)), "belief"];

/** What advocates find of the danger in which a victim is, and by which instruments. */
export const RISK_ASSESSMENTS: Area = {
  doers: { "Mutation.recordRiskAssessment": ["advocate"] },
  fields: {
    Query: { riskInstruments: RECORD },
    Mutation: { recordRiskAssessment: RECORD },
    Case: { riskAssessments: RISK, highDangerFound: RISK, riskAssessmentHistory: RISK },
    RiskAssessment: { "*": RISK },
    RiskAnswer: { "*": RISK },
    RiskAssessmentPage: { "*": RISK },
    RiskInstrument: { "*": RECORD },
    RiskItem: { "*": RECORD },
    RiskAssessmentResult: { assessment: RISK, problem: RECORD },
  },
  elsewhere: ["riskAssessments", "highDangerFound", "riskAssessmentHistory"].map((field) => `Case.${field}`),
  // By a screen without a score, of which nothing was wrong.
  notByMutation: ["score", "band", "corrects", "correctedBy"].map((field) => `RiskAssessment.${field}`),
  given: ({ known }, _role, well) => ({
    "Query.riskInstruments": '(language: "es")',
    "Mutation.recordRiskAssessment": `(input: { key: "00000000-0000-4000-8000-0000000${well ? 7 : 8}1700",
      caseId: "${well ? known.caseIds[0] : NOBODY}", instrument: "lethality-screen", version: "1", note: "She asked twice.",
      answers: [${ITEMS.map((item) => `{ item: "${item}", answer: UNKNOWN }`).join(", ")}],
      assessedAt: "2026-03-01T10:00:00Z" })`,
  }),
};
