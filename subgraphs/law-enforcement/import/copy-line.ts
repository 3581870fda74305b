/** A value as a staging column takes it. */
export type Value = string | number | boolean | null;

const needsEscape = /[\\\t\n\r]/;
const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** One row in the text format of PostgreSQL's COPY, without its line break. */
export function copyLine(values: readonly Value[]): string {
  let line = "";
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? null;
    if (at > 0) line += "\t";
    if (value === null) line += "\\N";
    else if (typeof value === "boolean") line += value ? "t" : "f";
    else if (typeof value === "string" && needsEscape.test(value)) {
      line += value.replace(/[\\\t\n\r]/g, (sign) => escapes[sign] ?? sign);
    } else line += value;
  }
  return line;
}

/**
 * A 53-bit digest of one staged row, to tell a changed row from an unchanged one. No cryptography: it guards against
 * nobody. The chance that a change goes unseen is one in nine million billion. The seed tells equal rows of two tables apart.
 */
export function rowDigest(line: string, seed: number): number {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
