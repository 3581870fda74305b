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
    readonly code: "LOWER_PROPOSAL" | "FACT_NO_LONGER_COUNTS" | "FACT_HELD";
    readonly factIds: readonly string[];
  }[];
}

/**
 * Compares a confirmed level with a new proposal. A level is never lowered here, whatever the proposal says: a lower
 * proposal opens a review, and so does a fact that the confirmed level rests on and that was since dismissed, acquitted,
 * found unfounded, or held and counts nowhere any more (L9). A
 * fact that only left its look-back opens none by itself: it shows as a lower proposal, or changes nothing.
 * Source: NNSC issue brief has no rule for moving down; the programme's is a recorded panel decision.
 */
export function reviewOf(
  confirmed: ConfirmedLevel,
  proposal: Pick<Proposal, "level" | "fired" | "heldForReview" | "notCounted">,
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
  if (difference > 0) return { outcome: "raise", reasons };
  return { outcome: reasons.length > 0 ? "review" : "same", reasons };
}
