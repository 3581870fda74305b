import type { EntityManager } from "typeorm";
import type { ContactState } from "../domain/contact-state";
import { decideOutcome, type Ending, type OutcomeRefusal } from "../domain/contact-outcome";
import type { Protocol } from "../domain/protocol";
import { accept, refuse, type Result } from "../domain/result";
import { holdContact, type Deed, type StaleRefusal } from "./contacts";
import { ContactRow } from "./entities/contact";
import { GateBreachRow } from "./entities/gate-breach";
import { outcomeFacts } from "./gate-facts";

/** What came of a contact. */
export interface ContactOutcome {
  readonly madeAt: Date;
  readonly madeBy: string;
  readonly place: string | null;
  readonly message: string | null;
  readonly helpOffered: boolean;
}

/** How one contact ended. */
export interface EndedContact {
  readonly contactId: string;
  readonly ending: Ending;
}

/**
 * Writes how contacts ended, in one statement, and the report of each that is a breach. Their persons are held, and what
 * came of each was decided: whoever calls has made sure.
 */
export async function endContacts(
  manager: EntityManager,
  ended: readonly EndedContact[],
  { madeAt, madeBy, place, message, helpOffered }: ContactOutcome,
  { by, now }: Deed,
): Promise<void> {
  await manager.query(
    `UPDATE contact SET state = ended.state, made_at = $2, made_by = $3, place = coalesce($4, place), message = $5,
       help_offered = $6, closed_at = $7, closed_by = $8
     FROM jsonb_to_recordset($1::jsonb) AS ended (id uuid, state text) WHERE contact.id = ended.id`,
    [
      JSON.stringify(ended.map(({ contactId, ending }) => ({ id: contactId, state: ending.state }))),
      ...[madeAt, madeBy, place, message, helpOffered, now, by],
    ],
  );
  await reportBreaches(manager, ended, { by, now });
}

/** Writes the report of each contact that is a breach. */
export async function reportBreaches(
  manager: EntityManager,
  ended: readonly EndedContact[],
  { by, now }: Deed,
): Promise<void> {
  const breaches = ended.filter(({ ending }) => ending.state === "breached");
  await manager.insert(
    GateBreachRow,
    breaches.map(({ contactId, ending }) => ({
      ...{ contactId, failed: [...ending.failed] },
      ...{ reportedBy: by, reportedAt: now },
    })),
  );
}

/** Records what came of a contact, or that it was made in breach; a breach is reported with it. */
export async function recordOutcome(
  manager: EntityManager,
  seen: ContactRow,
  told: ContactOutcome & {
    readonly expects: ContactState;
    readonly event: "make" | "refuse" | "not-find" | "breach";
  },
  protocol: Protocol,
  deed: Deed,
): Promise<Result<string, { readonly code: OutcomeRefusal | StaleRefusal }>> {
  const contact = await holdContact(manager, seen);
  if (contact.state !== told.expects) return refuse({ code: "STALE" });
  const [facts] = await outcomeFacts(manager, [contact], told.madeAt);
  const decision = decideOutcome(facts!, told.event, told.madeAt, protocol, deed.now);
  if (!decision.ok) return decision;
  await endContacts(manager, [{ contactId: contact.id, ending: decision.value }], told, deed);
  return accept(contact.id);
}
