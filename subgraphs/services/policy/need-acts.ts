import { isAheadOf } from "../domain/days";
import type { NeedEnd, NeedKind } from "../domain/need";
import { NeedRow } from "../store/entities/need";
import { actOnce, holdRecord, nameOf, no, yes, type Actor, type Done, type Named } from "./actor";

/** Something he said he needs, as it is told. */
export interface ToldNeed {
  readonly key: string;
  /** A handle. */
  readonly person: string;
  readonly kind: NeedKind;
  readonly statedAt: Date;
  readonly passedOn: boolean;
}

/** Why a need that somebody has seen open is no longer one. */
export interface EndedNeed {
  readonly key: string;
  readonly needId: string;
  readonly as: NeedEnd;
}

/** The one way to record needs and to close them: of persons whose needs the reader sees. */
export interface NeedActs {
  record(told: ToldNeed): Promise<Done<"NOT_FOUND" | "IN_THE_FUTURE" | "ALREADY_RECORDED">>;
  close(told: EndedNeed): Promise<Done<"NOT_FOUND" | "OVER">>;
}

/** `sees`: whether he sees the need of this id. */
export function createNeedActs(actor: Actor, sees: (id: string) => Promise<boolean>): NeedActs {
  const { reader, now } = actor;
  const values = (told: ToldNeed, { personId, referralId }: Named) => ({
    ...{ personId, referralId, kind: told.kind, statedAt: told.statedAt, passedOn: told.passedOn },
    ...{ recordedBy: nameOf(reader), recordedAt: now() },
  });
  return {
    async record(told) {
      if (isAheadOf(told.statedAt, now())) return no("IN_THE_FUTURE");
      const named = await actor.personOf(told.person, "needs");
      if (named === null) return no("NOT_FOUND");
      const input = { ...told, person: named.personId };
      return actOnce(actor, "recordNeed", input, async (manager) => {
        // One of a kind is open at a time.
        const added = await manager
          .createQueryBuilder()
          .insert()
          .into(NeedRow)
          .values(values(told, named))
          .orIgnore()
          .returning("id")
          .execute();
        const [row] = added.raw as { id: string }[];
        return row ? yes(row.id) : no("ALREADY_RECORDED");
      });
    },
    async close(told) {
      if (!(await sees(told.needId))) return no("NOT_FOUND");
      return actOnce(actor, "closeNeed", told, async (manager) => {
        const row = await holdRecord(manager, reader, NeedRow, told.needId);
        if (row === null) return no("NOT_FOUND");
        if (row.closedAt !== null) return no("OVER");
        await manager.update(NeedRow, row.id, {
          ...{ closedAs: told.as, closedAt: now(), closedBy: nameOf(reader) },
        });
        return yes(row.id);
      });
    },
  };
}
