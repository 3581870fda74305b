import type { DataSource, SelectQueryBuilder } from "typeorm";
import { instantOf, microsOf, type Position } from "../../../platform/subgraph/newest-first";
import { openPersons } from "../policy/conflict-wall";
import { ConflictOfInterestRow } from "./entities/conflict-of-interest";

interface Employee {
  readonly agency: string;
  readonly subject: string;
}

/** Adds a conflict, or finds the one that was told with the same key before. */
export async function addConflict(
  database: DataSource,
  told: Omit<ConflictOfInterestRow, "id" | "endedAt" | "endedBy">,
): Promise<ConflictOfInterestRow> {
  const rows = database.getRepository(ConflictOfInterestRow);
  await rows.createQueryBuilder().insert().values(told).orIgnore().execute();
  return rows.findOneByOrFail({ requestKey: told.requestKey });
}

/**
 * The conflicts of the reader's agency, but for those of persons from whom he is cut off, and for his own,
 * ended ones too.
 */
function readable(database: DataSource, reader: Employee): SelectQueryBuilder<ConflictOfInterestRow> {
  const open = openPersons(reader, "c.person_id");
  return database
    .getRepository(ConflictOfInterestRow)
    .createQueryBuilder("c")
    .where("c.agency = :agency", { agency: reader.agency })
    .andWhere("c.subject <> :subject", { subject: reader.subject })
    .andWhere(open.sql, open.parameters);
}

/** Ends a conflict of the reader's agency; one that has ended stays as it is. Null: there is none that he may see. */
export async function endConflict(
  database: DataSource,
  reader: Employee,
  id: string,
  now: Date,
): Promise<ConflictOfInterestRow | null> {
  const found = await readable(database, reader).andWhere("c.id = :id", { id }).getOne();
  if (found === null) return null;
  const rows = database.getRepository(ConflictOfInterestRow);
  await rows
    .createQueryBuilder()
    .update({ endedAt: now, endedBy: `${reader.subject}@${reader.agency}` })
    .where("id = :id AND ended_at IS NULL", { id })
    .execute();
  return rows.findOneByOrFail({ id });
}

/** The conflicts that a reader may see, ended ones too, newest first, after a position. */
export async function conflictPage(
  database: DataSource,
  reader: Employee,
  after: Position | null,
  limit: number,
): Promise<{ row: ConflictOfInterestRow; position: Position }[]> {
  const page = readable(database, reader)
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
