import { isUuid } from "../../../platform/store/uuid";
import { decideConsent, type ConsentRefusal } from "../domain/part2";
import { Part2ConsentRow } from "../store/entities/part2-consent";
import { ReferralRow } from "../store/entities/referral";
import { actOnce, holdRecord, nameOf, no, yes, type Actor, type Done } from "./actor";

/** A patient's written consent, as somebody holds it in his hands. */
export interface ToldConsent {
  readonly key: string;
  readonly referralId: string;
  readonly recipientAgency: string;
  readonly givenAt: Date;
  readonly expiresAt: Date;
}

/** The one way to record consents of 42 CFR Part 2 and to revoke them, of referrals that the reader sees. */
export interface Part2Acts {
  /** Answers the referral. */
  record(told: ToldConsent): Promise<Done<"NOT_FOUND" | ConsentRefusal>>;
  /** Answers the referral. */
  revoke(told: {
    readonly key: string;
    readonly consentId: string;
  }): Promise<Done<"NOT_FOUND" | "ALREADY_REVOKED">>;
}

/** `sees`: whether he sees the referral of this id. */
export function createPart2Acts(actor: Actor, sees: (id: string) => Promise<boolean>): Part2Acts {
  const { reader, database, now } = actor;
  return {
    async record(told) {
      if (!(await sees(told.referralId))) return no("NOT_FOUND");
      return actOnce(actor, "recordPart2Consent", told, async (manager) => {
        const referral = await holdRecord(manager, reader, ReferralRow, told.referralId);
        if (referral === null) return no("NOT_FOUND");
        const decision = decideConsent(told, referral, now());
        if (!decision.ok) return decision;
        const { recipientAgency, givenAt, expiresAt } = told;
        await manager.insert(Part2ConsentRow, {
          ...{ referralId: referral.id, recipientAgency, givenAt, expiresAt },
          ...{ recordedBy: nameOf(reader), recordedAt: now() },
        });
        return yes(referral.id);
      });
    },
    async revoke(told) {
      const consent = isUuid(told.consentId)
        ? await database.getRepository(Part2ConsentRow).findOneBy({ id: told.consentId })
        : null;
      if (consent === null || !(await sees(consent.referralId))) return no("NOT_FOUND");
      return actOnce(actor, "revokePart2Consent", told, async (manager) => {
        // Of two that revoke it at once, one waits.
        const held = await holdRecord(manager, reader, ReferralRow, consent.referralId);
        if (held === null) return no("NOT_FOUND");
        const { revokedAt } = await manager.findOneByOrFail(Part2ConsentRow, { id: consent.id });
        if (revokedAt !== null) return no("ALREADY_REVOKED");
        await manager.update(Part2ConsentRow, consent.id, { revokedAt: now(), revokedBy: nameOf(reader) });
        return yes(held.id);
      });
    },
  };
}
