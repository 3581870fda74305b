import type { EntityManager } from "typeorm";
import { ConferenceActionRow } from "../../../platform/conference-action/action-row";
import type { Caller } from "../../../platform/caller/caller";
import { accept, refuse, type Result } from "../domain/result";
import type { Level } from "../domain/tier-rules";
import { holdConference } from "./conferences";
import { isUuid } from "../../../platform/store/uuid";
import { confirmLevel, type ConfirmationProblem } from "./confirm-level";
import { nameOf, type Deed } from "./contacts";
import { ConferenceDecisionRow } from "./entities/conference";
import { LevelProposalRow, PanelDecisionRow } from "./entities/level";
import { levelsInForce } from "./levels";

/** What a conference decides of a person whom the caller sees. */
export type ToldDecision = { readonly conferenceId: string; readonly personId: string } & (
  | { readonly kind: "confirmed"; readonly proposalId: string; readonly level: Level }
  | { readonly kind: "kept" | "settled" }
);

export type DecisionRefusal = ConfirmationProblem | "OVER" | "ACTIONS_OPEN";

/** What becomes of his level. */
async function levelAfter(
  manager: EntityManager,
  told: ToldDecision,
  caller: Caller,
  now: Date,
): Promise<Result<Level | null, { readonly code: DecisionRefusal }>> {
  if (told.kind === "confirmed") {
    const { proposalId, level } = told;
    const { personId } = told;
    const seen =
      isUuid(proposalId) && (await manager.existsBy(LevelProposalRow, { id: proposalId, personId }));
    if (!seen) return refuse({ code: "NOT_FOUND" });
    const confirmed = await confirmLevel(manager, { proposalId, level, caller, now });
    return confirmed.ok ? accept(confirmed.value.level) : confirmed;
  }
  if (told.kind === "settled") {
    const open = await manager.existsBy(ConferenceActionRow, { aboutId: told.personId, state: "open" });
    if (open) return refuse({ code: "ACTIONS_OPEN" });
  }
  const [inForce] = await levelsInForce(manager, [told.personId]);
  return accept(inForce?.level ?? null);
}

/**
 * Does what a panel decides at a conference that is not over, and records it as the conference's decision too, in one
 * transaction. Answers the panel decision's id.
 */
export async function decideByPanel<Refusal extends { readonly code: string }>(
  manager: EntityManager,
  { conferenceId, personId }: { readonly conferenceId: string; readonly personId: string },
  decide: () => Promise<Result<string, Refusal>>,
  { by, now }: Deed,
): Promise<Result<string, Refusal | { readonly code: "NOT_FOUND" | "OVER" }>> {
  const held = await holdConference(manager, conferenceId);
  if (held === null) return refuse({ code: "NOT_FOUND" });
  if (held.state !== "planned") return refuse({ code: "OVER" });
  const decided = await decide();
  if (!decided.ok) return decided;
  const { outcome, fromLevel, toLevel } = await manager.findOneByOrFail(PanelDecisionRow, {
    id: decided.value,
  });
  const level = outcome === "lowered" ? toLevel : fromLevel;
  const row = { conferenceId, personId, kind: outcome, level, recordedBy: by, recordedAt: now };
  await manager.insert(ConferenceDecisionRow, row);
  return decided;
}

/**
 * Records what a conference decided of a person, and does it, in one transaction: a level is confirmed by the rules of
 * every confirmation, in the name of who records it. A person with an open action is not settled (L73).
 */
export async function recordDecision(
  manager: EntityManager,
  told: ToldDecision,
  caller: Caller,
  now: Date,
): Promise<Result<string, { readonly code: DecisionRefusal }>> {
  const held = await holdConference(manager, told.conferenceId);
  if (held === null) return refuse({ code: "NOT_FOUND" });
  if (held.state !== "planned") return refuse({ code: "OVER" });
  const level = await levelAfter(manager, told, caller, now);
  if (!level.ok) return level;
  const { conferenceId, personId, kind } = told;
  const row = await manager.save(
    manager.create(ConferenceDecisionRow, {
      ...{ conferenceId, personId, kind, level: level.value },
      ...{ recordedBy: nameOf(caller), recordedAt: now },
    }),
  );
  return accept(row.id);
}
