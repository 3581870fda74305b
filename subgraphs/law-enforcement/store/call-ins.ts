import type { EntityManager } from "typeorm";
import type { Caller } from "../../../platform/caller/caller";
import { decideAttendance, type Attendance, type SpeakerKind } from "../domain/call-in-form";
import { callInAfter, type CallInMoveRefusal, type CallInState } from "../domain/call-in-state";
import { hourFault, isAheadOf, type HourFault, type PlanRefusal } from "../domain/contact-form";
import type { OutcomeRefusal } from "../domain/contact-outcome";
import type { Protocol } from "../domain/protocol";
import { accept, refuse, type Result } from "../domain/result";
import type { Level } from "../domain/tier-rules";
import { visibleCallIns } from "../policy/row-access";
import { endContacts, type ContactOutcome, type EndedContact } from "./contact-outcomes";
import { holdPersons, planContacts, type Deed, type StaleRefusal } from "./contacts";
import { CallInRow, CallInSpeakerRow } from "./entities/call-in";
import { ContactRow } from "./entities/contact";
import { outcomeFacts } from "./gate-facts";

/** A call-in as it is planned. */
export interface CallInToPlan {
  readonly plannedFor: Date;
  readonly place: string;
  readonly helpOffered: boolean;
  readonly messenger: string | null;
  readonly messengerAgency: string | null;
  readonly speakers: readonly { readonly name: string; readonly role: string; readonly kind: SpeakerKind }[];
}

/** Somebody who is invited, with the level that the planner has seen; whoever calls has made sure that he may see him. */
export interface Invited {
  readonly personId: string;
  readonly level: Level;
}

/** What is wrong with one of those who are named. */
export interface NamedRefusal {
  /** The person who is invited, or the contact of whom it is said whether he came. */
  readonly id: string;
  readonly code: PlanRefusal | OutcomeRefusal | "ALREADY_INVITED" | "NOT_FOUND";
}

/** Nothing took effect, for what is wrong with those who are named (L38). */
export interface NamedRefusals {
  readonly code: "REFUSED_FOR_SOME";
  readonly named: readonly NamedRefusal[];
}
type Refusal<Code extends string> = { readonly code: Code } | NamedRefusals;

const refuseFor = (named: readonly NamedRefusal[]) => refuse({ code: "REFUSED_FOR_SOME" as const, named });

/** Plans the contact of each who is invited, all or none. */
async function invite(
  manager: EntityManager,
  callIn: CallInRow,
  invited: readonly Invited[],
  protocol: Protocol,
  deed: Deed,
): Promise<Result<string, NamedRefusals>> {
  const { id: callInId, plannedFor, place, helpOffered, messenger, messengerAgency } = callIn;
  const common = { callInId, plannedFor, place, helpOffered, messenger, messengerAgency };
  const plans = invited.map((one) => ({ ...one, ...common, means: "call-in" as const }));
  const planned = await planContacts(manager, plans, protocol, deed);
  if (planned.ok) return accept(callInId);
  return refuseFor(planned.refusal.refused.map(({ personId, code }) => ({ id: personId, code })));
}

/** Plans a call-in, and a contact with each who is invited by the rules of every other one (L38). Answers its id. */
export async function planCallIn(
  manager: EntityManager,
  { speakers, ...told }: CallInToPlan,
  invited: readonly Invited[],
  protocol: Protocol,
  deed: Deed,
): Promise<Result<string, Refusal<HourFault>>> {
  const fault = hourFault(told.plannedFor, deed.now);
  if (fault !== null) return refuse({ code: fault });
  const row = { ...told, state: "planned" as const, plannedBy: deed.by, recordedAt: deed.now };
  const callIn = await manager.save(manager.create(CallInRow, row));
  await manager.insert(
    CallInSpeakerRow,
    speakers.map(({ name, role, kind }, index) => ({
      ...{ callInId: callIn.id, position: index + 1 },
      ...{ name, role, kind },
    })),
  );
  return invite(manager, callIn, invited, protocol, deed);
}

/** The call-in as it is now, held until the transaction ends; always before its persons. */
function holdCallIn(manager: EntityManager, { id }: CallInRow): Promise<CallInRow> {
  return manager.findOneOrFail(CallInRow, { where: { id }, lock: { mode: "pessimistic_write" } });
}

/** Invites more persons to a call-in that is to come. Answers its id. */
export async function inviteToCallIn(
  manager: EntityManager,
  seen: CallInRow,
  told: { readonly expects: CallInState; readonly invited: readonly Invited[] },
  protocol: Protocol,
  deed: Deed,
): Promise<Result<string, Refusal<StaleRefusal | CallInMoveRefusal | HourFault>>> {
  const callIn = await holdCallIn(manager, seen);
  if (callIn.state !== told.expects) return refuse({ code: "STALE" });
  const next = callInAfter(callIn.state, "invite");
  if (!next.ok) return next;
  const fault = hourFault(callIn.plannedFor, deed.now);
  if (fault !== null) return refuse({ code: fault });
  const open = new Set((await openInvitations(manager, callIn)).map(({ personId }) => personId));
  const twice = told.invited.filter(({ personId }) => open.has(personId));
  if (twice.length > 0) {
    return refuseFor(twice.map(({ personId }) => ({ id: personId, code: "ALREADY_INVITED" })));
  }
  return invite(manager, callIn, told.invited, protocol, deed);
}

const openInvitations = (manager: EntityManager, { id }: CallInRow): Promise<ContactRow[]> =>
  manager.findBy(ContactRow, [
    { callInId: id, state: "planned" },
    { callInId: id, state: "released" },
  ]);

/** Of one contact whether he came; whoever calls has made sure that the caller may see it. */
export interface Attended {
  readonly contactId: string;
  readonly came: Attendance;
}

/**
 * Records who came to a call-in: all of them, or none and it is said of each what is wrong (L38). Whoever came without a
 * release that held is recorded as a breach. Answers the call-in's id.
 */
export async function recordAttendance(
  manager: EntityManager,
  seen: CallInRow,
  told: ContactOutcome & { readonly expects: CallInState; readonly attendance: readonly Attended[] },
  protocol: Protocol,
  deed: Deed,
): Promise<Result<string, Refusal<StaleRefusal | CallInMoveRefusal | "IN_THE_FUTURE">>> {
  const callIn = await holdCallIn(manager, seen);
  if (callIn.state !== told.expects) return refuse({ code: "STALE" });
  const next = callInAfter(callIn.state, "attend");
  if (!next.ok) return next;
  const { madeAt } = told;
  if (isAheadOf(madeAt, deed.now)) return refuse({ code: "IN_THE_FUTURE" });
  const came = new Map(told.attendance.map((one) => [one.contactId, one.came]));
  const invited = await manager.findBy(ContactRow, { callInId: callIn.id });
  const others = [...came.keys()].filter((id) => !invited.some((contact) => contact.id === id));
  if (others.length > 0) return refuseFor(others.map((id) => ({ id, code: "NOT_FOUND" })));
  const named = invited.filter(({ id }) => came.has(id));
  await holdPersons(
    manager,
    named.map(({ personId }) => personId),
  );
  // Once they are held: what somebody else did to a contact meanwhile is seen.
  const contacts = (await manager.findBy(ContactRow, { callInId: callIn.id })).filter(({ id }) =>
    came.has(id),
  );
  const refused: NamedRefusal[] = [];
  const ended: EndedContact[] = [];
  for (const facts of await outcomeFacts(manager, contacts, madeAt)) {
    const { id } = facts.contact;
    const decision = decideAttendance(facts, came.get(id)!, madeAt, protocol, deed.now);
    if (decision.ok) ended.push({ contactId: id, ending: decision.value });
    else refused.push({ id, code: decision.refusal.code });
  }
  if (refused.length > 0) return refuseFor(refused);
  await endContacts(manager, ended, told, deed);
  if (callIn.state !== next.value) {
    await manager.update(CallInRow, callIn.id, { state: next.value, closedAt: deed.now, closedBy: deed.by });
  }
  return accept(callIn.id);
}

/** Calls a call-in off, and every contact of it that is open, whoever may see it. Answers its id. */
export async function cancelCallIn(
  manager: EntityManager,
  seen: CallInRow,
  expects: CallInState,
  { by, now }: Deed,
): Promise<Result<string, { readonly code: StaleRefusal | CallInMoveRefusal }>> {
  const callIn = await holdCallIn(manager, seen);
  if (callIn.state !== expects) return refuse({ code: "STALE" });
  const next = callInAfter(callIn.state, "cancel");
  if (!next.ok) return next;
  const open = await openInvitations(manager, callIn);
  await holdPersons(
    manager,
    open.map(({ personId }) => personId),
  );
  const closed = { closedAt: now, closedBy: by };
  await manager
    .createQueryBuilder()
    .update(ContactRow)
    .set({ state: "cancelled", ...closed })
    .where("call_in_id = :id AND state IN ('planned', 'released')", { id: callIn.id })
    .execute();
  await manager.update(CallInRow, callIn.id, { state: next.value, ...closed });
  return accept(callIn.id);
}

/** As a cursor writes it: the database counts finer, and would give the last row of a page again. */
const PLANNED_FOR = "date_trunc('milliseconds', call_in.planned_for)";

export interface CallInsAfter {
  readonly caller: Caller;
  readonly now: Date;
  readonly when: "upcoming" | "past";
  /** For when the last one read was planned, and its id. */
  readonly after: readonly string[] | null;
  readonly limit: number;
}

/** The call-ins that the caller may see: those to come, next one first, or those past, latest first. */
export function callInsAfter(
  manager: EntityManager,
  { caller, now, when, after, limit }: CallInsAfter,
): Promise<CallInRow[]> {
  const { sql, parameters } = visibleCallIns(caller, now, "call_in.id");
  const [beyond, direction] = when === "upcoming" ? ([">", "ASC"] as const) : (["<", "DESC"] as const);
  const query = manager.createQueryBuilder(CallInRow, "call_in").where(sql, parameters);
  query.andWhere(`call_in.planned_for ${when === "upcoming" ? ">=" : "<"} :instant`, { instant: now });
  if (after !== null) {
    const [plannedFor, id] = after;
    query.andWhere(`(${PLANNED_FOR}, call_in.id) ${beyond} (:plannedFor, :id)`, { plannedFor, id });
  }
  return query.orderBy(PLANNED_FOR, direction).addOrderBy("call_in.id", direction).limit(limit).getMany();
}
