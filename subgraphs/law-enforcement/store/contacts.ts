import type { EntityManager } from "typeorm";
import type { Caller } from "../../../platform/caller/caller";
import { decidePlan, type PlanRefusal } from "../domain/contact-form";
import { stateAfter, type ContactState, type MoveRefusal, type RecallReason } from "../domain/contact-state";
import { dueBy, type ContactMeans, type Protocol } from "../domain/protocol";
import { accept, refuse, type Result } from "../domain/result";
import type { Level } from "../domain/tier-rules";
import { ContactRow } from "./entities/contact";
import { PersonRow } from "./entities/person";
import { levelsInForce } from "./levels";

/** Who does it, and at which instant. */
export interface Deed {
  readonly by: string;
  readonly now: Date;
}

/** The caller as records name him. */
export const nameOf = ({ subject, agency }: Pick<Caller, "subject" | "agency">): string =>
  `${subject}@${agency}`;

/** What somebody saw of a contact is not so any more. */
export type StaleRefusal = "STALE";

/** A contact as it is planned. */
export interface ContactToPlan {
  readonly personId: string;
  /** The level the planner has seen. */
  readonly level: Level;
  readonly means: ContactMeans;
  readonly plannedFor: Date;
  readonly place: string | null;
  readonly messenger: string | null;
  readonly messengerAgency: string | null;
  readonly helpOffered: boolean;
}

/** Holds the person until the transaction ends: his cases, his level and his contacts stay as they are meanwhile. */
export async function holdPerson(manager: EntityManager, personId: string): Promise<void> {
  await manager
    .createQueryBuilder(PersonRow, "person")
    .select("person.id")
    .where("person.id = :personId", { personId })
    .setLock("pessimistic_write")
    .getOneOrFail();
}

/** The contact as it is now, with its person held. */
export async function holdContact(manager: EntityManager, { id, personId }: ContactRow): Promise<ContactRow> {
  await holdPerson(manager, personId);
  return manager.findOneByOrFail(ContactRow, { id });
}

/** Plans a contact with a person whom the caller may see: whoever calls has made sure. */
export async function planContact(
  manager: EntityManager,
  told: ContactToPlan,
  protocol: Protocol,
  { by, now }: Deed,
): Promise<Result<string, { readonly code: PlanRefusal }>> {
  await holdPerson(manager, told.personId);
  const [inForce] = await levelsInForce(manager, [told.personId]);
  const decision = decidePlan(told, inForce?.level ?? null, protocol, now);
  if (!decision.ok) return decision;
  const response = protocol.levels[decision.value];
  const contact = await manager.save(
    manager.create(ContactRow, {
      ...told,
      level: decision.value,
      state: "planned",
      recordedAt: now,
      plannedBy: by,
      gated: response.gated,
      attemptsNeeded: protocol.failedAttempts,
      dueBy: inForce ? dueBy(response, inForce.confirmedAt) : null,
    }),
  );
  return accept(contact.id);
}

/** Calls a contact off. */
export async function cancelContact(
  manager: EntityManager,
  seen: ContactRow,
  expects: ContactState,
  { by, now }: Deed,
): Promise<Result<string, { readonly code: MoveRefusal | StaleRefusal }>> {
  const contact = await holdContact(manager, seen);
  if (contact.state !== expects) return refuse({ code: "STALE" });
  const next = stateAfter(contact.state, "cancel");
  if (!next.ok) return next;
  await manager.update(ContactRow, contact.id, { state: next.value, closedAt: now, closedBy: by });
  return accept(contact.id);
}

/** Takes a release back: something came up since, which the release could not know. */
export async function recallContact(
  manager: EntityManager,
  seen: ContactRow,
  told: { readonly expects: ContactState; readonly reason: RecallReason },
  { by, now }: Deed,
): Promise<Result<string, { readonly code: MoveRefusal | StaleRefusal }>> {
  const contact = await holdContact(manager, seen);
  if (contact.state !== told.expects) return refuse({ code: "STALE" });
  const next = stateAfter(contact.state, "recall");
  if (!next.ok) return next;
  const recalled = { state: next.value, recallReason: told.reason, closedAt: now, closedBy: by };
  await manager.update(ContactRow, contact.id, recalled);
  return accept(contact.id);
}
