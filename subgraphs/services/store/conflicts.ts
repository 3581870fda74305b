import type { DataSource, EntityManager, SelectQueryBuilder } from "typeorm";
import { instantOf, microsOf, type Position } from "../../../platform/subgraph/newest-first";
import { openPersons } from "../policy/conflict-wall";
import { ConflictOfInterestRow } from "./entities/conflict-of-interest";

interface Employee {
  readonly agency: string;
  readonly subject: string;
}

/** Adds a conflict; its id. */
export async function addConflict(
  manager: EntityManager,
  told: Omit<ConflictOfInterestRow, "id" | "endedAt" | "endedBy">,
): Promise<string> {
  const { id } = await manager.save(manager.create(ConflictOfInterestRow, told));
  return id;
}

/**
 * The conflicts of the reader's agency, but for those of persons from whom he is cut off, and for his own,
 * ended ones too.
 */
function readable(manager: EntityManager, reader: Employee): SelectQueryBuilder<ConflictOfInterestRow> {
  const open = openPersons(reader, "c.person_id");
  return manager
    .createQueryBuilder(ConflictOfInterestRow, "c")
    .where("c.agency = :agency", { agency: reader.agency })
    .andWhere("c.subject <> :subject", { subject: reader.subject })
    .andWhere(open.sql, open.parameters);
}

/** A conflict that the reader may see. */
export function findConflict(
  manager: EntityManager,
  reader: Employee,
  id: string,
): Promise<ConflictOfInterestRow | null> {
  return readable(manager, reader).andWhere("c.id = :id", { id }).getOne();
}

/** Ends a conflict; one that has ended stays as it is. */
export async function endConflict(
  manager: EntityManager,
  id: string,
  endedBy: string,
  endedAt: Date,
): Promise<void> {
  await manager
    .createQueryBuilder()
    .update(ConflictOfInterestRow)
    .set({ endedAt, endedBy })
    .where("id = :id AND ended_at IS NULL", { id })
    .execute();
}

/** The conflicts that a reader may see, ended ones too, newest first, after a position. */
export async function conflictPage(
  database: DataSource,
  reader: Employee,
  after: Position | null,
  limit: number,
): Promise<{ row: ConflictOfInterestRow; position: Position }[]> {
  const page = readable(database.manager, reader)
    .addSelect(microsOf("c.recorded_at"), "micros")
    .orderBy("c.recorded_at", "DESC")
    .addOrderBy("c.id", "ASC")
    .limit(limit);
  if (after !== null) {
    const last = instantOf(":micros");
    page.andWhere(`(c.recorded_at < ${last} OR (c.recorded_at = ${last} AND c.id > :id))`, after);
  }
  const { entities, raw } = await page.getRawAndEntities<{ micros: string }>();
  return entities.map((row, index) => ({ row, position: { micros: raw[index]!.micros, id: row.id } }));
}
