import { all, type Rows } from "./coordinate-rows";

/** That something was expunged is no element of the matrix: who records it keeps the record of it, and nobody else reads it. */
const EXPUNGE = ["act:record-expungement"] as const;

export const EXPUNGEMENTS: Rows = {
  "Query.expungements": EXPUNGE,
  "Mutation.recordExpungement": EXPUNGE,
  ...all("ExpungementPage", EXPUNGE, ["expungements", "endCursor", "hasNextPage"]),
  ...all("Expungement", EXPUNGE, ["id", "court", "orderNumber", "orderedOn", "recordedBy", "recordedAt"]),
  ...all("ExpungementResult", EXPUNGE, ["expungement", "problem"]),
};
