import { OPAQUE, outcomeOf, type Area } from "../holds";

const REVIEWS = outcomeOf("reviewBreach");

/** Breaches of the victim-first gate, and releases that were taken back. */
export const BREACHES: Area = {
  doers: {
    "Mutation.recordUnplannedBreach": ["detective", "coordinator"],
    "Mutation.recallContact": ["coordinator"],
    "Mutation.reviewBreach": ["coordinator"],
  },
  fields: {
    Query: { gateBreaches: REVIEWS },
    Mutation: {
      recordUnplannedBreach: outcomeOf("recordUnplannedBreach"),
      recallContact: outcomeOf("recallContact"),
      reviewBreach: REVIEWS,
    },
    Contact: { recallReason: ["contact-record:F"] },
    // Reports of breaches are no element of the table: who reviews them reads them.
    GateBreachPage: { "*": REVIEWS },
    GateBreach: { id: OPAQUE, "*": REVIEWS },
    ReviewBreachResult: { "*": REVIEWS },
  },
};
