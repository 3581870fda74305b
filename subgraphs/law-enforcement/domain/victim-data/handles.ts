import type { Word } from "./words";

/** What joins the parts of one address of mail: "hope.w", "hope_w". */
const WITHIN = /^[._+-]$/;

const read = new WeakMap<readonly Word[], readonly boolean[]>();

/** Of each word whether it stands before the @ of an address of mail, or behind one alone; in one walk each way. */
function handlesIn(words: readonly Word[]): readonly boolean[] {
  const handles = words.map(() => false);
  for (let at = words.length - 2; at >= 0; at--) {
    const { gap } = words[at + 1]!;
    handles[at] = gap.startsWith("@") || (WITHIN.test(gap) && handles[at + 1]!);
  }
  let isBehind = false;
  for (const [at, { gap }] of words.entries()) {
    // Right behind a word it begins a domain.
    isBehind = WITHIN.test(gap) ? isBehind : gap.endsWith("@") && (gap.length > 1 || at === 0);
    handles[at] ||= isBehind;
  }
  return handles;
}

/** Whether a word stands in what somebody is called by machines: before the @ of an address of mail, or behind one alone. */
export function isHandle(words: readonly Word[], at: number): boolean {
  const known = read.get(words) ?? handlesIn(words);
  read.set(words, known);
  return known[at]!;
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
