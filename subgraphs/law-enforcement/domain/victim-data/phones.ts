import type { Word } from "./words";

const SPOKEN = new Map(
  [
    ..."zero one two three four five six seven eight nine".split(" ").entries(),
    ..."cero uno dos tres cuatro cinco seis siete ocho nueve".split(" ").entries(),
    [0, "oh"] as const,
    [0, "o"] as const,
  ].map(([digit, name]) => [name, String(digit)] as const),
);

/** Digits of a telephone number without its area. */
const LOCAL = 7;
/** Digits of a number without its country. */
const NATIONAL = 10;

/** Digits of a number with its country, at most. */
const LONGEST = 13;
/** What follows is an extension of the exchange's, not hers. */
const EXTENSION = /(?:x|ext|extension|anexo|int)\.?\s*\d+/gi;

/** The digits of each number that a record has: "Cell 595 555-0102, work 555-0199 x7". */
function numbersOf(record: string): string[] {
  const parts = record
    .normalize("NFKD")
    .replace(EXTENSION, ";")
    .split(/[a-z;,|]+/i);
  const digits = (text: string) => text.replace(/\D/g, "");
  return parts.flatMap((part) => (digits(part).length > LONGEST ? part.split("/") : [part])).map(digits);
}

/** The digits that a word of a text says, were they words or letters that are drawn like them; null: none. */
function digitsOf(reading: string): string | null {
  if (/^[\doil]*\d[\doil]*$/.test(reading)) return reading.replaceAll("o", "0").replace(/[il]/g, "1");
  return SPOKEN.get(reading) ?? null;
}

/** Where a text says a number of hers, however its digits are grouped or written, with or without country and area. */
export function phonesIn(words: readonly Word[], phone: string): number[] {
  return numbersOf(phone).flatMap((number) => placesOf(words, number));
}

function placesOf(words: readonly Word[], number: string): number[] {
  const all = number.slice(-NATIONAL);
  // Shorter than a number of the area: looked for as it is, and one of a few digits names nobody.
  const wanted = all.length > LOCAL ? all.slice(-LOCAL) : all;
  if (wanted.length < 5) return [];
  const found: number[] = [];
  let digits: { readonly digit: string; readonly at: number }[] = [];
  const look = () => {
    const at = digits
      .map(({ digit }) => digit)
      .join("")
      .indexOf(wanted);
    if (at >= 0) found.push(digits[at]!.at);
    digits = [];
  };
  for (const word of words) {
    const said = digitsOf(word.readings[0]!);
    if (said === null) look();
    else digits.push(...[...said].map((digit) => ({ digit, at: word.at })));
  }
  look();
  return found;
}
