import type { EntityManager } from "typeorm";
import type { Caller } from "../../../platform/caller/caller";
import { append } from "../../../platform/outbox/append";
import { CONFIRMING_ROLES, decideConfirmation, type ConfirmationRefusal } from "../domain/confirmation";
import { refuse, type Result } from "../domain/result";
import type { Level } from "../domain/tier-rules";
import { visiblePersons } from "../policy/row-access";
import { LevelConfirmationRow, LevelProposalRow } from "./entities/level";
import { closeReview } from "./level-reviews";
import { latestLevels } from "./levels";
import { isUuid } from "../../../platform/store/uuid";

/** Why a confirmation did not take effect. */
export type ConfirmationProblem = "NOT_FOUND" | ConfirmationRefusal["code"];

export interface LevelToConfirm {
  readonly proposalId: string;
  readonly level: Level;
  /** Whoever puts a name to it: the subject and agency of the token. */
  readonly caller: Caller;
  readonly now: Date;
}

/**
 * Confirms a level in the transaction of its manager, and tells of it. The proposal's row is locked, so of two who confirm at once one waits, and then
 * finds the level in force. A proposal that is not there and one of a person whom the caller may not see are both
 * NOT_FOUND.
 */
export async function confirmLevel(
  manager: EntityManager,
  request: LevelToConfirm,
): Promise<Result<LevelConfirmationRow, { readonly code: ConfirmationProblem }>> {
  if (!isUuid(request.proposalId)) return refuse({ code: "NOT_FOUND" });
  const seen = await lockProposal(manager, request);
  if (seen === null) return refuse({ code: "NOT_FOUND" });
  const [newest, [inForce]] = [
    await manager
      .createQueryBuilder(LevelProposalRow, "proposal")
      .where("proposal.person_id = :personId AND proposal.superseded_at IS NULL", {
        personId: seen.personId,
      })
      .getOne(),
    await latestLevels(manager, [seen.personId]),
  ];
  const { caller } = request;
  const now = afterLast(request.now, inForce);
  const decision = decideConfirmation({
    seen: { id: seen.id, personId: seen.personId, proposal: proposalOf(seen) },
    newestProposalId: newest?.id ?? "",
    currentLevel: inForce?.level ?? null,
    panelDecidedSince: inForce?.reason === "panel" && inForce.confirmedAt >= seen.proposedAt,
    requestedLevel: request.level,
    confirmedBy: `${caller.subject}@${caller.agency}`,
    role: CONFIRMING_ROLES.find((role) => caller.roles.includes(role)) ?? "",
    confirmedAt: now.toISOString(),
  });
  if (!decision.ok) return decision;
  const { personId, level, proposalId, confirmedBy } = decision.value;
  const row = manager.create(LevelConfirmationRow, {
    ...{ personId, level, proposalId, confirmedBy, reason: "proposal" as const },
    confirmedAt: now,
  });
  const confirmed = await manager.save(row);
  await closeReview(manager, personId, { outcome: "superseded", closedAt: now, decisionId: null });
  await append(manager, [
    {
      topic: "level",
      key: personId,
      facts: { change: "confirmed", confirmationId: confirmed.id },
      occurredAt: now,
      historic: false,
      provenance: "local",
    },
  ]);
  return { ok: true, value: confirmed };
}

/** The latest confirmation is the level in force: clocks that differ and a wait for the lock must not put it earlier. */
export function afterLast(now: Date, inForce: LevelConfirmationRow | null | undefined): Date {
  const last = inForce?.confirmedAt.getTime() ?? -Infinity;
  return new Date(Math.max(now.getTime(), last + 1));
}

function lockProposal(
  manager: EntityManager,
  { proposalId, caller, now }: LevelToConfirm,
): Promise<LevelProposalRow | null> {
  const visible = visiblePersons(caller, now, "proposal.person_id");
  return manager
    .createQueryBuilder(LevelProposalRow, "proposal")
    .setLock("pessimistic_write")
    .where("proposal.id = :proposalId", { proposalId })
    .andWhere(visible.sql, visible.parameters)
    .getOne();
}

/** A stored proposal in the words of the rules. */
function proposalOf(row: LevelProposalRow) {
  return {
    level: row.level,
    asOf: row.asOf,
    ruleSet: { id: row.ruleSetId, version: row.ruleSetVersion },
    fired: row.fired,
    heldForReview: row.heldForReview,
    notCounted: row.notCounted,
    marks: row.marks,
    requiresNamedConfirmation: true as const,
  };
}
