import {
  DIRECTIONS,
  HOUSE_NUMBERS,
  LONE_UNIT_WORDS,
  NAME_WORDS,
  STATES,
  STREET_WORDS,
  UNIT_WORDS,
} from "./address-words";

/** Where mail is brought, as far as two of them can be compared: the house, never the flat in it. */
export interface ComparableAddress {
  /** "street": a house; "box": a post office box; "route": a box on a rural route. */
  readonly kind: "street" | "box" | "route";
  /** The house's numbers: of 12-14 both, for either may stand on a letter. */
  readonly numbers: readonly string[];
  readonly name: readonly string[];
  readonly directions: readonly string[];
  readonly town: readonly string[];
  /** Five digits; null: not told. */
  readonly zip: string | null;
}

const BOX = /^(?:p\s*o\s*b(?:ox)?|post(?:al)? office box|box)\s*#?\s*(\w+)\b/;
const ROUTE = /^(?:r\s*r|r\s*f\s*d|rural route|hc|highway contract)\s*#?\s*(\d+)\s+box\s*#?\s*(\w+)\b/;
const ZIP = /\b(\d{5})(?:\s*-\s*\d{4}|\s+\d{4})?\s*(?:usa|u s a|us)?\s*$/;
const HOUSE = /^(\d+)[a-z]?(?:\s*-\s*(\d+)[a-z]?)?$/;
/** Fractions of a house are in it. */
const FRACTION = /^\d+\/\d+$/;
const ORDINAL = /^\d+(?:st|nd|rd|th)$/;

const plainNumber = (digits: string) => digits.replace(/^0+(?=\d)/, "");

/** Lower case, without accents, and with no signs but # and those within a number. */
function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/\./g, " ")
    .replace(/['’`]/g, "")
    .replace(/(\d)\s*[-–—]\s*(?=\d)/g, "$1-")
    .replace(/#\s*/g, " # ")
    .replace(/[^\p{L}\p{N}#/,;\n-]/gu, " ")
    .replace(/(?<!\d)-|-(?!\d)/g, " ");
}

const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== "" && word !== "-");

/** The words before the part of a house that they name, and those after it. */
function withoutUnit(words: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    if (/^(?:fl|floor|flr)$/.test(word) && ORDINAL.test(kept.at(-1) ?? "")) kept.pop();
    else if (UNIT_WORDS.has(word) && !(word === "no" && at === 0)) at += 1;
    else if (!LONE_UNIT_WORDS.has(word) && !/^(?:apt|unit|ste)\d+\w*$/.test(word)) kept.push(word);
  }
  return kept;
}

const townOf = (words: readonly string[]): string[] =>
  words
    .filter((word) => !STATES.has(word) && !/^\d/.test(word))
    .map((word) => NAME_WORDS.get(word) ?? STREET_WORDS.get(word) ?? DIRECTIONS.get(word) ?? word);

/** Takes the words of a direction from both ends of a street's name, unless they are its name ("North St"). */
function splitDirections(words: readonly string[]): { name: string[]; directions: string[] } {
  const name = [...words];
  const directions: string[] = [];
  const isName = (word: string | undefined) => word !== undefined && !STREET_WORDS.has(word);
  const first = DIRECTIONS.get(name[0] ?? "");
  if (first !== undefined && isName(name[1])) {
    directions.push(first);
    name.shift();
  }
  const last = DIRECTIONS.get(name.at(-1) ?? "");
  if (last !== undefined && name.length > 1) {
    directions.push(last);
    name.pop();
  }
  return { name, directions };
}

/** The words up to what the street is, with a direction behind it, and the words after that. */
function streetAndRest(words: readonly string[]): { street: readonly string[]; rest: readonly string[] } {
  let end = words.findIndex((word, at) => at > 0 && STREET_WORDS.has(word));
  if (end === -1) return { street: words, rest: [] };
  while (STREET_WORDS.has(words[end + 1] ?? "")) end += 1;
  if (DIRECTIONS.has(words[end + 1] ?? "")) end += 1;
  return { street: words.slice(0, end + 1), rest: words.slice(end + 1) };
}

const canonical = (word: string) =>
  STREET_WORDS.get(word) ?? NAME_WORDS.get(word) ?? DIRECTIONS.get(word) ?? word;

/**
 * Reads an address as people write it in the United States. Null: it cannot be compared with another, because it names no
 * house with its number and no box. What cannot be compared is never taken as different.
 */
export function readAddress(text: string): ComparableAddress | null {
  const whole = plain(text);
  const zip = ZIP.exec(whole);
  const parts = (zip && wordsOf(whole.slice(0, zip.index)).length > 0 ? whole.slice(0, zip.index) : whole)
    .split(/[,;\n]/)
    .map((part) => part.trim().replace(/\s+/g, " "))
    .filter((part) => part !== "" && !/^(?:c\/o|attn|care of)\b/.test(part));
  const found = parts.findIndex((part) => partOf(part) !== null);
  if (found === -1) return null;
  const read = partOf(parts[found]!)!;
  const town = townOf([
    ...read.rest,
    ...parts.slice(found + 1).flatMap((part) => withoutUnit(wordsOf(part))),
  ]);
  const { kind, numbers, name, directions } = read;
  return { kind, numbers, name, directions, town, zip: zip?.[1] ?? null };
}

type Part = Omit<ComparableAddress, "town" | "zip"> & { readonly rest: readonly string[] };

function partOf(part: string): Part | null {
  const nameless = { name: [], directions: [] };
  const route = ROUTE.exec(part);
  if (route) {
    const numbers = [`${plainNumber(route[1]!)}/${plainNumber(route[2]!)}`];
    return { kind: "route", numbers, ...nameless, rest: wordsOf(part.slice(route[0].length)) };
  }
  const box = BOX.exec(part);
  if (box) {
    return {
      kind: "box",
      numbers: [plainNumber(box[1]!)],
      ...nameless,
      rest: wordsOf(part.slice(box[0].length)),
    };
  }
  const words = withoutUnit(wordsOf(part));
  const first = HOUSE_NUMBERS.get(words[0] ?? "") ?? words[0] ?? "";
  const house = HOUSE.exec(first);
  if (!house) return null;
  const [, from, to] = house;
  // "12 A Main St" and "12 1/2 Main St" are in the house of 12 Main St.
  const isPart =
    FRACTION.test(words[1] ?? "") || (/^[a-z]$/.test(words[1] ?? "") && !DIRECTIONS.has(words[1]!));
  const { street, rest } = streetAndRest(words.slice(isPart && words.length > 2 ? 2 : 1));
  const { name, directions } = splitDirections(street);
  if (name.length === 0) return null;
  const numbers = to === undefined ? [from!] : [from!, to, `${from!}${to}`];
  return { kind: "street", numbers: numbers.map(plainNumber), name: name.map(canonical), directions, rest };
}
