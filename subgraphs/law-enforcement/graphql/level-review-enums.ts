import type { ReviewReason } from "../domain/level-review";
import type { VoteWord } from "../domain/panel";
import type { LevelReviewRow, PanelDecisionRow } from "../store/entities/level";
import { enumOf } from "./enums";

export const ReviewReasonEnum = enumOf<ReviewReason>(
  "LevelReviewCode",
  "Why a level is looked at again. FACT_HELD: a person has to look at the fact first. FACT_GONE: it was taken from his records.",
  { LOWER_PROPOSAL: true, FACT_NO_LONGER_COUNTS: true, FACT_HELD: true, FACT_GONE: true },
);

export const ReviewOutcome = enumOf<NonNullable<LevelReviewRow["outcome"]>>(
  "LevelReviewOutcome",
  "How a review ended. SUPERSEDED: a higher level was confirmed before a panel met.",
  { lowered: true, kept: true, superseded: true },
);

export const PanelOutcome = enumOf<PanelDecisionRow["outcome"]>("PanelOutcome", "What came of a vote.", {
  lowered: true,
  kept: true,
});

export const PanelVoteEnum = enumOf<VoteWord>("PanelVoteKind", "A member's vote.", {
  for: true,
  against: true,
  abstain: true,
});
