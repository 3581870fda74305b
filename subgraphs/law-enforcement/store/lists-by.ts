import type { EntityManager, EntityTarget, ObjectLiteral, SelectQueryBuilder } from "typeorm";

/** In which order a list is given. */
export type Order<Row> = readonly (readonly [keyof Row & string, "ASC" | "DESC"])[];

/**
 * The lists that belong to many owners at once, in one statement: for each id of `ids`, in their order, the rows whose
 * `key` is that id. `narrow` may add conditions.
 */
export async function listsBy<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  key: keyof Row & string,
  ids: readonly string[],
  order: Order<Row> = [],
  narrow: (query: SelectQueryBuilder<Row>) => void = () => undefined,
): Promise<Row[][]> {
  const query = manager.createQueryBuilder(entity, "row").where(`row.${key} = ANY(:ids)`, { ids });
  narrow(query);
  for (const [column, direction] of order) query.addOrderBy(`row.${column}`, direction);
  const lists = new Map<string, Row[]>(ids.map((id) => [id, []]));
  for (const row of await query.getMany()) lists.get(row[key])?.push(row);
  return ids.map((id) => lists.get(id) ?? []);
}

/** The one row for each id, or null; `key` is unique among the rows the conditions leave. */
export async function onesBy<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  key: keyof Row & string,
  ids: readonly string[],
  narrow?: (query: SelectQueryBuilder<Row>) => void,
): Promise<(Row | null)[]> {
  return (await listsBy(manager, entity, key, ids, [], narrow)).map((rows) => rows[0] ?? null);
}
