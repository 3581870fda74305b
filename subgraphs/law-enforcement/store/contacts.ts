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
  /** The call-in to which he is invited. */
  readonly callInId?: string;
}

/** Holds persons until the transaction ends: their cases, levels and contacts stay as they are meanwhile. */
export async function holdPersons(manager: EntityManager, ids: readonly string[]): Promise<void> {
  await manager
    .createQueryBuilder(PersonRow, "person")
    .select("person.id")
    .where("person.id = ANY(:ids)", { ids })
    // Always in one order: two who hold several at once do not wait for each other.
    .orderBy("person.id")
    .setLock("pessimistic_write")
    .getMany();
}

/** Holds one person until the transaction ends. */
export const holdPerson = (manager: EntityManager, personId: string): Promise<void> =>
  holdPersons(manager, [personId]);

/** The contact as it is now, with its person held. */
export async function holdContact(manager: EntityManager, { id, personId }: ContactRow): Promise<ContactRow> {
  await holdPerson(manager, personId);
  return manager.findOneByOrFail(ContactRow, { id });
}

/**
 * The first instant after all that was recorded of reaching each person's victims. A plan that is recorded now comes after it,
 * though whoever plans began before, or by a slow clock: what was done before it was planned opens nothing.
 */
async function afterOutreach(manager: EntityManager, personIds: readonly string[]): Promise<(Date | null)[]> {
  const rows = await manager.query<{ personId: string; after: Date }[]>(
    `SELECT hers.person_id AS "personId", date_trunc('milliseconds', max(done.recorded_at)) + interval '1 ms' AS after
     FROM case_file hers JOIN justice_outreach done ON done.case_id = hers.id
     WHERE hers.person_id = ANY($1) GROUP BY hers.person_id`,
    [personIds],
  );
  const byPerson = new Map(rows.map(({ personId, after }) => [personId, after]));
  return personIds.map((id) => byPerson.get(id) ?? null);
}

/** Why a contact with one of several persons is not planned. */
export interface RefusedPlan {
  readonly personId: string;
  readonly code: PlanRefusal;
}

/**
 * Plans contacts with persons whom the caller may see: whoever calls has made sure. All are planned, or none and it is
 * said of each person what is wrong (L27). A few statements, however many persons. Answers the contacts' ids.
 */
export async function planContacts(
  manager: EntityManager,
  plans: readonly ContactToPlan[],
  protocol: Protocol,
  { by, now }: Deed,
): Promise<Result<string[], { readonly code: "REFUSED"; readonly refused: readonly RefusedPlan[] }>> {
  const personIds = plans.map(({ personId }) => personId);
  await holdPersons(manager, personIds);
  const inForce = await levelsInForce(manager, personIds);
  const earliest = await afterOutreach(manager, personIds);
  const refused: RefusedPlan[] = [];
  const rows = plans.flatMap((told, index) => {
    const confirmed = inForce[index] ?? null;
    const decision = decidePlan(told, confirmed?.level ?? null, protocol, now);
    if (!decision.ok) {
      refused.push({ personId: told.personId, code: decision.refusal.code });
      return [];
    }
    const response = protocol.levels[decision.value];
    const after = earliest[index];
    return manager.create(ContactRow, {
      ...told,
      level: decision.value,
      state: "planned",
      recordedAt: after && after > now ? after : now,
      plannedBy: by,
      gated: response.gated,
      attemptsNeeded: protocol.failedAttempts,
      dueBy: confirmed ? dueBy(response, confirmed.confirmedAt) : null,
    });
  });
  if (refused.length > 0) return refuse({ code: "REFUSED", refused });
  const { identifiers } = await manager.insert(ContactRow, rows);
  return accept(identifiers.map(({ id }) => id as string));
}

/** Plans a contact with a person whom the caller may see: whoever calls has made sure. */
export async function planContact(
  manager: EntityManager,
  told: ContactToPlan,
  protocol: Protocol,
  deed: Deed,
): Promise<Result<string, { readonly code: PlanRefusal }>> {
  const planned = await planContacts(manager, [told], protocol, deed);
  return planned.ok ? accept(planned.value[0]!) : refuse({ code: planned.refusal.refused[0]!.code });
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
