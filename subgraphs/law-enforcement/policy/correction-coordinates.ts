import { all, OPAQUE, type Rows } from "./coordinate-rows";

/** A correction says what was not his and what it carried: it is asked as charges in full are, which incidents are too. */
const CORRECTION = ["charges:F"] as const;

export const CORRECTIONS: Rows = {
  "Person.corrections": CORRECTION,
  "Correction.id": OPAQUE,
  ...all("Correction", CORRECTION, [
    "kind",
    "incidentId",
    "chargeId",
    "why",
    "consequences",
    "recordedBy",
    "recordedAt",
  ]),
  ...all("Consequence", CORRECTION, ["ripple", "recordId"]),
  "Mutation.detachWrongPerson": ["act:record-correction"],
  "Mutation.recordDisposition": ["act:record-correction"],
  ...all("CorrectionResult", ["act:record-correction"], ["correction", "problem"]),
};
