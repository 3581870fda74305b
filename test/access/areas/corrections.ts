import { OPAQUE, outcomeOf, type Area } from "../holds";

const CORRECTION = ["charges:F"] as const;
const CORRECTS = ["detective", "coordinator", "prosecutor"] as const;
const NOBODY = "00000000-0000-4000-8000-000000000000";

/** A correction says what was not his: it is asked as charges in full are, which incidents are too. */
export const CORRECTIONS: Area = {
  doers: { "Mutation.recordDisposition": CORRECTS, "Mutation.detachWrongPerson": CORRECTS },
  fields: {
    Mutation: {
      recordDisposition: outcomeOf("recordDisposition"),
      detachWrongPerson: outcomeOf("detachWrongPerson"),
    },
    Person: { corrections: CORRECTION },
    Correction: { id: OPAQUE, "*": CORRECTION },
    Consequence: { "*": CORRECTION },
    CorrectionResult: { "*": outcomeOf("recordDisposition") },
    ArrestAlert: { recalls: ["charges:F", "charges:L6"] },
  },
  // Of a charge that ended there is no incident to name.
  notByMutationOf: Object.fromEntries(CORRECTS.map((role) => [role, ["Correction.incidentId"]])),
  given: ({ hidden }, role, well) => {
    const key = (number: number) =>
      `key: "00000000-0000-4000-8000-0000000${well ? 9 : 8}1${number}00", why: "w"`;
    return {
      "Mutation.recordDisposition": `(input: { ${key(1)}, chargeId: "${(well && hidden.chargeIds[role]) || NOBODY}",
        expects: PENDING, disposition: DISMISSED, on: "2026-03-01" })`,
      "Mutation.detachWrongPerson": `(input: { ${key(2)}, personId: "${NOBODY}", incidentId: "${NOBODY}" })`,
    };
  },
};
