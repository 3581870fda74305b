import { digitOf, letterOf } from "./scripts";

/** A word of a text, read so that it can be compared whatever it is written in. */
export interface Word {
  /** Where it begins in the text, and where it ends. */
  readonly at: number;
  readonly end: number;
  /** In small Latin letters and digits, without marks: by sound first, then by look. */
  readonly readings: readonly string[];
  readonly script: "latin" | "other" | "consonantal";
  readonly capital: boolean;
  /** What stands between it and the word before. */
  readonly gap: string;
}

/** A text as words, and where the letters stand that cannot be read. */
export interface ReadText {
  readonly words: readonly Word[];
  readonly unreadable: readonly number[];
}

/** Marks, and characters that nobody sees: a name with one of them in it is the name. */
const UNSEEN = /^[\p{M}\p{Cf}]$/u;
const LETTER = /^[\p{L}\p{N}]$/u;

interface Growing {
  at: number;
  end: number;
  sound: string;
  look: string;
  script: Word["script"];
  capital: boolean;
  gap: string;
}

function wordOf({ at, end, sound, look, script, capital, gap }: Growing): Word {
  // A digit looks like a letter among letters alone; a one like an l or an i.
  const looks = /[a-z]/.test(sound) ? [look, look.replaceAll("l", "i")] : [];
  return { at, end, readings: [...new Set([sound, ...looks])], script, capital, gap };
}

/** Reads a text, or a name or an address of the records, as words. */
export function readText(text: string): ReadText {
  const words: Word[] = [];
  const unreadable: number[] = [];
  let gap = "";
  let growing: Growing | null = null;
  const finish = () => {
    if (growing !== null && growing.sound !== "") words.push(wordOf(growing));
    growing = null;
  };
  let at = 0;
  for (const character of text) {
    const end = at + character.length;
    for (const part of character.normalize("NFKD")) {
      if (UNSEEN.test(part)) continue;
      const letter = letterOf(digitOf(part) ?? part);
      if (letter === null) {
        if (LETTER.test(part)) unreadable.push(at);
        finish();
        gap += part;
        continue;
      }
      growing ??= { at, end, sound: "", look: "", script: "latin", capital: /\p{Lu}/u.test(part), gap };
      gap = "";
      growing.end = end;
      growing.sound += letter.sound;
      growing.look += letter.look;
      if (growing.script === "latin") growing.script = letter.script;
    }
    at = end;
  }
  finish();
  return { words, unreadable };
}
