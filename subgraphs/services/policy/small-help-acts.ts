import {
  decideSmallHelp,
  isSmallAmount,
  smallHelpAfter,
  type SmallHelpDecisionRefusal,
  type SmallHelpKind,
  type SmallHelpMoveRefusal,
  type SmallHelpState,
} from "../domain/small-help";
import { lineFault, type TextFault } from "../domain/told-text";
import { SmallHelpRow } from "../store/entities/small-help";
import { actOnce, holdRecord, nameOf, no, yes, type Actor, type Done } from "./actor";

/** Something small that is asked for. */
export interface ToldSmallHelp {
  readonly key: string;
  /** A handle. */
  readonly person: string;
  readonly kind: SmallHelpKind;
  readonly whatFor: string;
  /** Cents of the site's currency. */
  readonly amount: number;
}

/** A request that somebody has seen. */
export interface SeenSmallHelp {
  readonly key: string;
  readonly requestId: string;
  readonly expects: SmallHelpState;
}

/** The one way to ask for small things, to decide, and to say that they were handed over. */
export interface SmallHelpActs {
  request(told: ToldSmallHelp): Promise<Done<"NOT_FOUND" | "AMOUNT_OUT_OF_BOUNDS" | TextFault>>;
  decide(
    told: SeenSmallHelp & { readonly approve: boolean },
  ): Promise<Done<"NOT_FOUND" | "STALE" | SmallHelpDecisionRefusal>>;
  deliver(told: SeenSmallHelp): Promise<Done<"NOT_FOUND" | "STALE" | SmallHelpMoveRefusal>>;
}

/** `sees`: whether he sees the request of this id. */
export function createSmallHelpActs(actor: Actor, sees: (id: string) => Promise<boolean>): SmallHelpActs {
  const { reader, now } = actor;
  return {
    async request(told) {
      const { kind, whatFor, amount } = told;
      const fault = lineFault(whatFor);
      if (fault !== null) return no(fault);
      if (!isSmallAmount(amount)) return no("AMOUNT_OUT_OF_BOUNDS");
      const named = await actor.personOf(told.person, "needs");
      if (named === null) return no("NOT_FOUND");
      const input = { ...told, person: named.personId };
      return actOnce(actor, "requestSmallHelp", input, async (manager) => {
        const row = manager.create(SmallHelpRow, {
          ...{ ...named, kind, whatFor, amount, state: "requested" },
          ...{ requestedBy: nameOf(reader), requestedAgency: reader.agency, requestedAt: now() },
        });
        return yes((await manager.save(row)).id);
      });
    },
    async decide(told) {
      if (!(await sees(told.requestId))) return no("NOT_FOUND");
      return actOnce(actor, "decideSmallHelp", told, async (manager) => {
        const row = await holdRecord(manager, reader, SmallHelpRow, told.requestId);
        if (row === null) return no("NOT_FOUND");
        if (row.state !== told.expects) return no("STALE");
        const next = decideSmallHelp(row, told.approve ? "approve" : "decline", nameOf(reader));
        if (!next.ok) return next;
        await manager.update(SmallHelpRow, row.id, {
          ...{ state: next.value, decidedBy: nameOf(reader), decidedAt: now() },
        });
        return yes(row.id);
      });
    },
    async deliver(told) {
      if (!(await sees(told.requestId))) return no("NOT_FOUND");
      return actOnce(actor, "deliverSmallHelp", told, async (manager) => {
        const row = await holdRecord(manager, reader, SmallHelpRow, told.requestId);
        if (row === null) return no("NOT_FOUND");
        if (row.state !== told.expects) return no("STALE");
        const next = smallHelpAfter(row.state, "deliver");
        if (!next.ok) return next;
        await manager.update(SmallHelpRow, row.id, {
          ...{ state: next.value, deliveredBy: nameOf(reader), deliveredAt: now() },
        });
        return yes(row.id);
      });
    },
  };
}
