import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Client } from "pg";
import { readCsv } from "./csv-file";
import { ImportError } from "./import-error";

const atOnce = 5000;

interface Reject {
  readonly line: number;
  readonly reason: string;
}

/**
 * Writes the refused rows to a CSV file: file, line, reason and the row as it stands in the source, in the order of the
 * source. `paths` says where a source file is. Returns how many there are; with none, no file is made. It holds what the
 * source holds, names included: only its owner may read it, and an older file is never written over.
 * Throws REJECTS_UNWRITABLE.
 */
export async function writeRejects(
  client: Client,
  target: string,
  paths: ReadonlyMap<string, string>,
): Promise<number> {
  const { rows } = await client.query<{ file: string; rejects: number }>(
    `SELECT file, count(DISTINCT line)::int AS rejects FROM import_staging.reject WHERE reason IS NOT NULL
     GROUP BY file ORDER BY file`,
  );
  const total = rows.reduce((sum, row) => sum + row.rejects, 0);
  if (total === 0) return 0;
  const lines = async function* (): AsyncGenerator<string> {
    yield "file,line,reason,row\n";
    for (const { file } of rows) {
      const path = paths.get(file);
      if (path !== undefined) yield* refusedRows(client, file, path);
    }
  };
  try {
    const output = createWriteStream(target, { flags: "wx", mode: 0o600 });
    await once(output, "open");
    await pipeline(lines, output);
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new ImportError("REJECTS_UNWRITABLE", `The rejects file cannot be written: ${message}`);
  }
  return total;
}

async function* refusedRows(client: Client, file: string, path: string): AsyncGenerator<string> {
  let waiting = await nextRejects(client, file, 0);
  let at = 0;
  for await (const rows of readCsv(path)) {
    let text = "";
    for (const row of rows) {
      const reject = waiting[at];
      if (reject === undefined) break;
      if (row.line < reject.line) continue;
      text += `${[file, String(reject.line), reject.reason, row.raw].map(quoted).join(",")}\n`;
      at += 1;
      if (at === waiting.length) {
        waiting = await nextRejects(client, file, reject.line);
        at = 0;
      }
    }
    yield text;
    if (waiting[at] === undefined) return;
  }
}

async function nextRejects(client: Client, file: string, after: number): Promise<Reject[]> {
  const { rows } = await client.query<Reject>(
    `SELECT line, string_agg(DISTINCT reason, '; ') AS reason FROM import_staging.reject
     WHERE file = $1 AND line > $2 AND reason IS NOT NULL GROUP BY line ORDER BY line LIMIT $3`,
    [file, after, atOnce],
  );
  return rows;
}

/** A spreadsheet takes a cell that begins with one of these for a formula. */
const formula = /^[=+\-@\t\r]/;

function quoted(value: string): string {
  return `"${(formula.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;
}
