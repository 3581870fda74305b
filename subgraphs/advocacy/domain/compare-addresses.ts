import { readAddress, type ComparableAddress } from "./address";

/** "shared": a house or box of both; "apart": none, and every one could be compared; "unknown": neither can be said. */
export type AddressComparison = "shared" | "apart" | "unknown";

/** How many letters may differ by a slip of the pen, by the shorter word. Numbered streets differ by their numbers. */
const slipsIn = (word: string) => (/\d/.test(word) || word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/** How many letters have to be added, left out, changed or swapped with the next to make one word of the other. */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        least = Math.min(least, before[j - 2]! + 1);
      }
      next.push(least);
    }
    [before, row] = [row, next];
  }
  return row[other.length]!;
}

const meet = (one: readonly string[], other: readonly string[]) => one.some((word) => other.includes(word));

/** The same word, slips of the pen aside. */
function isOneWord(one: string, other: string): boolean {
  return distance(one, other) <= slipsIn(one.length < other.length ? one : other);
}

/** Whether both can be in one town: only what both tell can say no, and one wrong digit of a ZIP does not. */
function mayBeOneTown(one: ComparableAddress, other: ComparableAddress): boolean {
  const bothTold = one.town.length > 0 && other.town.length > 0;
  const towns = !bothTold || one.town.some((word) => other.town.some((next) => isOneWord(word, next)));
  if (one.zip === null || other.zip === null) return towns;
  return one.zip === other.zip || (towns && (bothTold || distance(one.zip, other.zip) === 1));
}

/** Equal, or one is the other with something left out at its end. */
function isNameOfBoth(one: readonly string[], other: readonly string[]): boolean {
  return one.slice(0, other.length).join(" ") === other.slice(0, one.length).join(" ");
}

function compareTwo(one: ComparableAddress, other: ComparableAddress): AddressComparison {
  if (one.kind !== other.kind || !meet(one.numbers, other.numbers) || !mayBeOneTown(one, other))
    return "apart";
  const turned = one.directions.length > 0 && other.directions.length > 0;
  if (turned && !meet(one.directions, other.directions)) return "apart";
  if (isNameOfBoth(one.name, other.name)) return "shared";
  return isOneWord(one.name.join(" "), other.name.join(" ")) ? "unknown" : "apart";
}

/**
 * Whether any address of hers is one of his. Every address that either of them has had counts, so that a letter follows
 * neither of them across a move; two flats of one house are one address, since their letter boxes stand side by side. Only
 * when both have one, and each of hers could be compared with each of his and is another, they live apart.
 */
export function compareAddresses(hers: readonly string[], his: readonly string[]): AddressComparison {
  const [one, other] = [hers.map(readAddress), his.map(readAddress)];
  const known = (list: readonly (ComparableAddress | null)[]) =>
    list.filter((address): address is ComparableAddress => address !== null);
  const pairs = known(one).flatMap((address) => known(other).map((next) => compareTwo(address, next)));
  const words = (text: string) =>
    text
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
  const alike = new Set(his.map(words).filter((text) => text !== ""));
  if (pairs.includes("shared") || hers.some((text) => alike.has(words(text)))) return "shared";
  const incomparable = one.length === 0 || other.length === 0 || one.includes(null) || other.includes(null);
  return incomparable || pairs.includes("unknown") ? "unknown" : "apart";
}
