import type { EntityManager } from "typeorm";
import type { Caller } from "../../../platform/caller/caller";
import { daysOf } from "../domain/in-force";
import {
  decidePromise,
  decideSettling,
  type MakeRefusal,
  type PromiseEvent,
  type PromiseState,
  type PromiseToMake,
  type Settler,
  type SettleRefusal,
} from "../domain/promise";
import { accept, refuse, type Result } from "../domain/result";
import { visiblePromises } from "../policy/promise-access";
import type { Deed, StaleRefusal } from "./contacts";
import { SanctionPromiseRow } from "./entities/contact";

/** Makes a promise about a person, and of a case of his, whom the caller may see: whoever calls has made sure. */
export async function makePromise(
  manager: EntityManager,
  told: PromiseToMake & { readonly personId: string; readonly text: string },
  agencies: ReadonlySet<string>,
  { by, now }: Deed,
): Promise<Result<string, { readonly code: MakeRefusal }>> {
  const decision = decidePromise(told, agencies, now);
  if (!decision.ok) return decision;
  const row = { ...told, state: decision.value, madeBy: by, recordedAt: now };
  return accept((await manager.save(manager.create(SanctionPromiseRow, row))).id);
}

/** Settles a promise that the caller may see: once. */
export async function settlePromise(
  manager: EntityManager,
  seen: SanctionPromiseRow,
  told: { readonly expects: PromiseState; readonly event: PromiseEvent; readonly note: string | null },
  { by, now, settler }: Deed & { readonly settler: Settler },
): Promise<Result<string, { readonly code: StaleRefusal | SettleRefusal }>> {
  const promise = await manager.findOneOrFail(SanctionPromiseRow, {
    where: { id: seen.id },
    lock: { mode: "pessimistic_write" },
  });
  if (promise.state !== told.expects) return refuse({ code: "STALE" });
  const decision = decideSettling(promise, told.event, settler);
  if (!decision.ok) return decision;
  const settled = { state: decision.value, note: told.note, settledAt: now, settledBy: by };
  await manager.update(SanctionPromiseRow, promise.id, settled);
  return accept(promise.id);
}

export interface OverdueAfter {
  readonly caller: Caller;
  readonly now: Date;
  /** Only those of this agency; null: of any. */
  readonly ownerAgency: string | null;
  /** Day and id of the last one read. */
  readonly after: readonly string[] | null;
  readonly limit: number;
}

/** The overdue promises that the caller may see, longest overdue first: `isOverdue` of domain/promise.ts. */
export function overduePromises(
  manager: EntityManager,
  { caller, now, ownerAgency, after, limit }: OverdueAfter,
): Promise<SanctionPromiseRow[]> {
  const visible = visiblePromises(caller, now, {
    personId: "promise.person_id",
    caseId: "promise.case_id",
    promisedTo: "promise.promised_to",
    ownerAgency: "promise.owner_agency",
  });
  const query = manager
    .createQueryBuilder(SanctionPromiseRow, "promise")
    .where("promise.state = 'open' AND promise.due_on < :today", { today: daysOf(now).earliest })
    .andWhere(visible.sql, visible.parameters);
  if (ownerAgency !== null) query.andWhere("promise.owner_agency = :ownerAgency", { ownerAgency });
  if (after !== null) {
    const [dueOn, id] = after;
    query.andWhere("(promise.due_on, promise.id) > (:dueOn, :id)", { dueOn, id });
  }
  return query.orderBy("promise.due_on").addOrderBy("promise.id").limit(limit).getMany();
}
