import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import { type ClientBase, escapeIdentifier } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Batch, Tables, Value } from "./batch";

const SPECIAL = /[\\\t\n\r]/g;
const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
/** Lines sent at once: more only fills memory. */
const LINES = 500;

function textOf(value: Exclude<Value, null>): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object") return String(value);
  return Array.isArray(value) ? arrayOf(value as readonly string[]) : JSON.stringify(value);
}

function arrayOf(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}

/** One row in the text format of PostgreSQL's COPY, with its line break. */
export function copyLine(values: readonly Value[]): string {
  const cells = values.map((value) =>
    value === null ? "\\N" : textOf(value).replace(SPECIAL, (sign) => ESCAPES[sign]!),
  );
  return `${cells.join("\t")}\n`;
}

function* chunks(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, Value>>[],
): Generator<string> {
  for (let start = 0; start < rows.length; start += LINES) {
    const some = rows.slice(start, start + LINES);
    yield some.map((row) => copyLine(columns.map((column) => row[column] ?? null))).join("");
  }
}

/** Writes a batch, table by table, in the transaction that is open on `client`. Rejects with pg's error. */
export async function copyBatch<T extends Tables>(
  client: ClientBase,
  batch: Batch<T>,
  only: readonly (keyof T & string)[] = Object.keys(batch.tables),
): Promise<void> {
  for (const table of only) {
    const rows = batch.rows(table);
    if (rows.length === 0) continue;
    const columns = batch.tables[table]!;
    const list = columns.map((column) => escapeIdentifier(column)).join(", ");
    const sink = client.query(copyFrom(`COPY ${escapeIdentifier(table)} (${list}) FROM STDIN`));
    await pipeline(Readable.from(chunks(columns, rows)), sink);
  }
}
