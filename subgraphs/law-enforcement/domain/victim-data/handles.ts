import type { Word } from "./words";

/** What joins the parts of one address of mail: "hope.w", "hope_w". */
const WITHIN = /^[._+-]$/;

/** Whether a word stands in what somebody is called by machines: before the @ of an address of mail, or behind one alone. */
export function isHandle(words: readonly Word[], at: number): boolean {
  const gapAfter = (index: number) => words[index + 1]?.gap ?? "";
  let last = at;
  while (WITHIN.test(gapAfter(last))) last += 1;
  if (gapAfter(last).startsWith("@")) return true;
  let first = at;
  while (WITHIN.test(words[first]!.gap)) first -= 1;
  const gap = words[first]?.gap ?? "";
  // Right behind a word it begins a domain.
  return gap.endsWith("@") && (gap.length > 1 || first === 0);
}

/** A name that is left of three letters is one, "4th" is not. */
const SHORTEST = 3;

/** The word without the digits that make a name one that nobody else has: "lopez1990", "77hope"; null: it has none. */
export function withoutDigits(word: Word, inHandle: boolean): Word | null {
  const readings = word.readings
    .map((reading) => reading.replace(/^\d+|(?<!\d)\d+$/g, ""))
    .filter((bare, index) => bare !== word.readings[index] && bare.length >= (inHandle ? 2 : SHORTEST));
  return readings.length === 0 ? null : { ...word, readings };
}
