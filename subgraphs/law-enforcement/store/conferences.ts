import type { EntityManager } from "typeorm";
import type { Caller } from "../../../platform/caller/caller";
import type { ActionEvent } from "../../../platform/conference-action/action";
import { addAction, endAction, type ActionToAdd } from "../../../platform/conference-action/actions";
import { agendaFrom, conferenceAfter, decideClose, decideConference } from "../domain/conference";
import { accept, refuse, type Result } from "../domain/result";
import { visiblePersons } from "../policy/row-access";
import type { Deed } from "./contacts";
import { ConferenceAttendeeRow, ConferenceRow } from "./entities/conference";

type Changed<Code extends string> = Promise<Result<string, { readonly code: Code }>>;

/** Somebody, by agency and the subject of his token. */
export interface Named {
  readonly agency: string;
  readonly subject: string;
}

export interface ConferencesAfter {
  /** Start and id of the last one read. */
  readonly after: readonly string[] | null;
  readonly limit: number;
}

/** Conferences, the latest start first. */
export function conferencesAfter(
  manager: EntityManager,
  { after, limit }: ConferencesAfter,
): Promise<ConferenceRow[]> {
  const query = manager.createQueryBuilder(ConferenceRow, "conference");
  if (after !== null) {
    const [startsAt, id] = after;
    query.where("(conference.starts_at, conference.id) < (:startsAt, :id)", { startsAt, id });
  }
  return query
    .orderBy("conference.startsAt", "DESC")
    .addOrderBy("conference.id", "DESC")
    .limit(limit)
    .getMany();
}

/** Plans a conference; its agenda goes back to the start of the one held before it. */
export async function planConference(
  manager: EntityManager,
  { startsAt, place }: { readonly startsAt: Date; readonly place: string },
  { by, now }: Deed,
): Changed<"IN_THE_PAST" | "TOO_FAR_AHEAD"> {
  const decision = decideConference(startsAt, now);
  if (!decision.ok) return decision;
  const before = await manager
    .createQueryBuilder(ConferenceRow, "held")
    .where("held.state <> 'cancelled' AND held.startsAt < :startsAt", { startsAt })
    .orderBy("held.startsAt", "DESC")
    .limit(1)
    .getOne();
  const row = await manager.save(
    manager.create(ConferenceRow, {
      ...{ startsAt, place, state: "planned" },
      agendaFrom: agendaFrom(startsAt, before?.startsAt ?? null),
      ...{ plannedBy: by, recordedAt: now },
    }),
  );
  return accept(row.id);
}

/** The conference as it is now, held until the transaction ends; null: there is none. */
export function holdConference(manager: EntityManager, id: string): Promise<ConferenceRow | null> {
  return manager
    .createQueryBuilder(ConferenceRow, "conference")
    .where("conference.id = :id", { id })
    .setLock("pessimistic_write")
    .getOne();
}

/** Closes a conference, with who took part. */
export async function closeConference(
  manager: EntityManager,
  id: string,
  attendees: readonly Named[],
  { by, now }: Deed,
): Changed<"NOT_FOUND" | "OVER" | "NOT_BEGUN"> {
  const held = await holdConference(manager, id);
  if (held === null) return refuse({ code: "NOT_FOUND" });
  const next = decideClose(held, now);
  if (!next.ok) return next;
  await manager.update(ConferenceRow, held.id, { state: next.value, closedAt: now, closedBy: by });
  await manager
    .createQueryBuilder()
    .insert()
    .into(ConferenceAttendeeRow)
    .values(attendees.map(({ agency, subject }) => ({ conferenceId: held.id, agency, subject })))
    .orIgnore()
    .execute();
  return accept(held.id);
}

/** Calls a conference off. */
export async function cancelConference(
  manager: EntityManager,
  id: string,
  { by, now }: Deed,
): Changed<"NOT_FOUND" | "OVER"> {
  const held = await holdConference(manager, id);
  if (held === null) return refuse({ code: "NOT_FOUND" });
  const next = conferenceAfter(held.state, "cancel");
  if (!next.ok) return next;
  await manager.update(ConferenceRow, held.id, { state: next.value, closedAt: now, closedBy: by });
  return accept(held.id);
}

/** Takes something on at a conference that was not called off; things come up after it is closed, too. */
export async function addJusticeAction(
  manager: EntityManager,
  told: ActionToAdd,
  deed: Deed,
): Changed<"NOT_FOUND" | "OVER" | "IN_THE_PAST" | "TOO_FAR_AHEAD"> {
  const held = await holdConference(manager, told.conferenceId);
  if (held === null) return refuse({ code: "NOT_FOUND" });
  return held.state === "cancelled" ? refuse({ code: "OVER" }) : addAction(manager, told, deed);
}

/** Ends an action of the caller's own agency, about nobody whom he may not see. */
export function endJusticeAction(
  manager: EntityManager,
  id: string,
  event: ActionEvent,
  caller: Caller,
  deed: Deed,
): Changed<"NOT_FOUND" | "OVER"> {
  const visible = visiblePersons(caller, deed.now, "row.about_id");
  const seen = `(row.about_id IS NULL OR ${visible.sql})`;
  const which = { id, agency: caller.agency, event };
  return endAction(manager, which, (query) => void query.andWhere(seen, visible.parameters), deed);
}
