import { all, OPAQUE, type Rows } from "./coordinate-rows";

const REVIEWS = ["act:review-breach"] as const;

/** The reports of breaches of the gate are no element of the matrix: who reviews them reads them, and nobody else. */
export const GATE_BREACHES: Rows = {
  "Query.gateBreaches": REVIEWS,
  ...all("GateBreachPage", REVIEWS, ["breaches", "endCursor", "hasNextPage"]),
  "GateBreach.id": OPAQUE,
  ...all("GateBreach", REVIEWS, ["contact", "failed", "reportedBy", "reportedAt"]),
  ...all("GateBreach", REVIEWS, ["review", "reviewedBy", "reviewedAt"]),
  "Mutation.reviewBreach": REVIEWS,
  ...all("ReviewBreachResult", REVIEWS, ["breach", "problem"]),
};
