import type { EntityManager } from "typeorm";
import type { Caller } from "../../../platform/caller/caller";
import { visibleCases, visiblePersons } from "../policy/row-access";
import { ConflictOfInterestRow } from "./entities/conflict";

/** As a cursor writes it: the database counts finer, and would give the last row of a page again. */
const RECORDED = "date_trunc('milliseconds', conflict.recorded_at)";

/** A conflict as somebody tells it. */
export type ToldConflict = Pick<
  ConflictOfInterestRow,
  "agency" | "subject" | "caseId" | "personId" | "why" | "recordedBy"
>;

/** Adds a conflict; its id. */
export async function addConflict(manager: EntityManager, told: ToldConflict, now: Date): Promise<string> {
  const { id } = await manager.save(manager.create(ConflictOfInterestRow, { ...told, recordedAt: now }));
  return id;
}

/** The conflicts about cases and persons that the caller may see: never one about him. */
function visibleConflicts(manager: EntityManager, caller: Caller, now: Date) {
  const person = visiblePersons(caller, now, "conflict.person_id");
  const inCase = visibleCases(caller, now, {
    personId: "about.person_id",
    victimId: "about.victim_id",
    assignedAgency: "about.assigned_agency",
  });
  return manager
    .createQueryBuilder(ConflictOfInterestRow, "conflict")
    .where(
      `(conflict.case_id IS NULL AND ${person.sql}
        OR EXISTS (SELECT FROM case_file about WHERE about.id = conflict.case_id AND ${inCase.sql}))`,
      { ...person.parameters, ...inCase.parameters },
    )
    .andWhere("NOT (conflict.agency = :callerAgency AND conflict.subject = :callerSubject)");
}

/** Ends a conflict; one that has ended already stays as it is. Null alike for none and for one of a shut case. */
export async function endConflict(
  manager: EntityManager,
  id: string,
  caller: Caller,
  now: Date,
): Promise<ConflictOfInterestRow | null> {
  const found = await visibleConflicts(manager, caller, now)
    .andWhere("conflict.id = :id", { id })
    .setLock("pessimistic_write")
    .getOne();
  if (found === null || found.endedAt !== null) return found;
  return manager.save(
    manager.merge(ConflictOfInterestRow, found, {
      endedAt: now,
      endedBy: `${caller.subject}@${caller.agency}`,
    }),
  );
}

export interface ConflictsAfter {
  readonly caller: Caller;
  readonly now: Date;
  /** When the last one read was recorded, and its id. */
  readonly after: readonly string[] | null;
  readonly limit: number;
}

/** The conflicts that the caller may see, ended ones too, oldest first. */
export function conflictsAfter(
  manager: EntityManager,
  { caller, now, after, limit }: ConflictsAfter,
): Promise<ConflictOfInterestRow[]> {
  const query = visibleConflicts(manager, caller, now);
  if (after !== null) {
    const [recordedAt, id] = after;
    query.andWhere(`(${RECORDED}, conflict.id) > (:recordedAt, :id)`, { recordedAt, id });
  }
  return query.orderBy(RECORDED).addOrderBy("conflict.id").limit(limit).getMany();
}
