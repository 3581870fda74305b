import { type Day, isDay } from "../domain/calendar";

/** A value that cannot be taken as it stands. The message is the reason a person reads beside the refused row. */
export class BadValue extends Error {}

const keyPattern = /^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,63}$/;

/** A key of the source: letters, digits and a few signs, at most 64 of them. */
export function key(column: string, text: string, longest = 64): string {
  if (keyPattern.test(text) && text.length <= longest) return text;
  throw new BadValue(text === "" ? `${column} is empty` : `${column} is no key: ${shown(text)}`);
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const shortYear = /^(\d{2})-([A-Za-z]{3})-(\d{2})$/;
const isoPattern = /^\d{4}-\d{2}-\d{2}(?=$|[T ]\d{2}:\d{2})/;

/** NIBRS began in 1988: a two-digit year below this is of this century. */
const firstShortYear = 70;

/** A day, written 2019-03-13 (a time after it is left out). */
export function isoDay(column: string, text: string): Day {
  const found = isoPattern.exec(text)?.[0];
  if (found !== undefined && isDay(found)) return found;
  throw new BadValue(text === "" ? `${column} is empty` : `${column} is no date: ${shown(text)}`);
}

/** A day, written 13-MAR-19 or 2019-03-13. */
export function day(column: string, text: string): Day {
  const short = shortYear.exec(text);
  if (short !== null) {
    const [, date = "", name = "", year = ""] = short;
    const month = months.indexOf(name.toUpperCase()) + 1;
    const found = `${Number(year) >= firstShortYear ? "19" : "20"}${year}-${String(month).padStart(2, "0")}-${date}`;
    if (isDay(found)) return found;
  }
  return isoDay(column, text);
}

/** A whole number between two bounds, or null when the column is empty. */
export function numberOrNull(column: string, text: string, least: number, most: number): string | null {
  if (text === "") return null;
  const number = /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return String(number);
  throw new BadValue(`${column} is no number from ${least} to ${most}: ${shown(text)}`);
}

/** One of a closed list, by what the source writes for it (in any letter case). */
export function oneOf<Value>(column: string, text: string, table: ReadonlyMap<string, Value>): Value {
  const found = table.get(text) ?? table.get(text.toUpperCase());
  if (found !== undefined) return found;
  throw new BadValue(text === "" ? `${column} is empty` : `${column} is not known: ${shown(text)}`);
}

/** Sexes as NIBRS writes them; an empty column is unknown. */
export const sexes: ReadonlyMap<string, string> = new Map([
  ["", "U"],
  ...["M", "F", "X", "U"].map((code): [string, string] => [code, code]),
]);

/** Yes and no as the extracts write them. */
export const yesOrNo: ReadonlyMap<string, boolean> = new Map([
  ...["Y", "YES", "T", "TRUE", "1"].map((word): [string, boolean] => [word, true]),
  ...["", "N", "NO", "F", "FALSE", "0"].map((word): [string, boolean] => [word, false]),
]);

/** What `read` makes of a value, or null when it is empty. */
export function orNull<Found>(
  read: (column: string, text: string) => Found,
  column: string,
  text: string,
): Found | null {
  return text === "" ? null : read(column, text);
}

/** Free text, trimmed; null when empty. */
export function textOrNull(column: string, text: string): string | null {
  const trimmed = text.trim();
  if (trimmed.includes("\0")) throw new BadValue(`${column} holds a zero byte`);
  return trimmed === "" ? null : trimmed;
}

/** Free text that must be there. */
export function text(column: string, given: string): string {
  const found = textOrNull(column, given);
  if (found === null) throw new BadValue(`${column} is empty`);
  return found;
}

function shown(given: string): string {
  return JSON.stringify(given.slice(0, 24));
}
