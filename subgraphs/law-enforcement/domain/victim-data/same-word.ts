import { readText, type Word } from "./words";

/*
 * When a word of a text is a name: spelled as the record has it, or, written in another script, sounding like it.
 */

/** How a word sounds, roughly: two spellings of one name in two scripts come out alike. */
function sound(word: string): string {
  return word
    .replace(/dzh|zh/g, "j")
    .replace(/kh|j/g, "h")
    .replace(/ph/g, "f")
    .replace(/shch|sch|ch/g, "C")
    .replace(/sh|th/g, (pair) => pair[0]!)
    .replace(/gk/g, "g")
    .replace(/gu(?=[ei])/g, "g")
    .replace(/c(?=[eiy])/g, "s")
    .replace(/ck|qu|[cq]/g, "k")
    .replace(/x/g, "ks")
    .replace(/ts|z/g, "s")
    .replace(/w/g, "u")
    .replace(/y/g, "i")
    .replace(/h/g, "")
    .replace(/(.)\1+/g, "$1")
    .replace(/i(?=[aeou])/g, "");
}

/** The consonants of a word, in classes that Arabic and Hebrew letters do not tell apart. */
function consonants(word: string): string {
  return sound(word)
    .toLowerCase()
    .replace(/[aeiou]/g, "")
    .replace(/[pvf]/g, "b")
    .replace(/[gjqc]/g, "k");
}

/** So much of a name must be there to know it by its sound: less is too many words. */
const ENOUGH_SOUNDS = 3;

/** One word of a name, as it is looked for. */
export interface NameWord {
  readonly spellings: readonly string[];
  readonly script: Word["script"];
}

const WRITTEN_OUT: Readonly<Record<string, string>> = {
  ä: "ae",
  æ: "ae",
  ö: "oe",
  ø: "oe",
  ü: "ue",
  å: "aa",
};

/** The words of a name of the records; an initial is none. "Müller" is also looked for as "Mueller", and the reverse. */
export function nameWords(name: string): readonly NameWord[] {
  const writtenOut = name
    .normalize("NFC")
    .toLowerCase()
    .replace(/[äæöøüå]/g, (letter) => WRITTEN_OUT[letter]!);
  const spelled = readText(writtenOut).words;
  return readText(name)
    .words.map(({ readings: [first = ""], script }, index) => ({
      spellings: [
        ...new Set([first, first.replace(/([aou])e|a(?=a)/g, "$1"), spelled[index]?.readings[0] ?? first]),
      ],
      script,
    }))
    .filter(({ spellings }) => spellings[0]!.length > 1);
}

/** Whether a word of a text is this word of a name, standing alone. */
export function isName({ readings, script }: Word, { spellings, script: written }: NameWord): boolean {
  const foreign = script !== "latin" || written !== "latin";
  const consonantal = script === "consonantal" || written === "consonantal";
  return spellings.some(
    (name) =>
      readings.includes(name) ||
      (foreign && sound(name).length >= ENOUGH_SOUNDS && sound(readings[0]!) === sound(name)) ||
      (consonantal &&
        consonants(name).length >= ENOUGH_SOUNDS &&
        consonants(readings[0]!) === consonants(name)),
  );
}

/** Whether it may be, beside another word of the same name: then less is enough. */
export function mayBeName(word: Word, name: NameWord): boolean {
  const consonantal = word.script === "consonantal" || name.script === "consonantal";
  return (
    isName(word, name) ||
    name.spellings.some(
      (spelling) =>
        (sound(spelling) !== "" && sound(word.readings[0]!) === sound(spelling)) ||
        (consonantal &&
          consonants(spelling) !== "" &&
          consonants(word.readings[0]!) === consonants(spelling)),
    )
  );
}
