import type { EntityManager } from "typeorm";
import { hasPlace } from "../domain/capacity";
import {
  referralAfter,
  type ReferralEvent,
  type ReferralMoveRefusal,
  type ReferralState,
  type ServiceKind,
} from "../domain/referral";
import { lineFault, type TextFault } from "../domain/told-text";
import { ReferralRow } from "../store/entities/referral";
import { holdProvider, placesFor } from "../store/places";
import { actOnce, holdRecord, nameOf, no, yes, type Actor, type Done } from "./actor";

/** A person sent to a provider, before he was asked. */
export interface ToldReferral {
  readonly key: string;
  /** A handle. */
  readonly person: string;
  readonly providerAgency: string;
  readonly service: ServiceKind;
}

/** A referral that somebody has seen. */
export interface SeenReferral {
  readonly key: string;
  readonly referralId: string;
  readonly expects: ReferralState;
}

/** What he said when he was asked. */
export interface ToldAnswer extends SeenReferral {
  readonly agreed: boolean;
  readonly partnersMayKnow: boolean;
}

type Moved = "NOT_FOUND" | "STALE" | ReferralMoveRefusal;

/** The one way to refer somebody and to move a referral on: each step by whom it is for, of referrals that he sees. */
export interface ReferralActs {
  refer(
    told: ToldReferral,
  ): Promise<Done<"NOT_FOUND" | "SERVICE_NOT_OFFERED" | "ALREADY_REFERRED" | TextFault>>;
  consent(told: ToldAnswer): Promise<Done<Moved>>;
  answer(event: "accept" | "decline", told: SeenReferral): Promise<Done<Moved | "NO_PLACE">>;
  close(told: SeenReferral): Promise<Done<Moved>>;
}

/** `sees`: whether he sees the referral of this id. */
export function createReferralActs(actor: Actor, sees: (id: string) => Promise<boolean>): ReferralActs {
  const { reader, now } = actor;

  /** Moves a referral that he sees and that is as he saw it; `of` says what is written beside the state. */
  async function move<Code extends string = never>(
    mutation: string,
    told: SeenReferral,
    event: ReferralEvent,
    of: (
      row: ReferralRow,
      manager: EntityManager,
    ) => Promise<Partial<ReferralRow> | Code> | Partial<ReferralRow>,
  ): Promise<Done<Moved | Code>> {
    if (!(await sees(told.referralId))) return no("NOT_FOUND");
    return actOnce<Moved | Code>(actor, mutation, told, async (manager) => {
      const row = await holdRecord(manager, reader, ReferralRow, told.referralId);
      if (row === null) return no("NOT_FOUND");
      if (row.state !== told.expects) return no("STALE");
      const next = referralAfter(row.state, event);
      if (!next.ok) return next;
      const beside = await of(row, manager);
      if (typeof beside === "string") return no(beside);
      const closed = next.value === "closed" ? { closedAt: now(), closedBy: nameOf(reader) } : {};
      await manager.update(ReferralRow, row.id, { ...beside, ...closed, state: next.value });
      return yes(row.id);
    });
  }

  return {
    async refer(told) {
      const fault = lineFault(told.providerAgency);
      if (fault !== null) return no(fault);
      const named = await actor.personOf(told.person, "needs");
      if (named === null) return no("NOT_FOUND");
      const { personId } = named;
      const { providerAgency, service } = told;
      const input = { ...told, person: personId };
      return actOnce(actor, "refer", input, async (manager) => {
        // Of two that refer him there at once, one waits.
        if (!(await holdProvider(manager, providerAgency))) return no("NOT_FOUND");
        const { ofService } = await placesFor(manager, { providerAgency, service, personId });
        if (ofService === null || ofService.places === 0) return no("SERVICE_NOT_OFFERED");
        const running = await manager.countBy(ReferralRow, [
          { personId, providerAgency, service, state: "proposed" },
          { personId, providerAgency, service, state: "referred" },
          { personId, providerAgency, service, state: "accepted" },
        ]);
        if (running > 0) return no("ALREADY_REFERRED");
        const row = manager.create(ReferralRow, {
          ...{ personId, providerAgency, service, state: "proposed" },
          part2: service === "substance-use-treatment",
          ...{ referredBy: nameOf(reader), referredAt: now() },
        });
        return yes((await manager.save(row)).id);
      });
    },
    consent: (told) =>
      move("recordReferralConsent", told, told.agreed ? "agree" : "refuse", () => ({
        consentRecordedBy: nameOf(reader),
        ...(told.agreed ? { consentedAt: now() } : {}),
        partnersMayKnow: told.agreed && told.partnersMayKnow,
      })),
    answer: (event, told) =>
      move<"NO_PLACE">(`${event}Referral`, told, event, async (row, manager) => {
        if (event === "accept") {
          // Of two that are taken at once, one waits, and counts the other.
          await holdProvider(manager, row.providerAgency);
          const { ofService, ofProvider } = await placesFor(manager, row);
          if (!hasPlace(ofService, ofProvider)) return "NO_PLACE";
        }
        return { answeredAt: now(), answeredBy: nameOf(reader) };
      }),
    close: (told) => move("closeReferral", told, "close", () => ({})),
  };
}
