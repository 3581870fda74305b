import type { EntityManager } from "typeorm";
import { CustodyEventRow } from "./entities/custody";

/** The latest custody event of each person at `now`, by when it happened, then by when it was recorded (L19). */
export async function latestCustody(
  manager: EntityManager,
  personIds: readonly string[],
  now: Date,
): Promise<(CustodyEventRow | null)[]> {
  const rows = await manager
    .createQueryBuilder(CustodyEventRow, "custody")
    .distinctOn(["custody.personId"])
    .where("custody.personId = ANY(:personIds)", { personIds })
    .andWhere("custody.occurredAt <= :now", { now })
    .orderBy("custody.personId")
    .addOrderBy("custody.occurredAt", "DESC")
    .addOrderBy("custody.recordedAt", "DESC")
    .getMany();
  const byPerson = new Map(rows.map((row) => [row.personId, row]));
  return personIds.map((id) => byPerson.get(id) ?? null);
}
