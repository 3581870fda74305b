import type { EntityManager, EntityMetadata, EntityTarget, ObjectLiteral } from "typeorm";
import type { ColumnMetadata } from "typeorm/metadata/ColumnMetadata";
import { withNumbers } from "./named-parameters";

/** A condition in SQL over the columns of `row`, with its values by name (`:name`). Nothing that a caller said stands in it. */
export interface Condition {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** In which order a list is given. */
export type Order<Row> = readonly (readonly [keyof Row & string, "ASC" | "DESC"])[];

export interface Wanted<Row> {
  readonly where: Condition;
  readonly order?: Order<Row>;
  /** Of the rows with the same value of this the first alone; the order begins with it. */
  readonly firstOfEach?: keyof Row & string;
}

interface Reading {
  readonly column: (property: string) => string;
  readonly columns: string;
  readonly table: string;
  /** Those that `pg` does not give as the entity has them. */
  readonly converted: readonly ColumnMetadata[];
}

/** What `pg` gives as TypeORM would hand it on. */
const GIVEN_AS_THEY_ARE: ReadonlySet<unknown> = new Set([
  ...["bigint", "boolean", "bytea", "integer", "jsonb", "smallint", "text", "timestamptz", "uuid"],
]);

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const readings = new WeakMap<EntityMetadata, Reading>();

function readingOf(metadata: EntityMetadata): Reading {
  const known = readings.get(metadata);
  if (known) return known;
  const all = metadata.columns.filter(({ isSelect }) => isSelect);
  const names = new Map(all.map((one) => [one.propertyName, quoted(one.databaseName)]));
  const reading = {
    column: (property: string) => `"row".${names.get(property)!}`,
    columns: [...names].map(([property, name]) => `"row".${name} AS ${quoted(property)}`).join(", "),
    table: metadata.tablePath.split(".").map(quoted).join("."),
    converted: all.filter(({ type, transformer }) => transformer || !GIVEN_AS_THEY_ARE.has(type)),
  };
  readings.set(metadata, reading);
  return reading;
}

function textOf<Row>(reading: Reading, { where, order = [], firstOfEach }: Wanted<Row>): string {
  const { column, columns, table } = reading;
  const first = firstOfEach === undefined ? "" : `DISTINCT ON (${column(firstOfEach)}) `;
  const ordered = order.map(([property, direction]) => `${column(property)} ${direction}`).join(", ");
  return `SELECT ${first}${columns} FROM ${table} "row" WHERE ${where.sql}${ordered && ` ORDER BY ${ordered}`}`;
}

/**
 * The rows of an entity that TypeORM's query builder would give, for lists that are asked for in every request: without its
 * look through every statement, and at every column of every row.
 *
 * @throws Error when the condition names a parameter that it does not have.
 */
export async function readRows<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  wanted: Wanted<Row>,
): Promise<Row[]> {
  const { driver } = manager.connection;
  const metadata = manager.connection.getMetadata(entity);
  const reading = readingOf(metadata);
  const [text, values] = withNumbers(textOf(reading, wanted), wanted.where.parameters);
  const rows: Row[] = await manager.query(text, values);
  return rows.map((given) => {
    const row = Object.assign(metadata.create() as Row, given);
    for (const column of reading.converted)
      column.setEntityValue(row, driver.prepareHydratedValue(row[column.propertyName], column));
    return row;
  });
}

/** A column of `row`, quoted. */
export function columnOf<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  property: keyof Row & string,
): string {
  return readingOf(manager.connection.getMetadata(entity)).column(property);
}
