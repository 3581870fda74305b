import type { DataSource, SelectQueryBuilder } from "typeorm";
import { isUuid } from "../../../platform/store/uuid";
import { toldOnce, type Told } from "../../../platform/told-request/told-once";
import { instantOf, microsOf, type Position } from "../../../platform/subgraph/newest-first";
import { saysTheSame, type ConflictProblem, type ToldConflict } from "../domain/conflict";
import type { Reader } from "../domain/release";
import { openCaseFor } from "../policy/conflict-wall";
import { ConflictOfInterestRow } from "./entities/conflict-of-interest";

/** A conflict as it is now recorded, or why nothing took effect. */
export type ConflictOutcome = ConflictOfInterestRow | ConflictProblem;

/** Adds a conflict, or finds the one that the same advocate told with the same key before. */
export async function recordConflict(
  database: DataSource,
  told: ToldConflict,
  { recordedBy, recordedAt }: { readonly recordedBy: string; readonly recordedAt: Date },
): Promise<ConflictOutcome> {
  const conflicts = database.getRepository(ConflictOfInterestRow);
  const { mutationKey, agency, subject, caseId, why } = told;
  const row = { mutationKey, agency, subject, caseId, why, recordedBy, recordedAt };
  await conflicts.createQueryBuilder().insert().values(row).orIgnore().execute();
  const recorded = await conflicts.findOneByOrFail({ recordedBy, mutationKey });
  return saysTheSame(told, recorded) ? recorded : "KEY_USED_OTHERWISE";
}

/** The conflicts of cases that no conflict shuts from the reader, and never one about herself, not even an ended one. */
function readable(database: DataSource, reader: Reader): SelectQueryBuilder<ConflictOfInterestRow> {
  return database
    .getRepository(ConflictOfInterestRow)
    .createQueryBuilder("c")
    .where({ caseId: openCaseFor(reader) })
    .andWhere("NOT (c.agency = :agency AND c.subject = :subject)", {
      agency: reader.agency,
      subject: reader.subject,
    });
}

/** Ends a conflict, once for its telling; one that has ended stays as it is. */
export async function endConflict(
  database: DataSource,
  id: string,
  reader: Reader,
  telling: Told,
): Promise<ConflictOutcome> {
  if (!isUuid(id)) return "NOT_FOUND";
  const found = await readable(database, reader).andWhere("c.id = :id", { id }).getOne();
  if (found === null) return "NOT_FOUND";
  const ended = await toldOnce<never>(database, telling, async (manager) => {
    await manager
      .createQueryBuilder()
      .update(ConflictOfInterestRow)
      .set({ endedAt: telling.now, endedBy: reader.subject })
      .where("id = :id AND ended_at IS NULL", { id: found.id })
      .execute();
    return { ok: true, value: found.id };
  });
  if (!ended.ok) return ended.refusal.code;
  return database.getRepository(ConflictOfInterestRow).findOneByOrFail({ id: ended.value });
}

/** The conflicts that the reader may see, ended ones too, newest first, after a position. */
export async function conflictPage(
  database: DataSource,
  reader: Reader,
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
