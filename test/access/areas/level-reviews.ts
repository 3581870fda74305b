import { OPAQUE, outcomeOf, type Area } from "../holds";

const REASONS = ["tier-reasons:F"] as const;
const DECIDED = ["tier-reasons:F", "may Mutation.decideReview"] as const;
const NOBODY = "00000000-0000-4000-8000-000000000000";

/** A review, and what a panel made of it, is about the reasons of a level; a panel's decision is recorded by coordinators. */
export const LEVEL_REVIEWS: Area = {
  doers: { "Mutation.decideReview": ["coordinator"], "Mutation.moveLevelDown": ["coordinator"] },
  fields: {
    Query: { levelReviews: REASONS },
    Mutation: { decideReview: outcomeOf("decideReview"), moveLevelDown: outcomeOf("moveLevelDown") },
    Person: { levelReviews: REASONS },
    LevelReviewPage: { "*": REASONS },
    LevelReview: { id: OPAQUE, "*": REASONS },
    LevelReviewReason: { "*": REASONS },
    PanelDecision: { id: OPAQUE, "*": DECIDED },
    PanelVote: { "*": DECIDED },
    PanelResult: { "*": outcomeOf("decideReview") },
  },
  given: ({ hidden }, _role, well) => {
    const told = (
      number: number,
    ) => `key: "00000000-0000-4000-8000-0000000${well ? 7 : 8}0${number}00", expects: C,
      level: D, note: "n", decidedAt: "${new Date().toISOString()}"`;
    // The votes are against it, so that his level stays what it is.
    const votes = `votes: [{ agency: "metro-police", subject: "a", vote: AGAINST },
      { agency: "metro-police", subject: "b", vote: AGAINST }, { agency: "county-prosecutor", subject: "c", vote: ABSTAIN }]`;
    return {
      "Query.levelReviews": "(first: 9, ended: true)",
      "Mutation.decideReview": `(input: { ${told(1)}, ${votes}, reviewId: "${well ? hidden.reviewId : NOBODY}" })`,
      "Mutation.moveLevelDown": `(input: { ${told(2)}, votes: [], personId: "${NOBODY}" })`,
    };
  },
};
