import type { EntityManager, EntityTarget, ObjectLiteral } from "typeorm";
import { columnOf, readRows, type Condition, type Order } from "./read-rows";

/**
 * The lists that belong to many owners at once, in one statement: for each id of `ids`, in their order, the rows whose
 * `key` is that id and for which the condition holds.
 */
export async function listsBy<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  key: keyof Row & string,
  ids: readonly string[],
  order: Order<Row> = [],
  also?: Condition,
): Promise<Row[][]> {
  const ofIds = `${columnOf(manager, entity, key)} = ANY(:ids)`;
  const where = {
    sql: also ? `${ofIds} AND (${also.sql})` : ofIds,
    parameters: { ...also?.parameters, ids },
  };
  const lists = new Map<string, Row[]>(ids.map((id) => [id, []]));
  for (const row of await readRows(manager, entity, { where, order })) lists.get(row[key])?.push(row);
  return ids.map((id) => lists.get(id) ?? []);
}

/** The one row for each id, or null; `key` is unique among the rows the condition leaves. */
export async function onesBy<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  key: keyof Row & string,
  ids: readonly string[],
  also?: Condition,
): Promise<(Row | null)[]> {
  return (await listsBy(manager, entity, key, ids, [], also)).map((rows) => rows[0] ?? null);
}
