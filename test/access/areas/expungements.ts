import { outcomeOf, type Area } from "../holds";
import { EXPUNGED_ARREST } from "../world-protocol";

const EXPUNGE = outcomeOf("recordExpungement");
const NOBODY = "00000000-0000-4000-8000-000000000000";

/** That something was expunged is for the keeper of the partnership's records alone. */
export const EXPUNGEMENTS: Area = {
  doers: { "Mutation.recordExpungement": ["coordinator"] },
  fields: {
    Query: { expungements: EXPUNGE },
    Mutation: { recordExpungement: EXPUNGE },
    ExpungementPage: { "*": EXPUNGE },
    Expungement: { "*": EXPUNGE },
    ExpungementResult: { "*": EXPUNGE },
  },
  given: (_world, _role, well) => ({
    "Query.expungements": "(first: 9)",
    "Mutation.recordExpungement": `(input: { key: "00000000-0000-4000-8000-0000000${well ? 9 : 8}1900", arrestIds: ["${well ? EXPUNGED_ARREST : NOBODY}"],
      court: "c", orderNumber: "1", orderedOn: "2026-02-01" })`,
  }),
};
