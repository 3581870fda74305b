import type { Word } from "./words";

const SPOKEN = new Map(
  [
    ..."zero one two three four five six seven eight nine".split(" ").entries(),
    ..."cero uno dos tres cuatro cinco seis siete ocho nueve".split(" ").entries(),
    [0, "oh"] as const,
  ].map(([digit, name]) => [name, String(digit)] as const),
);

/** Digits of a telephone number without its area. */
const LOCAL = 7;
/** Digits of a number without its country. */
const NATIONAL = 10;

/** Where a text says the number, however its digits are grouped or written, with or without country and area. */
export function phonesIn(words: readonly Word[], phone: string): number[] {
  // What follows is an extension of the exchange's, not hers.
  const [line = ""] = phone.normalize("NFKD").split(/[a-z]/i);
  const all = line.replace(/\D/g, "").slice(-NATIONAL);
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
    const reading = word.readings[0]!;
    const said = /^\d+$/.test(reading) ? reading : SPOKEN.get(reading);
    if (said === undefined) look();
    else digits.push(...[...said].map((digit) => ({ digit, at: word.at })));
  }
  look();
  return found;
}
