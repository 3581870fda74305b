import type { DataSource } from "typeorm";
import type { AdvocacyHolds } from "../advocacy-holds";
import type { ContactState } from "../domain/contact-state";
import { decideRelease, type ReleaseFacts, type ReleaseRefusal } from "../domain/release-contact";
import { accept, refuse, type Result } from "../domain/result";
import { victimsOf } from "./gate-facts";
import { holdContact, nameOf, type StaleRefusal } from "./contacts";
import { ContactClearanceRow, ContactRow } from "./entities/contact";
import { levelsInForce } from "./levels";
import { toldBefore, toldOnce, type KeyRefusal, type Told } from "../../../platform/told-request/told-once";

/** How long the advocacy side has to answer, in ms; who releases waits for it. */
export const ADVOCACY_DEADLINE_MS = 2_000;

/**
 * Releases a contact that the caller may see: whoever calls has made sure. The advocacy side is asked afresh each time,
 * before anything is held; its answer counts from the moment it was asked. `clock` gives the instant of the decision.
 */
export async function releaseContact(
  database: DataSource,
  seen: ContactRow,
  told: Told & { readonly input: { readonly expects: ContactState } },
  holds: AdvocacyHolds,
  clock: () => Date,
): Promise<Result<string, { readonly code: ReleaseRefusal | StaleRefusal | KeyRefusal }>> {
  const before = await toldBefore(database.manager, told);
  if (before !== null) return before;
  // Counted from when it was asked: while it was on its way a hold may have been placed.
  const answeredAt = clock();
  const answer = await holds.ask(seen.id, ADVOCACY_DEADLINE_MS);
  return toldOnce<{ readonly code: ReleaseRefusal | StaleRefusal }>(database, told, async (manager) => {
    const contact = await holdContact(manager, seen);
    if (contact.state !== told.input.expects) return refuse({ code: "STALE" });
    const [inForce] = await levelsInForce(manager, [contact.personId]);
    const [victims] = await victimsOf(manager, [contact.personId]);
    const facts: ReleaseFacts = {
      contact,
      inForce: inForce ?? null,
      victims: victims!,
      holds: answer === null ? null : { hold: answer === "held", answeredAt },
    };
    const now = clock();
    const decision = decideRelease(facts, now);
    if (!decision.ok) return decision;
    await manager.insert(ContactClearanceRow, { contactId: contact.id, answeredAt });
    const released = { state: decision.value, releasedAt: now, releasedBy: nameOf(told.caller) };
    await manager.update(ContactRow, contact.id, released);
    return accept(contact.id);
  });
}
