import type { Proposal } from "./level";
import { compareLevels, type Level } from "./tier-rules";

/** The level in force, and the facts it was confirmed on. */
export interface ConfirmedLevel {
  readonly level: Level | null;
  readonly factIds: readonly string[];
}

/** What a new proposal means for a confirmed level. */
export interface LevelReview {
  /** "raise": propose the higher level. "review": a person looks; the level stands. "same": nothing to do. */
  readonly outcome: "raise" | "same" | "review";
  /** Why a person has to look; filled beside "raise" too, when the confirmed level lost a fact at the same time. */
  readonly reasons: readonly {
    readonly code: ReviewReason;
    readonly factIds: readonly string[];
  }[];
}

export const REVIEW_REASONS = ["LOWER_PROPOSAL", "FACT_NO_LONGER_COUNTS", "FACT_HELD", "FACT_GONE"] as const;
/** FACT_GONE: a fact that the level rests on is not in his records any more. */
export type ReviewReason = (typeof REVIEW_REASONS)[number];

/**
 * Compares a confirmed level with a new proposal. A level is never lowered here, whatever the proposal says: a lower
 * proposal opens a review, and so does a fact that the confirmed level rests on and that was since dismissed, acquitted,
 * found unfounded, taken from his records, or held and counts nowhere any more (L9). A
 * fact that only left its look-back opens none by itself: it shows as a lower proposal, or changes nothing.
 * Source: NNSC issue brief has no rule for moving down; the programme's is a recorded panel decision.
 */
export function reviewOf(
  confirmed: ConfirmedLevel,
  proposal: Pick<Proposal, "level" | "fired" | "heldForReview" | "notCounted">,
  /** Every fact that is recorded of him now. */
  recorded: ReadonlySet<string>,
): LevelReview {
  const restsOn = new Set(confirmed.factIds);
  const lost = (entries: readonly { factId: string }[]): readonly string[] =>
    [...new Set(entries.map((entry) => entry.factId))].filter((id) => restsOn.has(id)).sort();
  const gone = lost(proposal.notCounted);
  // A charge whose weapon code cannot be read is held for that, and still counts as a charge.
  const counting = new Set(proposal.fired.flatMap((one) => one.factIds));
  const held = lost(proposal.heldForReview.filter((one) => !counting.has(one.factId)));

  const difference = compareLevels(proposal.level, confirmed.level);
  const reasons: LevelReview["reasons"][number][] = [];
  if (difference < 0) reasons.push({ code: "LOWER_PROPOSAL", factIds: [] });
  if (gone.length > 0) reasons.push({ code: "FACT_NO_LONGER_COUNTS", factIds: gone });
  if (held.length > 0) reasons.push({ code: "FACT_HELD", factIds: held });
  const vanished = [...restsOn].filter((id) => !recorded.has(id)).sort();
  if (vanished.length > 0) reasons.push({ code: "FACT_GONE", factIds: vanished });
  if (difference > 0) return { outcome: "raise", reasons };
  return { outcome: reasons.length > 0 ? "review" : "same", reasons };
}

/** A review that a panel has ended: what it had before it. */
export interface DecidedReview {
  readonly proposedLevel: Level | null;
  readonly reasons: LevelReview["reasons"];
}

/**
 * What of a review no panel has looked at yet: a lower proposal at another level than those decided on, and facts that
 * none of them lost. A panel is not asked the same question twice.
 */
export function notYetDecided(
  review: LevelReview,
  proposed: Level | null,
  decided: readonly DecidedReview[],
): LevelReview["reasons"] {
  const known = (code: ReviewReason) =>
    new Set(
      decided.flatMap(({ reasons }) =>
        reasons.filter((one) => one.code === code).flatMap((one) => one.factIds),
      ),
    );
  return review.reasons.flatMap(({ code, factIds }): LevelReview["reasons"] => {
    if (code === "LOWER_PROPOSAL")
      return decided.some(({ proposedLevel }) => proposedLevel === proposed) ? [] : [{ code, factIds }];
    const before = known(code);
    const fresh = factIds.filter((id) => !before.has(id));
    return fresh.length > 0 ? [{ code, factIds: fresh }] : [];
  });
}
