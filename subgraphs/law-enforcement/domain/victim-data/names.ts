import { isHandle, withoutDigits } from "./handles";
import { isCommonName, isSmallWord, PARTICLES } from "./common-words";
import { isName, mayBeName, nameWords, type NameWord } from "./same-word";
import { MONTHS } from "./months";
import { readText, type Word } from "./words";

export type NameLeak = "NAME" | "GIVEN_NAME" | "FAMILY_NAME" | "INITIALS";

/** A name of the records. */
export interface Named {
  readonly givenName: string;
  readonly familyName: string;
}

/** Whose letter it is. */
export interface Addressee extends Named {
  readonly sex: "M" | "F" | "X" | "U";
}

/** So far from one another two words are still one name: "Maria Elena de Lopez". */
const BESIDE = 3;
/** Shorter is no name written together. */
const JOINED = 5;

interface Wanted {
  readonly given: readonly NameWord[];
  readonly family: readonly NameWord[];
  /** Given and family name written together, either way, and the initial with the family name: addresses of mail. */
  readonly together: readonly string[];
  readonly initials: readonly string[];
  readonly familyInitials: readonly string[];
}

const first = ({ spellings }: NameWord) => spellings[0]!;
const written = (words: readonly NameWord[]): string => words.map(first).join("");

/** A name of several words is also looked for written as one: "O'Brien" as "obrien". */
function withJoined(name: string): readonly NameWord[] {
  const words = nameWords(name);
  const telling = words.length > 1 ? words.filter((word) => !PARTICLES.has(first(word))) : words;
  const parts = readText(name).words;
  if (parts.length < 2) return telling;
  const asOne = parts.map(({ readings }) => readings[0]!).join("");
  return [...telling, { spellings: [asOne], script: parts[0]!.script }];
}

function wantedOf({ givenName, familyName }: Named): Wanted {
  const [given, family] = [nameWords(givenName), nameWords(familyName)];
  const initials = [...new Set(readText(givenName).words.map(({ readings }) => readings[0]![0]!))];
  const familyInitials = [...new Set(family.map((word) => first(word)[0]!))];
  const [one, other] = [written(given), written(family)];
  const together = one === "" || other === "" ? [] : [`${one}${other}`, `${other}${one}`];
  return { given: withJoined(givenName), family: withJoined(familyName), together, initials, familyInitials };
}

/** What only joins the parts of one word: "Smith-Jones", "O'Brien", and a word broken at the end of a line. */
const JOINER = /^(?:['’‘`´·._‐‑‒–—-]|[‐‑-]\s+)$/;
const LETTER_SPACED = /^[\s.·_-]{1,2}$/;

const joined = (words: readonly Word[]): Word => ({
  ...words[0]!,
  end: words.at(-1)!.end,
  readings: words[0]!.readings.map((_, reading) =>
    words.map((word) => word.readings[reading] ?? word.readings[0]!).join(""),
  ),
});

/** Letters of a name that is spelled out, at most: who fills a page with single letters does not stop the server. */
const SPELLED_OUT = 24;

const read = new WeakMap<readonly Word[], (readonly Word[])[]>();

/** The words that begin at a place, read once for all whose names are looked for. */
function wordsAt(words: readonly Word[], at: number): readonly Word[] {
  const known = read.get(words) ?? [];
  read.set(words, known);
  return (known[at] ??= readAt(words, at));
}

/** Also those in parts: "Lo-pez", "L o p e z"; and without digits: "lopez1990". */
function readAt(words: readonly Word[], at: number): readonly Word[] {
  const found = [words[at]!];
  const bare = withoutDigits(words[at]!, isHandle(words, at));
  if (bare) found.push(bare);
  for (let to = at + 1; to < at + 3 && to < words.length && JOINER.test(words[to]!.gap); to++)
    found.push(joined(words.slice(at, to + 1)));
  let to = at;
  const isLetter = (word: Word | undefined) => word !== undefined && word.end - word.at === 1;
  while (to < at + SPELLED_OUT && isLetter(words[to]) && (to === at || LETTER_SPACED.test(words[to]!.gap)))
    to += 1;
  for (let end = at + 3; end <= to; end++) found.push(joined(words.slice(at, end)));
  return found;
}

const BEGINS_NAME: ReadonlySet<string> = new Set([...PARTICLES, "mc", "mac"]);

/** Words that the records may have as one: "De La Cruz", "Mc Donald", "St. Clair"; small ones only behind a particle. */
function inParts(words: readonly Word[], at: number): readonly Word[] {
  const found: Word[] = [];
  const begins = (word: Word) => BEGINS_NAME.has(word.readings[0]!);
  for (let to = at + 1; to < at + 3 && to < words.length; to++) {
    const [before, last] = [words[to - 1]!, words[to]!];
    if (!(before.capital || begins(before)) || !/^\.?\s+$/.test(last.gap)) break;
    if (last.gap.startsWith(".") && !begins(before)) break;
    const whole = joined(words.slice(at, to + 1));
    if ((last.capital || begins(words[at]!)) && whole.readings[0]!.length >= JOINED) found.push(whole);
  }
  return found;
}

/** A family by its name: "the Garcias", "the Lopezes". */
function ofFamily(word: Word): readonly Word[] {
  const [reading = ""] = word.readings;
  if (!word.capital || !/.{3}s$/.test(reading)) return [];
  return [{ ...word, readings: [reading.replace(/s$/, ""), reading.replace(/es$/, "")] }];
}

/** The words that are his own name in full, as the letter says it: those are his. */
function ownWords(words: readonly Word[], own: Named): ReadonlySet<number> {
  const [given, family] = [nameWords(own.givenName), nameWords(own.familyName)];
  const orders = [
    [...given, ...family],
    [...given.slice(0, 1), ...family],
  ];
  const his = new Set<number>();
  const mark = (order: readonly NameWord[], at: number) => {
    if (
      order.length < 2 ||
      !order.every((name, index) => words[at + index] && isName(words[at + index]!, name))
    )
      return;
    order.forEach((_, index) => his.add(at + index));
  };
  words.forEach((_, at) => {
    for (const order of orders) mark(order, at);
    // "Lopez, Carlos"
    if (words[at + family.length]?.gap.startsWith(",")) mark([...family, ...given], at);
  });
  return his;
}

const HONORIFICS: Readonly<Record<string, "M" | "F">> = {
  ...{ mr: "M", mister: "M", sir: "M", sr: "M", senor: "M", don: "M" },
  ...{ mrs: "F", ms: "F", miss: "F", sra: "F", srta: "F", senora: "F", senorita: "F", dona: "F" },
};

const SENTENCE_ENDS = /[.!?:;¿¡]|\n\s*\n|^$/;
const startsSentence = (words: readonly Word[], at: number) => at === 0 || SENTENCE_ENDS.test(words[at]!.gap);

/** Whether a word that is spelled like a name is one: "may" is none, "May" is one, "12 May 2026" is a day. */
function isMeant(words: readonly Word[], at: number, { readings, capital }: Word): boolean {
  const word = readings[0]!;
  if (isSmallWord(word)) return capital && !startsSentence(words, at);
  const isNumber = (index: number) => /^\d+$/.test(words[index]?.readings[0] ?? "");
  if (MONTHS.has(word) && (isNumber(at - 1) || isNumber(at + 1) || isNumber(at + 2))) return false;
  return !isCommonName(word) || capital || isHandle(words, at);
}

/**
 * Where a text says a name of hers. What is also his own counts only where it is not his full name and points to her: with
 * the other part of her name, with her initial, or with a title that is not his. `own`: whose letter it is.
 */
export function namesIn(
  words: readonly Word[],
  hers: Named,
  own: Addressee,
): { readonly kind: NameLeak; readonly at: number }[] {
  const wanted = wantedOf(hers);
  const his = ownWords(words, own);
  const hisNames = [...nameWords(own.givenName), ...nameWords(own.familyName)];
  const alsoHis = (name: NameWord) => hisNames.some((one) => one.spellings.includes(first(name)));
  const isInitial = (at: number, initials: readonly string[]) => {
    const word = words[at];
    return (
      word !== undefined &&
      word.end - word.at === 1 &&
      word.capital &&
      initials.some((one) => word.readings.includes(one))
    );
  };
  const near = (at: number, furthest: number, holds: (index: number) => boolean) =>
    Array.from({ length: furthest }, (_, distance) => distance + 1).some(
      (distance) => holds(at + distance) || holds(at - distance),
    );
  const titled = (at: number) => {
    const title = HONORIFICS[words[at - 1]?.readings[0] ?? ""];
    return title !== undefined && title !== own.sex;
  };
  const kindAt = (at: number): NameLeak | null => {
    const found = wordsAt(words, at);
    const handle = isHandle(words, at);
    if (found.some(({ readings }) => readings.some((one) => isTogether(one, wanted, handle)))) return "NAME";
    const is = (names: readonly NameWord[], same: typeof isName) => (index: number) =>
      !his.has(index) &&
      words[index] !== undefined &&
      [...wordsAt(words, index), ...inParts(words, index)].some((word) =>
        names.some((name) => same(word, name)),
      );
    const { given, family } = wanted;
    const both = (one: readonly NameWord[], other: readonly NameWord[]) =>
      is(one, mayBeName)(at) && near(at, BESIDE, is(other, mayBeName));
    if (both(family, given) || both(given, family)) return "NAME";
    if (is(family, isName)(at) && near(at, BESIDE - 1, (one) => isInitial(one, wanted.initials)))
      return "INITIALS";
    if (is(given, isName)(at) && isInitial(at + 1, wanted.familyInitials)) return "INITIALS";
    const standing = [...found, ...inParts(words, at)];
    const alone = (names: readonly NameWord[], said: readonly Word[]) =>
      names.some((name) =>
        said.some((word) => isName(word, name) && (alsoHis(name) ? titled(at) : isMeant(words, at, word))),
      );
    const plural = hisNames.some((name) => isName(words[at]!, name)) ? [] : ofFamily(words[at]!);
    return alone(family, [...standing, ...plural])
      ? "FAMILY_NAME"
      : alone(given, standing)
        ? "GIVEN_NAME"
        : null;
  };
  return words.flatMap((word, at) => {
    const kind = his.has(at) ? null : kindAt(at);
    return kind === null ? [] : [{ kind, at: word.at }];
  });
}

/** Written as one word, or as mail addresses have it: "marialopez", "mlopez", and before an @ "lopezm" and "marial". */
function isTogether(
  word: string,
  { together, given, family, initials, familyInitials }: Wanted,
  handle: boolean,
): boolean {
  const long = (name: NameWord) => first(name).length >= JOINED - 1;
  const behind = (names: readonly NameWord[], letters: readonly string[]) =>
    names.some((name) => long(name) && letters.some((letter) => word === `${first(name)}${letter}`));
  return (
    together.some((name) => name.length >= JOINED && word.includes(name)) ||
    family.some((name) => long(name) && initials.some((initial) => word === `${initial}${first(name)}`)) ||
    (handle && (behind(family, initials) || behind(given, familyInitials)))
  );
}
