import type { EntityManager, EntityTarget, SelectQueryBuilder } from "typeorm";
import { actionAfter, dueDayFault, type ActionEvent } from "./action";
import { ConferenceActionRow } from "./action-row";

/** What came of it: the action's id, or why nothing did. */
export type ActionOutcome<Code extends string> =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly refusal: { readonly code: Code } };

const refuse = <Code extends string>(code: Code) => ({ ok: false, refusal: { code } }) as const;

/** What an agency takes on. */
export interface ActionToAdd {
  readonly conferenceId: string;
  readonly aboutId: string | null;
  readonly text: string;
  readonly ownerAgency: string;
  readonly owner: string;
  /** A day: YYYY-MM-DD. */
  readonly dueOn: string;
}

/** Who does it, and at which instant. */
export interface ActionDeed {
  readonly by: string;
  readonly now: Date;
}

/**
 * Takes something on; whom it is about is somebody whom the caller sees: whoever calls has made sure. `entity`: the
 * agency's own form of the row, where it keeps more with it.
 */
export async function addAction(
  manager: EntityManager,
  told: ActionToAdd,
  { by, now }: ActionDeed,
  entity: EntityTarget<ConferenceActionRow> = ConferenceActionRow,
): Promise<ActionOutcome<"IN_THE_PAST" | "TOO_FAR_AHEAD">> {
  const fault = dueDayFault(told.dueOn, now);
  if (fault !== null) return refuse(fault);
  const row = manager.create(entity, {
    ...told,
    state: "open",
    recordedBy: by,
    recordedAt: now,
  });
  return { ok: true, value: (await manager.save(row)).id };
}

/** Ends an action of an agency; somebody else's, and one that `narrow` leaves out, is not found. */
export async function endAction(
  manager: EntityManager,
  { id, agency, event }: { readonly id: string; readonly agency: string; readonly event: ActionEvent },
  narrow: (query: SelectQueryBuilder<ConferenceActionRow>) => void,
  { by, now }: ActionDeed,
  entity: EntityTarget<ConferenceActionRow> = ConferenceActionRow,
): Promise<ActionOutcome<"NOT_FOUND" | "OVER">> {
  const query = manager
    .createQueryBuilder(entity, "row")
    .where("row.id = :id AND row.owner_agency = :agency", { id, agency })
    .setLock("pessimistic_write");
  narrow(query);
  const held = await query.getOne();
  if (held === null) return refuse("NOT_FOUND");
  const state = actionAfter(held.state, event);
  if (state === null) return refuse("OVER");
  await manager.update(entity, held.id, { state, closedAt: now, closedBy: by });
  return { ok: true, value: held.id };
}
