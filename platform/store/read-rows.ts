import { LRUCache } from "lru-cache";
import type { EntityManager, EntityMetadata, EntityTarget, ObjectLiteral } from "typeorm";
import type { ColumnMetadata } from "typeorm/metadata/ColumnMetadata";

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

interface Statement {
  readonly text: string;
  /** Of the parameters, in the order of their numbers. */
  readonly names: readonly string[];
}

interface Reading {
  readonly column: (property: string) => string;
  readonly columns: string;
  readonly table: string;
  /** Those that `pg` does not give as the entity has them. */
  readonly converted: readonly ColumnMetadata[];
  readonly statements: LRUCache<string, Statement>;
}

/** What `pg` gives as TypeORM would hand it on. */
const GIVEN_AS_THEY_ARE: ReadonlySet<unknown> = new Set([
  ...["bigint", "boolean", "bytea", "integer", "jsonb", "smallint", "text", "timestamptz", "uuid"],
]);
/** Texts of one entity: its lists, each with the conditions of a few roles. */
const MOST_STATEMENTS = 200;

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
    statements: new LRUCache<string, Statement>({ max: MOST_STATEMENTS }),
  };
  readings.set(metadata, reading);
  return reading;
}

/** Names become numbers: `$1` is the first one named. */
function numbered(sql: string): Statement {
  const names: string[] = [];
  const text = sql.replace(/(?<![:\w]):([A-Za-z]\w*)/g, (_, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  return { text, names };
}

function statementOf<Row>(reading: Reading, { where, order = [], firstOfEach }: Wanted<Row>): Statement {
  const { column, columns, table, statements } = reading;
  const ordered = order.map(([property, direction]) => `${column(property)} ${direction}`).join(", ");
  const key = `${firstOfEach ?? ""}|${ordered}|${where.sql}`;
  const known = statements.get(key);
  if (known) return known;
  const first = firstOfEach === undefined ? "" : `DISTINCT ON (${column(firstOfEach)}) `;
  const made = numbered(
    `SELECT ${first}${columns} FROM ${table} "row" WHERE ${where.sql}${ordered && ` ORDER BY ${ordered}`}`,
  );
  statements.set(key, made);
  return made;
}

/**
 * The rows of an entity that TypeORM's query builder would give, for lists that are asked for in every request: the text of
 * each is made once, and a row is made into the entity without a look at every column.
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
  const { text, names } = statementOf(reading, wanted);
  const values = names.map((name) => {
    const value = wanted.where.parameters[name];
    if (value === undefined) throw new Error(`The condition has no parameter ${name}.`);
    return value;
  });
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
