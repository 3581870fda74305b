import DataLoader from "dataloader";
import {
  And,
  Any,
  type DataSource,
  type EntityTarget,
  type FindOperator,
  type FindOptionsOrder,
  type FindOptionsWhere,
} from "typeorm";

/**
 * A loader that reads all rows of many keys in one statement; a key without rows has an empty list. `narrow` is asked of
 * every row beside.
 */
export function loaderOf<Row extends object>(
  database: DataSource,
  entity: EntityTarget<Row>,
  key: keyof Row & string,
  order: FindOptionsOrder<Row> = {},
  narrow: { readonly [Column in keyof Row]?: FindOperator<Row[Column]> } = {},
): DataLoader<string, Row[]> {
  return new DataLoader(async (keys) => {
    const ofKeys = Any(keys) as FindOperator<Row[typeof key]>;
    const also = narrow[key];
    const where = { ...narrow, [key]: also ? And(ofKeys, also) : ofKeys } as FindOptionsWhere<Row>;
    const rows = await database.getRepository(entity).find({ where, order });
    const byKey = new Map<string, Row[]>(keys.map((value) => [value, []]));
    for (const row of rows) byKey.get(row[key] as string)?.push(row);
    return keys.map((value) => byKey.get(value)!);
  });
}
