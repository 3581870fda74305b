import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { copyLine, rowDigest, type Value } from "./copy-line";
import { readCsv } from "./csv-file";
import { type Column, findColumns, type Positions } from "./csv-header";
import type { CsvRow } from "./csv-row";
import type { StagedTable } from "./staging-tables";
import { BadValue, key } from "./values";

/** How the rows of one source file become rows of one staging table. */
export interface FilePlan<Table extends string = StagedTable> {
  /** The name of the file, without letter case. */
  readonly file: string;
  readonly table: Table;
  readonly columns: readonly Column[];
  /** The staging columns, in the order of what `read` returns. */
  readonly into: readonly string[];
  /** The staging columns that hold a key, by the wanted column it stands in: all that is kept of a refused row. */
  readonly keys: Readonly<Record<string, number>>;
  /** The values of one row, in the order of `columns` (an absent optional column is empty). Throws BadValue. */
  read(values: readonly string[]): readonly Value[];
}

/** As the staging tables have it. */
const longestReason = 160;

/** How many rows of a file were taken into staging, and how many are there with a reason only. */
export interface StagedRows {
  taken: number;
  refused: number;
}

/**
 * Streams a file into its staging table: every row is checked, and a row that cannot be taken is kept with its reason.
 * Throws ImportError when the file as a whole cannot be read.
 */
export async function stageFile<Table extends string>(
  client: Client,
  path: string,
  plan: FilePlan<Table>,
  onBytes?: (count: number) => void,
): Promise<StagedRows> {
  const counts: StagedRows = { taken: 0, refused: 0 };
  const columns = ["line", "reason", "digest", ...plan.into].join(", ");
  const copy = client.query(copyFrom(`COPY import_staging.${plan.table} (${columns}) FROM STDIN`));
  await pipeline(copyText(path, plan, counts, onBytes), copy);
  return counts;
}

async function* copyText<Table extends string>(
  path: string,
  plan: FilePlan<Table>,
  counts: StagedRows,
  onBytes: ((count: number) => void) | undefined,
): AsyncGenerator<string> {
  let header: Header | undefined;
  const seed = [...plan.table].reduce((sum, sign) => sum * 31 + sign.charCodeAt(0), 7) | 0;
  for await (const rows of readCsv(path, onBytes)) {
    let text = "";
    for (const row of rows) {
      if (header === undefined) header = readHeader(basename(path), row, plan.columns);
      else text += stagedLine(row, header, plan, seed, counts);
    }
    if (text !== "") yield text;
  }
}

interface Header {
  readonly width: number;
  readonly positions: Positions;
}

function readHeader(file: string, row: CsvRow, wanted: readonly Column[]): Header {
  return { width: row.fields.length, positions: findColumns(file, row.fields, wanted) };
}

function stagedLine<Table extends string>(
  row: CsvRow,
  header: Header,
  plan: FilePlan<Table>,
  seed: number,
  counts: StagedRows,
): string {
  const values = header.positions.map((at) => row.fields[at] ?? "");
  try {
    if (row.problem !== undefined) throw new BadValue(row.problem);
    if (row.fields.length !== header.width) {
      throw new BadValue(`has ${row.fields.length} columns where the header has ${header.width}`);
    }
    const line = copyLine(plan.read(values));
    counts.taken += 1;
    return `${row.line}\t\\N\t${rowDigest(line, seed)}\t${line}\n`;
  } catch (error) {
    if (!(error instanceof BadValue)) throw error;
    counts.refused += 1;
    const kept = plan.into.map((column) => keptKey(values[plan.keys[column] ?? -1]));
    return `${copyLine([row.line, error.message.slice(0, longestReason), null, ...kept])}\n`;
  }
}

function keptKey(given: string | undefined): string | null {
  try {
    return given === undefined ? null : key("", given);
  } catch {
    return null;
  }
}
