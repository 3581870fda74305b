import { isName, type NameWord } from "./same-word";
import { readText, type Word } from "./words";

/** Each word of an address under one spelling: `groups` are lists of words that say the same. */
function oneOf(groups: string): ReadonlyMap<string, string> {
  return new Map(
    groups
      .trim()
      .split("\n")
      .flatMap((group) => {
        const words = group.trim().split(/\s+/);
        return words.map((word) => [word, words[0]!] as const);
      }),
  );
}

/** Kinds of street, USPS Publication 28, appendix C1, the usual ones; and Spanish ones, which stand before the name. */
const KINDS = oneOf(`
  street st str calle
  avenue ave av aven avenida avda
  road rd carretera
  boulevard blvd boul bulevar
  drive dr
  lane ln
  court ct
  place pl plaza plz
  terrace ter terr
  circle cir
  highway hwy
  parkway pkwy
  square sq
  trail trl
  way
  alley aly
  loop
  crescent cres
  path paseo camino`);
const DIRECTIONS = oneOf(`
  north n norte
  south s sur
  east e este
  west w oeste
  northeast ne
  northwest nw
  southeast se
  southwest sw`);
const UNITS = new Set(
  "apt apartment apartamento apto unit suite ste room rm floor fl no num number numero piso".split(" "),
);
/** Of the post. */
const BOXES = new Set(["box", "apartado"]);
const ORDINALS = oneOf(`
  1 first primera
  2 second segunda
  3 third tercera
  4 fourth cuarta
  5 fifth quinta
  6 sixth sexta
  7 seventh septima
  8 eighth octava
  9 ninth novena
  10 tenth decima
  11 eleventh
  12 twelfth`);

const reading = (word: Word): string => word.readings[0]!;
/** "5th" is "fifth". */
const plain = (word: string): string => ORDINALS.get(word) ?? word.replace(/^(\d+)(st|nd|rd|th)$/, "$1");
const isDirection = (word: Word | undefined) => word !== undefined && DIRECTIONS.has(reading(word));
const isKind = (word: Word | undefined) => word !== undefined && KINDS.has(reading(word));
const isUnit = (word: Word | undefined) =>
  word !== undefined && (UNITS.has(reading(word)) || word.gap.includes("#"));

const isNumber = (word: Word | undefined) => word !== undefined && /^\d+[a-z]?$/.test(reading(word));

/** An address as it is looked for. */
interface Place {
  /** "123"; null: it has none. */
  readonly number: string | null;
  /** The words of the street's name, without kind and direction; of a box, "box". */
  readonly street: readonly NameWord[];
  /** Whether the street alone, without a number, is known by these words. */
  readonly named: boolean;
  readonly unit: string | null;
}

function unitAfter(words: readonly Word[], at: number): string | null {
  // "4", "Apt 4", "#4", "Apt #4", after whatever is left of the street.
  let index = at;
  while (isKind(words[index]) || isDirection(words[index])) index += 1;
  const word = words[index];
  if (!isUnit(word)) return null;
  return UNITS.has(reading(word!)) ? (words[index + 1] ? reading(words[index + 1]!) : null) : reading(word!);
}

const ends = (word: Word) => /[,;\n]/.test(word.gap);

function placeOf(address: string): Place | null {
  const words = readText(address).words;
  const box = words.findIndex((word) => BOXES.has(reading(word)));
  if (box >= 0 && isNumber(words[box + 1])) {
    const street = [{ spellings: [...BOXES], script: "latin" as const }];
    return { number: reading(words[box + 1]!), street, named: false, unit: null };
  }
  const numbered = words.findIndex((word) => /^\d+[a-z]?$/.test(reading(word)));
  // "Calle Mayor 12" has its number behind, "12 Main Street" before.
  const behind = isKind(words[0]) && numbered > 0;
  const start = behind || numbered < 0 ? 0 : numbered + 1;
  let at = start;
  while (isDirection(words[at]) && words[at + 1] && !isKind(words[at + 1])) at += 1;
  const leading = isKind(words[at]) ? at++ : null;
  const street: Word[] = [];
  for (; at < words.length; at += 1) {
    const word = words[at]!;
    if ((ends(word) && at > start) || isKind(word) || isUnit(word) || (behind && at === numbered)) break;
    if (!(isDirection(word) && street.length > 0)) street.push(word);
  }
  if (street.length === 0) return null;
  const named = leading !== null || isKind(words[at]);
  return {
    number: numbered < 0 ? null : reading(words[numbered]!),
    street: street.map((word) => ({
      spellings: [...new Set([reading(word), plain(reading(word))])],
      script: word.script,
    })),
    named,
    unit: unitAfter(words, behind ? numbered + 1 : at),
  };
}

const isStreet = (words: readonly Word[], at: number, street: readonly NameWord[]) =>
  street.every((name, index) => {
    const word = words[at + index];
    return (
      word !== undefined && isName({ ...word, readings: [...word.readings, plain(reading(word))] }, name)
    );
  });

/** The number that goes with a street in a text, before or behind it; null: there is none. */
function numberBeside(words: readonly Word[], at: number, after: number): string | null {
  let before = at - 1;
  while (isKind(words[before]) || isDirection(words[before])) before -= 1;
  if (isNumber(words[before])) return reading(words[before]!);
  let behind = after;
  while (isKind(words[behind]) || isDirection(words[behind])) behind += 1;
  const word = words[behind];
  return isNumber(word) && !word!.gap.includes("#") && !ends(word!) ? reading(word!) : null;
}

const sameStreet = (one: Place, other: Place): boolean =>
  one.street.length === other.street.length &&
  one.street.every(({ spellings }, index) => spellings[0] === other.street[index]!.spellings[0]);

/**
 * Where a text says her address: number and street, whatever is abbreviated, or her street by its name alone. What is his
 * own address too is his, unless it goes on to her part of the house.
 */
export function addressesIn(words: readonly Word[], address: string, own: string | null): number[] {
  const hers = placeOf(address);
  if (hers === null) return [];
  const his = own === null ? null : placeOf(own);
  const isHisStreet = his !== null && sameStreet(hers, his);
  const isHisHouse = isHisStreet && his.number === hers.number;
  return words.flatMap((_, at) => {
    if (!isStreet(words, at, hers.street)) return [];
    const after = at + hers.street.length;
    const number = numberBeside(words, at, after);
    const isNamed = isKind(words[after]) || isKind(words[at - 1]);
    const found =
      hers.number === null
        ? !isHisStreet
        : number === hers.number
          ? !isHisHouse ||
            (hers.unit !== his.unit && unitAfter(words, after) === hers.unit && hers.unit !== null)
          : number === null && hers.named && isNamed && !isHisStreet;
    return found ? [words[at]!.at] : [];
  });
}
