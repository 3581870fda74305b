import type { EntityManager } from "typeorm";
import type { Caller } from "../../../platform/caller/caller";
import type { Level } from "../domain/tier-rules";
import { visiblePersons } from "../policy/row-access";
import { PersonRow } from "./entities/person";

/** The level in force of the person whose id stands in the column. */
const levelInForce = (personId: string): string => `(
  SELECT confirmed.level FROM level_confirmation confirmed WHERE confirmed.person_id = ${personId}
  ORDER BY confirmed.confirmed_at DESC LIMIT 1)`;

export interface PersonsAfter {
  readonly caller: Caller;
  readonly now: Date;
  /** Only those confirmed at this level. */
  readonly level: Level | null;
  readonly afterId: string | null;
  readonly limit: number;
}

/** The visible persons in the order of their ids, which says nothing about them. */
export function personsAfter(
  manager: EntityManager,
  { caller, now, level, afterId, limit }: PersonsAfter,
): Promise<PersonRow[]> {
  const visible = visiblePersons(caller, now, "person.id");
  const query = manager.createQueryBuilder(PersonRow, "person").where(visible.sql, visible.parameters);
  if (level !== null) query.andWhere(`${levelInForce("person.id")} = :level`, { level });
  if (afterId !== null) query.andWhere("person.id > :afterId", { afterId });
  return query.orderBy("person.id").limit(limit).getMany();
}
