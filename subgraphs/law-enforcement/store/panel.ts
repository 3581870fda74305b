import { IsNull, type EntityManager } from "typeorm";
import { isAheadOf } from "../domain/contact-form";
import { decidePanel, type PanelRefusal, type PanelRules, type Vote } from "../domain/panel";
import { accept, refuse, type Result } from "../domain/result";
import type { Level } from "../domain/tier-rules";
import { afterLast } from "./confirm-level";
import { holdPerson, type Deed, type StaleRefusal } from "./contacts";
import {
  LevelConfirmationRow,
  LevelProposalRow,
  LevelReviewRow,
  PanelDecisionRow,
  PanelVoteRow,
} from "./entities/level";
import { closeReview } from "./level-reviews";
import { latestLevels } from "./levels";

/** A panel's decision as somebody records it. */
export interface PanelDecisionToRecord {
  readonly personId: string;
  /** The level in force that the panel had before it. */
  readonly expects: Level | null;
  /** The level that was asked for; null: none any more. */
  readonly to: Level | null;
  readonly votes: readonly Vote[];
  /** Why, in words. */
  readonly note: string;
  readonly decidedAt: Date;
  /** The review that it ends; null: nobody had opened one. */
  readonly reviewId: string | null;
}

export type PanelProblem =
  StaleRefusal | PanelRefusal | "MEMBER_IN_CONFLICT" | "IN_THE_FUTURE" | "BEFORE_THE_LEVEL";

/** True when somebody who voted is cut off from the person, or from a case of his, by a live conflict. */
async function votesInConflict(
  manager: EntityManager,
  personId: string,
  votes: readonly Vote[],
): Promise<boolean> {
  const found: unknown[] = await manager.query(
    `SELECT FROM conflict_of_interest conflict
       JOIN jsonb_to_recordset($2::jsonb) AS voted (agency text, subject text)
         ON voted.agency = conflict.agency AND voted.subject = conflict.subject
     WHERE conflict.ended_at IS NULL AND (conflict.person_id = $1
       OR EXISTS (SELECT FROM case_file his WHERE his.id = conflict.case_id AND his.person_id = $1))
     LIMIT 1`,
    [personId, JSON.stringify(votes)],
  );
  return found.length > 0;
}

/**
 * Records what a panel decided of the level of a person whom the caller may see, in the caller's transaction: the decision,
 * each vote, the level when it was lowered, and the end of his review. The one way in which a level moves down (L46).
 * Answers the decision's id, lowered or kept. The change of level tells of itself.
 */
export async function moveDownByPanel(
  manager: EntityManager,
  decision: PanelDecisionToRecord,
  { agencies, panel }: { readonly agencies: ReadonlySet<string>; readonly panel: PanelRules },
  { by, now }: Deed,
): Promise<Result<string, { readonly code: PanelProblem }>> {
  const { personId, to, votes, note, decidedAt, reviewId } = decision;
  await holdPerson(manager, personId);
  const [latest] = await latestLevels(manager, [personId]);
  const from = latest?.level ?? null;
  if (from !== decision.expects) return refuse({ code: "STALE" });
  const open = await manager.findOneBy(LevelReviewRow, { personId, closedAt: IsNull() });
  if (reviewId !== null && open?.id !== reviewId) return refuse({ code: "STALE" });
  const decided = decidePanel({ from, to, votes, closesReview: reviewId !== null }, agencies, panel);
  if (!decided.ok) return decided;
  if (isAheadOf(decidedAt, now)) return refuse({ code: "IN_THE_FUTURE" });
  if (latest && decidedAt < latest.confirmedAt) return refuse({ code: "BEFORE_THE_LEVEL" });
  if (await votesInConflict(manager, personId, votes)) return refuse({ code: "MEMBER_IN_CONFLICT" });

  const outcome = decided.value;
  const { id: decisionId } = await manager.save(
    manager.create(PanelDecisionRow, {
      ...{ personId, toLevel: to, outcome, note, decidedAt, recordedBy: by, recordedAt: now },
      fromLevel: from!,
    }),
  );
  await manager.insert(
    PanelVoteRow,
    votes.map(({ agency, subject, vote }) => ({ decisionId, agency, subject, vote })),
  );
  if (outcome === "lowered") {
    const confirmedAt = afterLast(now, latest);
    await manager.insert(LevelConfirmationRow, {
      ...{ personId, level: to, reason: "panel", decisionId, confirmedBy: by, confirmedAt },
    });
  }
  const end = { outcome, closedAt: now, decisionId };
  if (open !== null) await closeReview(manager, personId, end);
  else {
    const standing = await manager.findOneBy(LevelProposalRow, { personId, supersededAt: IsNull() });
    const proposedLevel = standing?.level ?? null;
    // What the panel had before it, so that it is not asked the same again.
    const reasons = [{ code: "LOWER_PROPOSAL" as const, factIds: [] }];
    const row = { personId, confirmationId: latest!.id, proposedLevel, reasons, openedAt: now, ...end };
    await manager.insert(LevelReviewRow, row);
  }
  return accept(decisionId);
}
