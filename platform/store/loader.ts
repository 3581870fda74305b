import DataLoader from "dataloader";
import {
  Any,
  type DataSource,
  type EntityTarget,
  type FindOptionsOrder,
  type FindOptionsWhere,
} from "typeorm";

/** A loader that reads all rows of many keys in one statement; a key without rows has an empty list. */
export function loaderOf<Row extends object>(
  database: DataSource,
  entity: EntityTarget<Row>,
  key: keyof Row & string,
  order: FindOptionsOrder<Row> = {},
): DataLoader<string, Row[]> {
  return new DataLoader(async (keys) => {
    const where = { [key]: Any(keys) } as FindOptionsWhere<Row>;
    const rows = await database.getRepository(entity).find({ where, order });
    const byKey = new Map<string, Row[]>(keys.map((value) => [value, []]));
    for (const row of rows) byKey.get(row[key] as string)?.push(row);
    return keys.map((value) => byKey.get(value)!);
  });
}
