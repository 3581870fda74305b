import PDFDocument from "pdfkit";

/** What a letter is printed with, and which characters it has. */
export interface LetterFont {
  /** A font file, or the name of a standard font. */
  readonly source: string;
  prints(character: string): boolean;
}

/** Beside Latin-1, what the standard fonts have (WinAnsiEncoding, PDF 32000-1, annex D). */
const WIN_ANSI = new Set("ƒ–—‘’‚“”„†‡•…€‰‹›ˆ™Œœ˜ŠšŸŽž");
const isLatin1 = (character: string) => /^[ -~\u00a0-\u00ac\u00ae-\u00ff]$/.test(character);

/** Needs no file: every reader of PDF has it. West European languages only. */
export const STANDARD_FONT: LetterFont = {
  source: "Helvetica",
  prints: (character) => character === "\n" || isLatin1(character) || WIN_ANSI.has(character),
};

interface Glyphs {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

function glyphsOf(document: PDFKit.PDFDocument): Glyphs {
  const held: unknown = Reflect.get(document, "_font");
  const glyphs: unknown = typeof held === "object" && held !== null ? Reflect.get(held, "font") : null;
  const known = typeof glyphs === "object" && glyphs !== null && "hasGlyphForCodePoint" in glyphs;
  if (!known) throw new Error("it is no font file whose characters can be told");
  return glyphs as Glyphs;
}

/** Marks that turn the direction of a line, join or hide: no letter needs one, and a reader would not see it. */
const INVISIBLE = /^[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]$/u;

/**
 * A TrueType or OpenType font of the site's own.
 *
 * @throws Error when the file is none.
 */
export function fontOfFile(path: string): LetterFont {
  const glyphs = glyphsOf(new PDFDocument({ font: path }));
  return {
    source: path,
    prints: (character) =>
      character === "\n" ||
      (!INVISIBLE.test(character) && glyphs.hasGlyphForCodePoint(character.codePointAt(0)!)),
  };
}

/** Where the first character stands that the font has not; null: it has all. */
export function firstUnprintable(text: string, font: LetterFont): number | null {
  let at = 0;
  for (const character of text) {
    if (!font.prints(character)) return at;
    at += character.length;
  }
  return null;
}
