import { MONTHS } from "./months";
import type { Word } from "./words";

/** Words that stand inside a date. */
const BETWEEN = new Set(["of", "the", "de", "del", "st", "nd", "rd", "th"]);

/** A number as a date has it: "12", "12th", "1st". */
function numberOf(word: Word): string | null {
  return /^(\d{1,8})(?:st|nd|rd|th|o|a)?$/.exec(word.readings[0]!)?.[1] ?? null;
}

/** Where a text says the day, whatever the order of its parts: "12 March 1990", "3/12/90", "19900312", "900312". */
export function birthDatesIn(words: readonly Word[], dateOfBirth: string): number[] {
  const [year = "", month = "", day = ""] = dateOfBirth.split("-");
  const isYear = (word: Word) => [year, year.slice(2)].includes(numberOf(word) ?? "");
  const isMonth = (word: Word) =>
    MONTHS.get(word.readings[0]!) === Number(month) || Number(numberOf(word) ?? NaN) === Number(month);
  const isDay = (word: Word) => Number(numberOf(word) ?? NaN) === Number(day);
  const isDate = ([one, two, three]: readonly Word[]) =>
    three !== undefined &&
    [
      [one!, two!, three],
      [one!, three, two!],
      [two!, one!, three],
      [two!, three, one!],
      [three, one!, two!],
      [three, two!, one!],
    ].some(([a, b, c]) => isDay(a!) && isMonth(b!) && isYear(c!));
  const compact = [year, year.slice(2)].flatMap((y) => [
    `${y}${month}${day}`,
    `${day}${month}${y}`,
    `${month}${day}${y}`,
  ]);
  const parts = words.filter(({ readings }) => !BETWEEN.has(readings[0]!));
  return parts.flatMap((word, index) =>
    isDate(parts.slice(index, index + 3)) || compact.includes(numberOf(word) ?? "") ? [word.at] : [],
  );
}
