import { all, OPAQUE, type Rows } from "./coordinate-rows";

/** A review, and what a panel made of it, is about the reasons of a level. */
const REASONS = ["tier-reasons:F"] as const;
const DECIDES = ["act:record-panel-decision"] as const;
/** Whoever records a decision is shown it. */
const DECIDED = ["tier-reasons:F", "act:record-panel-decision"] as const;

export const LEVEL_REVIEWS: Rows = {
  "Query.levelReviews": REASONS,
  ...all("LevelReviewPage", REASONS, ["reviews", "endCursor", "hasNextPage"]),
  "Person.levelReviews": REASONS,
  "LevelReview.id": OPAQUE,
  ...all("LevelReview", REASONS, [
    "proposedLevel",
    "reasons",
    "openedAt",
    "closedAt",
    "outcome",
    "person",
    "decision",
  ]),
  ...all("LevelReviewReason", REASONS, ["code", "factIds"]),
  "PanelDecision.id": OPAQUE,
  ...all("PanelDecision", DECIDED, [
    "fromLevel",
    "toLevel",
    "outcome",
    "note",
    "decidedAt",
    "recordedBy",
    "recordedAt",
  ]),
  ...all("PanelDecision", DECIDED, ["votes"]),
  ...all("PanelVote", DECIDED, ["agency", "subject", "vote"]),
  "Mutation.decideReview": DECIDES,
  "Mutation.moveLevelDown": DECIDES,
  ...all("PanelResult", DECIDES, ["decision", "level", "problem"]),
};
