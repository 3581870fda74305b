/** A calendar day at the site, 'YYYY-MM-DD'. Days in this form order as strings do. */
export type Day = string;

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

function lastDayOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function parts(text: string): { year: number; month: number; day: number } | null {
  const match = DAY.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1 || day > lastDayOf(year, month)) return null;
  return { year, month, day };
}

/** True for a day that exists, written 'YYYY-MM-DD'. A time of day or a zone is no day. */
export function isDay(text: string): boolean {
  return parts(text) !== null;
}

/**
 * The same day of the month, `months` (0 or more) calendar months earlier; where that month is shorter, its last day
 * (one month before 2024-03-31 is 2024-02-29). Throws RangeError when `day` is none: a rule is never asked without one.
 */
export function monthsBefore(day: Day, months: number): Day {
  const from = parts(day);
  if (from === null) throw new RangeError("a day is written YYYY-MM-DD");
  const count = from.year * 12 + (from.month - 1) - months;
  const [year, month] = [Math.floor(count / 12), (count % 12) + 1];
  const pad = (value: number, width: number): string => String(value).padStart(width, "0");
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(Math.min(from.day, lastDayOf(year, month)), 2)}`;
}

/**
 * Where a day lies for a look-back of `months` ending on `asOf`. Both ends are included: with 12 months and 2024-05-10,
 * the first day inside is 2023-05-10. `null` months is no limit, and then an undated fact is inside too; with a limit an
 * undated fact is "undated", neither inside nor outside (L11).
 */
export function lookBack(
  day: Day | null,
  months: number | null,
  asOf: Day,
): "inside" | "outside" | "undated" {
  if (months === null) return "inside";
  if (day === null) return "undated";
  return day >= monthsBefore(asOf, months) && day <= asOf ? "inside" : "outside";
}
