import type { EntityManager } from "typeorm";
import { readRows } from "../../../platform/store/read-rows";
import { CustodyEventRow } from "./entities/custody";

/** The latest custody event of each person at `now`, by when it happened, then by when it was recorded (L19). */
export async function latestCustody(
  manager: EntityManager,
  personIds: readonly string[],
  now: Date,
): Promise<(CustodyEventRow | null)[]> {
  const rows = await readRows(manager, CustodyEventRow, {
    where: {
      sql: "row.person_id = ANY(:personIds) AND row.occurred_at <= :now",
      parameters: { personIds, now },
    },
    firstOfEach: "personId",
    order: [
      ["personId", "ASC"],
      ["occurredAt", "DESC"],
      ["recordedAt", "DESC"],
    ],
  });
  const byPerson = new Map(rows.map((row) => [row.personId, row]));
  return personIds.map((id) => byPerson.get(id) ?? null);
}
