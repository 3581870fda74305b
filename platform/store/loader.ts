import DataLoader from "dataloader";
import type { DataSource, EntityTarget } from "typeorm";
import { listsBy } from "./lists-by";
import type { Condition, Order } from "./read-rows";

/**
 * A loader that reads all rows of many keys in one statement; a key without rows has an empty list. `also` is asked of every
 * row beside.
 */
export function loaderOf<Row extends object>(
  database: DataSource,
  entity: EntityTarget<Row>,
  key: keyof Row & string,
  order: Order<Row> = [],
  also?: Condition,
): DataLoader<string, Row[]> {
  return new DataLoader((keys) => listsBy(database.manager, entity, key, keys, order, also));
}
