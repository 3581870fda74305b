import type { Position } from "../../../platform/subgraph/newest-first";
import {
  decidePromiseDay,
  overdueBefore,
  promiseAfter,
  type HelpPromisedTo,
  type HelpPromiseEvent,
  type HelpPromiseState,
  type PromiseDayRefusal,
  type PromiseMoveRefusal,
} from "../domain/help-promise";
import { standpointOf } from "../domain/standpoint";
import { lineFault, type TextFault } from "../domain/told-text";
import { HelpPromiseRow } from "../store/entities/help-promise";
import { overduePromises } from "../store/overdue-promises";
import { actOnce, holdRecord, nameOf, no, yes, type Actor, type Done } from "./actor";

/** Help as it is promised. */
export interface ToldPromise {
  readonly key: string;
  /** A handle. */
  readonly person: string;
  readonly text: string;
  readonly dueOn: string;
  readonly promisedTo: HelpPromisedTo;
}

/** What became of a promise that somebody has seen. */
export interface SettledPromise {
  readonly key: string;
  readonly promiseId: string;
  readonly expects: HelpPromiseState;
}

/** The one way to make promises of help and to say what became of them: one's own agency's, and nobody else's. */
export interface PromiseActs {
  make(told: ToldPromise): Promise<Done<"NOT_FOUND" | TextFault | PromiseDayRefusal>>;
  settle(
    event: HelpPromiseEvent,
    told: SettledPromise,
  ): Promise<Done<"NOT_FOUND" | "STALE" | PromiseMoveRefusal>>;
  overdue(after: Position | null, limit: number): Promise<{ row: HelpPromiseRow; position: Position }[]>;
}

export function createPromiseActs(actor: Actor): PromiseActs {
  const { reader, database, now } = actor;
  return {
    async make(told) {
      const fault = lineFault(told.text);
      if (fault !== null) return no(fault);
      const day = decidePromiseDay(told.dueOn, now());
      if (!day.ok) return day;
      const named = await actor.personOf(told.person, "promises");
      if (named === null) return no("NOT_FOUND");
      const { personId, referralId } = named;
      const { text, dueOn, promisedTo } = told;
      const input = { ...told, person: personId };
      return actOnce(actor, "makeHelpPromise", input, async (manager) => {
        const row = manager.create(HelpPromiseRow, {
          ...{ personId, referralId, text, dueOn, promisedTo, state: "open" },
          ...{ ownerAgency: reader.agency, madeBy: nameOf(reader), recordedAt: now() },
        });
        return yes((await manager.save(row)).id);
      });
    },
    settle: (event, told) =>
      actOnce(actor, `${event}HelpPromise`, told, async (manager) => {
        const row = await holdRecord(manager, reader, HelpPromiseRow, told.promiseId);
        if (row === null || row.ownerAgency !== reader.agency) return no("NOT_FOUND");
        if (row.state !== told.expects) return no("STALE");
        const next = promiseAfter(row.state, event);
        if (!next.ok) return next;
        await manager.update(HelpPromiseRow, row.id, {
          ...{ state: next.value, settledBy: nameOf(reader), settledAt: now() },
        });
        return yes(row.id);
      }),
    async overdue(after, limit) {
      const whose = standpointOf(reader, "promises");
      if (whose !== "everyone's" && whose !== "own-agency's") return [];
      return overduePromises(database, reader, overdueBefore(now()), after, limit);
    },
  };
}
