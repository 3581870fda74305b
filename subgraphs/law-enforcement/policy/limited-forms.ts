import type { Caller } from "../../../platform/caller/caller";
import { isAhead } from "../domain/contact";
import type { ContactRow, SanctionPromiseRow } from "../store/entities/contact";
import type { ReferralAgreementRow } from "../store/entities/person";

const JUSTICE_ROLES: readonly string[] = ["detective", "coordinator", "prosecutor", "probation"];

/** True for the four roles of the justice side. */
export function isJustice(caller: Pick<Caller, "roles">): boolean {
  return caller.roles.some((role) => JUSTICE_ROLES.includes(role));
}

/** Form L2: the live agreement that opens name and contact; to a provider only the one that names his agency. */
export function liveReferralFor(
  caller: Caller,
  live: readonly ReferralAgreementRow[],
): ReferralAgreementRow | undefined {
  return live.find((one) => isJustice(caller) || one.providerAgency === caller.agency);
}

/** Form O: the contacts in which the reader takes part as messenger. Two agencies may give one subject to two people. */
export function ownContacts(caller: Caller, contacts: readonly ContactRow[]): ContactRow[] {
  return contacts.filter((one) => one.messenger === caller.subject && one.messengerAgency === caller.agency);
}

/** Form L3: the contact ahead that opens name and place; to a messenger only his own. Next one first. */
export function plannedContactFor(
  caller: Caller,
  contacts: readonly ContactRow[],
  now: Date,
): ContactRow | undefined {
  return (isJustice(caller) ? [...contacts] : ownContacts(caller, contacts))
    .filter((one) => isAhead(one, now))
    .sort((one, other) => one.plannedFor.getTime() - other.plannedFor.getTime())[0];
}

/** The contacts of which form L4 tells the level: to a messenger only his own. */
export function contactsForLevel(caller: Caller, contacts: readonly ContactRow[]): readonly ContactRow[] {
  const onlyOwn = caller.roles.includes("messenger") && !isJustice(caller);
  return onlyOwn ? ownContacts(caller, contacts) : contacts;
}

/** Form L17: true once a contact was made at which help was offered. */
export function wasOfferedHelp(contacts: readonly ContactRow[]): boolean {
  return contacts.some((one) => one.state === "made" && one.helpOffered);
}

/**
 * Form L19: promises to the victims of the cases the reader may see, and those her agency owns (L16). A promise made to
 * another victim of the same man tells of her.
 */
export function promisesForVictim(
  caller: Caller,
  promises: readonly SanctionPromiseRow[],
  visibleCases: readonly { readonly id: string }[],
): SanctionPromiseRow[] {
  const visible = new Set(visibleCases.map((one) => one.id));
  return promises.filter(
    (one) =>
      one.ownerAgency === caller.agency ||
      (one.promisedTo === "victim" && one.caseId !== null && visible.has(one.caseId)),
  );
}

/** Form O: the promises the reader's agency owns. */
export function ownPromises(caller: Caller, promises: readonly SanctionPromiseRow[]): SanctionPromiseRow[] {
  return promises.filter((one) => one.ownerAgency === caller.agency);
}
