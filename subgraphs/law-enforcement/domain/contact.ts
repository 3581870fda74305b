import type { ContactState } from "./contact-state";
import type { Level } from "./tier-rules";

/** A contact with the abusive partner, as far as time decides who still sees it. */
export interface ContactFact {
  /** Null: nobody planned it, with no level in force. */
  readonly level: Level | null;
  readonly state: ContactState;
  readonly plannedFor: Date;
  readonly madeAt: Date | null;
}

const HOUR = 3_600_000;

/** A plan is over this long after its hour, whether or not anyone recorded what came of it. Site choice, assumption. */
export const PLAN_HOLDS_HOURS = 24;
/** So long is a contact that was made a contact of now. Site choice, assumption. */
export const CONTACT_SPEAKS_DAYS = 90;

/** The earliest hour that a plan which still holds at `now` may be for. */
export function plansHoldFrom(now: Date): Date {
  return new Date(now.getTime() - PLAN_HOLDS_HOURS * HOUR);
}

/** True while a contact is still to come, or may be under way (L17). */
export function isAhead(contact: Pick<ContactFact, "state" | "plannedFor">, now: Date): boolean {
  const ahead = contact.state === "planned" || contact.state === "released";
  return ahead && contact.plannedFor >= plansHoldFrom(now);
}

function wasMadeLately({ state, madeAt }: ContactFact, now: Date): boolean {
  if (state !== "made" || madeAt === null || madeAt > now) return false;
  return now.getTime() - madeAt.getTime() <= CONTACT_SPEAKS_DAYS * 24 * HOUR;
}

/**
 * The level at which he is being contacted at `now`: that of the latest contact that is ahead or was made within 90 days;
 * `null` when there is none (L17). Source: form L4 of the visibility matrix, "is being contacted at level X".
 */
export function levelOfContact(contacts: readonly ContactFact[], now: Date): Level | null {
  const standing = contacts.filter((one) => isAhead(one, now) || wasMadeLately(one, now));
  return (
    standing.sort((one, other) => other.plannedFor.getTime() - one.plannedFor.getTime())[0]?.level ?? null
  );
}
