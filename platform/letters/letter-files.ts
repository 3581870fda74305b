import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { firstUnprintable, fontOfFile, STANDARD_FONT, type LetterFont } from "./font";
import { fillTemplate, fixedWords, parseTemplate, type LetterTemplate, type Placeholders } from "./template";

/** The kinds of letter an agency writes, each with the placeholders its templates may use. */
export type LetterKinds = Readonly<Record<string, Placeholders>>;

/** What a site has of letters: every kind in every one of its languages. */
export interface SiteLetters<Kinds extends LetterKinds> {
  readonly languages: readonly string[];
  readonly font: LetterFont;
  /** The letter with its placeholders filled, and the template it is from. Throws RangeError for a language that the site has not. */
  write<Kind extends keyof Kinds & string>(
    kind: Kind,
    language: string,
    values: Readonly<Record<keyof Kinds[Kind] & string, string>>,
  ): WrittenLetter;
}

/** A letter's text, and by which template. */
export interface WrittenLetter {
  readonly text: string;
  readonly templateId: string;
  readonly templateVersion: number;
}

const LettersFile = z.strictObject({
  /** As in BCP 47: "en", "es", "hmn". */
  languages: z.array(z.string().regex(/^[a-z]{2,3}$/, "must be a language code")).min(1),
  /** A font file beside this one; null: a standard font, which has the West European languages alone. */
  font: z
    .string()
    .regex(/^[\w-]+\.(ttf|otf)$/, "must be a .ttf or .otf file in this folder")
    .nullable(),
  note: z.string().optional(),
});

const messageOf = (error: unknown) => (error as Error).message;

function readFont(folder: string, file: string | null, faults: string[]): LetterFont {
  if (file === null) return STANDARD_FONT;
  try {
    return fontOfFile(join(folder, file));
  } catch (error) {
    faults.push(`${file}: ${messageOf(error)}`);
    return STANDARD_FONT;
  }
}

function readTemplate(
  folder: string,
  font: LetterFont,
  placeholders: Placeholders,
  { id, language }: { readonly id: string; readonly language: string },
  faults: string[],
): LetterTemplate | null {
  let file: string;
  try {
    file = readFileSync(join(folder, `${id}.txt`), "utf8");
  } catch {
    faults.push(`${id}.txt: cannot be read`);
    return null;
  }
  const { version, text, faults: own } = parseTemplate(file, placeholders);
  const words = fixedWords(text);
  const at = firstUnprintable(words, font);
  const unprintable =
    at === null
      ? []
      : [`the font has no character U+${words.codePointAt(at)!.toString(16).toUpperCase().padStart(4, "0")}`];
  faults.push(...[...own, ...unprintable].map((fault) => `${id}.txt: ${fault}`));
  return { id, version, language, text };
}

/**
 * Reads a site's letters: `letters.json` names languages and font, `<kind>.<language>.txt` is a template. Files of kinds
 * that are not asked for are another agency's, and are not looked at.
 *
 * @throws Error listing every fault at once, each with its file.
 */
export function readLetters<const Kinds extends LetterKinds>(
  folder: string,
  kinds: Kinds,
): SiteLetters<Kinds> {
  const path = join(folder, "letters.json");
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`The site file ${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  const settings = LettersFile.safeParse(content);
  const faults = (settings.error?.issues ?? []).map(
    (one) => `letters.json: ${one.path.join(".") || "the file"}: ${one.message}`,
  );
  // What can be read is looked at all the same, so that all faults are told at once.
  const languages = settings.data?.languages ?? [];
  const font = readFont(folder, settings.data?.font ?? null, faults);
  const templates = new Map(
    Object.entries(kinds).flatMap(([kind, placeholders]) =>
      languages.map((language) => {
        const id = `${kind}.${language}`;
        return [id, readTemplate(folder, font, placeholders, { id, language }, faults)] as const;
      }),
    ),
  );
  if (faults.length > 0) throw new Error(`The site's letters are not valid:\n  ${faults.join("\n  ")}`);
  return {
    languages,
    font,
    write: (kind, language, values) => {
      const template = templates.get(`${kind}.${language}`);
      if (!template) throw new RangeError("The site has no letters in that language.");
      const { id: templateId, version: templateVersion } = template;
      return { text: fillTemplate(template, values), templateId, templateVersion };
    },
  };
}
