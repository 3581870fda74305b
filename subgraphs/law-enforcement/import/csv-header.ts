import { ImportError } from "./import-error";

/** A column to read, under any of its names (the layouts differ); the first name present is taken. */
export interface Column {
  readonly names: readonly string[];
  /** May be absent from the file; every value is then empty. */
  readonly optional?: boolean;
}

/** Where each wanted column stands in the file; -1 for an optional one that is absent. */
export type Positions = readonly number[];

/**
 * Finds the wanted columns in a header: in any order, in any letter case, other columns between them.
 * Throws COLUMN_MISSING with every column that is missing, or COLUMN_TWICE.
 */
export function findColumns(file: string, header: readonly string[], wanted: readonly Column[]): Positions {
  const present = header.map((name) => name.trim().toLowerCase());
  const missing: string[] = [];
  const positions = wanted.map((column) => {
    for (const name of column.names) {
      const first = present.indexOf(name);
      if (first === -1) continue;
      if (present.lastIndexOf(name) === first) return first;
      throw new ImportError("COLUMN_TWICE", `the header has the column ${name} twice`, { file, line: 1 });
    }
    if (column.optional !== true) missing.push(column.names.join(" or "));
    return -1;
  });
  if (missing.length > 0) {
    const reason = `the header lacks the column${missing.length > 1 ? "s" : ""} ${missing.join(", ")}`;
    throw new ImportError("COLUMN_MISSING", reason, { file, line: 1 });
  }
  return positions;
}
