/** What a column may hold; objects go to jsonb columns, lists to arrays. */
export type Value = string | number | boolean | null | readonly string[] | Readonly<Record<string, string>>;

/** The tables of one database in the order they are filled, each with its columns. */
export type Tables = Readonly<Record<string, readonly string[]>>;

/** A row with a value for every column: null is said, never forgotten. */
export type Row<T extends Tables, Name extends keyof T> = Readonly<Record<T[Name][number], Value>>;

/** Rows for one database, kept until they are written together. */
export class Batch<T extends Tables> {
  private readonly byTable = new Map<keyof T, Row<T, keyof T>[]>();

  constructor(readonly tables: T) {}

  add<Name extends keyof T>(table: Name, row: Row<T, Name>): void {
    const rows = this.byTable.get(table);
    if (rows) rows.push(row);
    else this.byTable.set(table, [row]);
  }

  rows<Name extends keyof T & string>(table: Name): readonly Row<T, Name>[] {
    return this.byTable.get(table) ?? [];
  }
}
