import type { EntityManager } from "typeorm";
import { decidePull, type LeverFacts, type Pull, type PullRefusal } from "../domain/lever";
import { pullAfter, type PullResult, type PullState } from "../domain/lever-state";
import { accept, refuse, type Result } from "../domain/result";
import type { Deed, StaleRefusal } from "./contacts";
import { LeverPullRow } from "./entities/lever";

/** A lever as somebody tells that it was pulled. */
export interface ToldPull extends Pull {
  readonly personId: string;
  readonly tried: string;
  readonly triedBy: string;
}

/** Records that a lever was pulled against a person whom the caller may see; `facts` are those that the caller sees. */
export async function recordPull(
  manager: EntityManager,
  told: ToldPull,
  facts: LeverFacts,
  { by, now }: Deed,
): Promise<Result<string, { readonly code: PullRefusal }>> {
  const decision = decidePull(facts, told, now);
  if (!decision.ok) return decision;
  const row = { ...told, state: decision.value, recordedBy: by, recordedAt: now };
  return accept((await manager.save(manager.create(LeverPullRow, row))).id);
}

/** Records what came of a pull that the caller may see: once. */
export async function endPull(
  manager: EntityManager,
  seen: LeverPullRow,
  told: { readonly expects: PullState; readonly result: PullResult; readonly note: string | null },
  { by, now }: Deed,
): Promise<Result<string, { readonly code: StaleRefusal | "OVER" }>> {
  const pull = await manager.findOneOrFail(LeverPullRow, {
    where: { id: seen.id },
    lock: { mode: "pessimistic_write" },
  });
  if (pull.state !== told.expects) return refuse({ code: "STALE" });
  const next = pullAfter(pull.state, told.result);
  if (!next.ok) return next;
  const ended = { state: next.value, note: told.note, endedBy: by, endedAt: now };
  await manager.update(LeverPullRow, pull.id, ended);
  return accept(pull.id);
}
