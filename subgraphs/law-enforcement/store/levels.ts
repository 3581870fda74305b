import type { EntityManager } from "typeorm";
import type { Caller } from "../../../platform/caller/caller";
import { readRows } from "../../../platform/store/read-rows";
import { LEVELS, type Level } from "../domain/tier-rules";
import { visiblePersons } from "../policy/row-access";
import { LevelConfirmationRow, LevelProposalRow } from "./entities/level";

/** A level in force, and what set it. */
export type LevelInForce = LevelConfirmationRow & { readonly level: Level };

const hasLevel = (row: LevelConfirmationRow | null): row is LevelInForce =>
  row !== null && row.level !== null;

/**
 * The level in force of each person, or at an instant `at`; null also where a panel had decided that he has none any
 * more.
 */
export async function levelsInForce(
  manager: EntityManager,
  personIds: readonly string[],
  at: Date | null = null,
): Promise<(LevelInForce | null)[]> {
  return (await latestLevels(manager, personIds, at)).map((row) => (hasLevel(row) ? row : null));
}

/** What set or ended the level of each person last; `at` an instant: last by then. */
export async function latestLevels(
  manager: EntityManager,
  personIds: readonly string[],
  at: Date | null = null,
): Promise<(LevelConfirmationRow | null)[]> {
  const ofPersons = "row.person_id = ANY(:personIds)";
  const where =
    at === null
      ? { sql: ofPersons, parameters: { personIds } }
      : { sql: `${ofPersons} AND row.confirmed_at <= :at`, parameters: { personIds, at } };
  const rows = await readRows(manager, LevelConfirmationRow, {
    where,
    firstOfEach: "personId",
    order: [
      ["personId", "ASC"],
      ["confirmedAt", "DESC"],
    ],
  });
  const byPerson = new Map(rows.map((row) => [row.personId, row]));
  return personIds.map((id) => byPerson.get(id) ?? null);
}

/** As a cursor writes it: the database counts finer, and would give the last row of a page again. */
const PROPOSED = "date_trunc('milliseconds', proposal.proposed_at)";

export interface ProposalsAfter {
  readonly caller: Caller;
  readonly now: Date;
  /** Level, time and id of the last one read. */
  readonly after: readonly string[] | null;
  readonly limit: number;
}

/**
 * The newest proposals that a named person can confirm: those above the level in force, and made since a panel set it, of
 * persons whom the caller may see. Highest level first (A sorts before D), then oldest first.
 */
export function proposalsAwaiting(
  manager: EntityManager,
  { caller, now, after, limit }: ProposalsAfter,
): Promise<LevelProposalRow[]> {
  const visible = visiblePersons(caller, now, "proposal.person_id");
  const query = manager
    .createQueryBuilder(LevelProposalRow, "proposal")
    .where("proposal.superseded_at IS NULL")
    .andWhere(
      `NOT EXISTS (SELECT FROM (
         SELECT DISTINCT ON (person_id) level, reason, confirmed_at FROM level_confirmation
         WHERE person_id = proposal.person_id ORDER BY person_id, confirmed_at DESC) in_force
       WHERE in_force.level <= proposal.level
         OR (in_force.reason = 'panel' AND in_force.confirmed_at >= proposal.proposed_at))`,
    )
    .andWhere(visible.sql, visible.parameters);
  if (after !== null) {
    const [level, proposedAt, id] = after;
    query.andWhere(`(proposal.level, ${PROPOSED}, proposal.id) > (:level, :proposedAt, :id)`, {
      ...{ level, proposedAt, id },
    });
  }
  return query
    .orderBy("proposal.level")
    .addOrderBy(PROPOSED)
    .addOrderBy("proposal.id")
    .limit(limit)
    .getMany();
}

/** How many persons are confirmed at each level; all four levels, highest first. */
export async function countConfirmedLevels(
  manager: EntityManager,
): Promise<{ readonly key: Level; readonly count: number }[]> {
  const rows: { level: Level; count: number }[] = await manager.query(`
    SELECT level, count(*)::integer AS count
    FROM (SELECT DISTINCT ON (person_id) level FROM level_confirmation ORDER BY person_id, confirmed_at DESC) one
    GROUP BY level`);
  const counts = new Map(rows.map((row) => [row.level, row.count]));
  return LEVELS.map((key) => ({ key, count: counts.get(key) ?? 0 }));
}
