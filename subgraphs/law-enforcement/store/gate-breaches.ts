import type { EntityManager } from "typeorm";
import type { Caller } from "../../../platform/caller/caller";
import { isAheadOf } from "../domain/contact-form";
import { failedConditions } from "../domain/contact-outcome";
import type { ContactMeans, Protocol } from "../domain/protocol";
import { accept, refuse, type Result } from "../domain/result";
import { visibleContacts, type Condition } from "../policy/row-access";
import { reportBreaches, type ContactOutcome } from "./contact-outcomes";
import { holdPerson, type Deed } from "./contacts";
import { ContactRow } from "./entities/contact";
import { GateBreachRow } from "./entities/gate-breach";
import { outcomeFacts } from "./gate-facts";
import { levelsInForce } from "./levels";

/** A contact that nobody had planned, with a person whom the caller may see. */
export interface UnplannedContact extends ContactOutcome {
  readonly personId: string;
  readonly means: ContactMeans;
}

/** Records a contact that nobody had planned: a breach of the gate, with its report (L34, L35). Answers the contact's id. */
export async function recordUnplannedBreach(
  manager: EntityManager,
  told: UnplannedContact,
  protocol: Protocol,
  deed: Deed,
): Promise<Result<string, { readonly code: "IN_THE_FUTURE" }>> {
  const { madeAt } = told;
  if (isAheadOf(madeAt, deed.now)) return refuse({ code: "IN_THE_FUTURE" });
  await holdPerson(manager, told.personId);
  const [inForce] = await levelsInForce(manager, [told.personId], madeAt);
  const level = inForce?.level ?? null;
  const row = manager.create(ContactRow, {
    ...told,
    ...{ level, state: "breached", plannedBy: null, plannedFor: madeAt },
    gated: level === null || protocol.levels[level].gated,
    attemptsNeeded: protocol.failedAttempts,
    ...{ recordedAt: deed.now, closedAt: deed.now, closedBy: deed.by },
  });
  const { id: contactId } = await manager.save(row);
  const contact = await manager.findOneByOrFail(ContactRow, { id: contactId });
  const [facts] = await outcomeFacts(manager, [contact], madeAt);
  const failed = failedConditions(facts!, madeAt, protocol);
  await reportBreaches(manager, [{ contactId, ending: { state: "breached", failed } }], deed);
  return accept(contactId);
}

const seenBy = (caller: Caller, now: Date): Condition => {
  const columns = {
    personId: "met.person_id",
    messenger: "met.messenger",
    messengerAgency: "met.messenger_agency",
  };
  const { sql, parameters } = visibleContacts(caller, now, columns);
  return {
    sql: `EXISTS (SELECT FROM contact met WHERE met.id = breach.contact_id AND ${sql})`,
    parameters,
  };
};

/** The reports of contacts that the caller may see. */
function visibleBreaches(manager: EntityManager, caller: Caller, now: Date) {
  const { sql, parameters } = seenBy(caller, now);
  return manager.createQueryBuilder(GateBreachRow, "breach").where(sql, parameters);
}

/** One report; null alike when there is none and when it is of a contact that the caller may not see. */
export function findBreach(
  manager: EntityManager,
  id: string,
  caller: Caller,
  now: Date,
): Promise<GateBreachRow | null> {
  return visibleBreaches(manager, caller, now).andWhere("breach.id = :id", { id }).getOne();
}

/** Records what a coordinator found when she looked into a breach; each is reviewed once. Answers the report's id. */
export async function reviewBreach(
  manager: EntityManager,
  id: string,
  review: string,
  { by, now }: Deed,
): Promise<Result<string, { readonly code: "ALREADY_REVIEWED" }>> {
  const { affected } = await manager
    .createQueryBuilder()
    .update(GateBreachRow)
    .set({ review, reviewedBy: by, reviewedAt: now })
    .where("id = :id AND reviewed_at IS NULL", { id })
    .execute();
  return affected === 1 ? accept(id) : refuse({ code: "ALREADY_REVIEWED" });
}

/** As a cursor writes it: the database counts finer, and would give the last row of a page again. */
const REPORTED = "date_trunc('milliseconds', breach.reported_at)";

export interface BreachesAfter {
  readonly caller: Caller;
  readonly now: Date;
  /** Only those that were, or were not, reviewed; null: all. */
  readonly reviewed: boolean | null;
  /** When the last one read was reported, and its id. */
  readonly after: readonly string[] | null;
  readonly limit: number;
}

/** The reports of contacts that the caller may see, oldest first. */
export function breachesAfter(
  manager: EntityManager,
  { caller, now, reviewed, after, limit }: BreachesAfter,
): Promise<GateBreachRow[]> {
  const query = visibleBreaches(manager, caller, now);
  if (reviewed !== null) query.andWhere(`breach.reviewed_at IS ${reviewed ? "NOT NULL" : "NULL"}`);
  if (after !== null) {
    const [reportedAt, id] = after;
    query.andWhere(`(${REPORTED}, breach.id) > (:reportedAt, :id)`, { reportedAt, id });
  }
  return query.orderBy(REPORTED).addOrderBy("breach.id").limit(limit).getMany();
}
