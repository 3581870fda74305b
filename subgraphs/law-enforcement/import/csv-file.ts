import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { type CsvRow, lineBreaksIn, splitRows } from "./csv-row";
import { ImportError } from "./import-error";

const LF = 10;
const readAtOnce = 64 * 1024;
const byteOrderMark = "\uFEFF";

/** A quoted field longer than this is a quote somebody forgot to close, and would otherwise fill the memory. */
const longestRow = 1024 * 1024;

/**
 * Reads the records of a CSV file, the header among them, some thousand at a time and in constant memory.
 * Throws FILE_UNREADABLE, FILE_EMPTY, NOT_UTF8, QUOTE_OPEN, or FILE_CUT when the last line has no line break: such a file
 * was cut off, and whether its last value is whole nobody can say.
 */
export async function* readCsv(path: string, onBytes?: (count: number) => void): AsyncGenerator<CsvRow[]> {
  const file = basename(path);
  let [line, size] = [1, 0];
  let bytes = Buffer.alloc(0);
  let text = "";
  for await (const chunk of readChunks(path)) {
    size += chunk.length;
    onBytes?.(chunk.length);
    const wholeLines = chunk.lastIndexOf(LF) + 1;
    if (wholeLines > 0) {
      const lines = Buffer.concat([bytes, chunk.subarray(0, wholeLines)]);
      bytes = Buffer.from(chunk.subarray(wholeLines));
      text += decode(lines, file, line + lineBreaksIn(text));
      if (line === 1 && text.startsWith(byteOrderMark)) text = text.slice(1);
      const split = splitRows(text, line);
      text = text.slice(split.consumed);
      line = split.nextLine;
      if (split.rows.length > 0) yield split.rows;
    } else {
      bytes = Buffer.concat([bytes, chunk]);
    }
    if (text.length + bytes.length > longestRow) throw endless(file, line, text.length > 0);
  }
  if (size === 0) throw new ImportError("FILE_EMPTY", "the file is empty", { file });
  if (bytes.length > 0) {
    decode(bytes, file, line + lineBreaksIn(text));
    const reason = "the file ends in the middle of this line (no line break after it); it was cut off";
    throw new ImportError("FILE_CUT", reason, { file, line });
  }
  if (text.length > 0)
    throw new ImportError("QUOTE_OPEN", "a quote is opened here and never closed", { file, line });
}

async function* readChunks(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: readAtOnce })) yield chunk as Buffer;
  } catch (error) {
    const reason = `cannot be read (${error instanceof Error ? error.message : String(error)})`;
    throw new ImportError("FILE_UNREADABLE", reason, { file: basename(path) });
  }
}

function decode(lines: Buffer, file: string, firstLine: number): string {
  if (isUtf8(lines)) return lines.toString("utf8");
  let [line, from] = [firstLine, 0];
  for (let end = lines.indexOf(LF); end !== -1; end = lines.indexOf(LF, from)) {
    if (!isUtf8(lines.subarray(from, end))) break;
    from = end + 1;
    line += 1;
  }
  throw new ImportError("NOT_UTF8", "holds bytes that are not UTF-8; save the file as UTF-8", { file, line });
}

function endless(file: string, line: number, quoted: boolean): ImportError {
  return quoted
    ? new ImportError("QUOTE_OPEN", "a quote is opened here and not closed within 1 MB", { file, line })
    : new ImportError("FILE_CUT", "this line is longer than 1 MB: no CSV file of lines", { file, line });
}
