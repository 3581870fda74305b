/** One record of a CSV file. */
export interface CsvRow {
  /** The line it starts on, counted from 1. */
  readonly line: number;
  readonly fields: readonly string[];
  /** As it stands in the file, without its line break. */
  readonly raw: string;
  /** Set when the quotes of the line make no sense; then `fields` is a guess. */
  readonly problem?: string;
}

/** What a text of whole lines gave: its records, and where the first one begins that is not complete yet. */
export interface SplitText {
  readonly rows: CsvRow[];
  readonly consumed: number;
  readonly nextLine: number;
}

const QUOTE = 34;
const COMMA = 44;
const LF = 10;
const CR = 13;

/**
 * Splits a text of whole lines into records (RFC 4180: quoted fields may hold commas, line breaks and doubled quotes;
 * LF or CRLF). Blank lines are passed over. A line whose quotes make no sense is a row with a `problem`, and reading goes
 * on at the next line. A quoted field still open at the end of the text is left for the next call.
 */
export function splitRows(text: string, firstLine: number): SplitText {
  const rows: CsvRow[] = [];
  let [at, line, nextQuote] = [0, firstLine, -1];
  while (at < text.length) {
    const lineEnd = text.indexOf("\n", at);
    const stop = lineEnd > at && text.charCodeAt(lineEnd - 1) === CR ? lineEnd - 1 : lineEnd;
    if (nextQuote < at) nextQuote = orEnd(text.indexOf('"', at), text);
    const quoted = nextQuote < lineEnd ? quotedRow(text, at) : undefined;
    if (quoted === "open") break;
    if (quoted === undefined || quoted === "broken") {
      const raw = text.slice(at, stop);
      const problem = quoted === "broken" ? { problem: "a quote stands in the wrong place" } : {};
      if (raw !== "") rows.push({ line, fields: raw.split(","), raw, ...problem });
      line += 1;
      at = lineEnd + 1;
    } else {
      const raw = text.slice(at, quoted.stop);
      rows.push({ line, fields: quoted.fields, raw });
      line += quoted.next === lineEnd + 1 ? 1 : 1 + lineBreaksIn(raw);
      at = quoted.next;
    }
  }
  return { rows, consumed: at, nextLine: line };
}

/** How many line breaks a text holds. */
export function lineBreaksIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

function orEnd(found: number, text: string): number {
  return found === -1 ? text.length : found;
}

interface QuotedRow {
  readonly fields: string[];
  /** Where the record ends, its line break left out, and where the next one begins. */
  readonly stop: number;
  readonly next: number;
}

function quotedRow(text: string, start: number): QuotedRow | "open" | "broken" {
  const fields: string[] = [];
  let at = start;
  for (;;) {
    const end = text.charCodeAt(at) === QUOTE ? closingQuote(text, at + 1) : plainEnd(text, at);
    if (end === -1) return text.charCodeAt(at) === QUOTE ? "open" : "broken";
    if (text.charCodeAt(at) === QUOTE) {
      const value = text.slice(at + 1, end);
      fields.push(value.includes('"') ? value.replaceAll('""', '"') : value);
      at = end + 1;
    } else {
      fields.push(text.slice(at, end));
      at = end;
    }
    const ending = text.charCodeAt(at);
    if (ending === COMMA) at += 1;
    else if (ending === LF) return { fields, stop: at, next: at + 1 };
    else if (ending === CR && text.charCodeAt(at + 1) === LF) return { fields, stop: at, next: at + 2 };
    else return "broken";
  }
}

/** Where a quoted field closes; -1 when it does not in this text. */
function closingQuote(text: string, from: number): number {
  let close = text.indexOf('"', from);
  while (close !== -1 && text.charCodeAt(close + 1) === QUOTE) close = text.indexOf('"', close + 2);
  return close;
}

/** Where a field without quotes ends; -1 when a quote stands in it. */
function plainEnd(text: string, from: number): number {
  for (let at = from; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === LF || (code === CR && text.charCodeAt(at + 1) === LF)) return at;
    if (code === QUOTE) return -1;
  }
}
