/** The placeholders of a kind of letter, and of each whether every template of the kind must use it. */
export type Placeholders = Readonly<Record<string, "needed" | "allowed">>;

/** A letter in one language as a site has worded it, valid when it was read. */
export interface LetterTemplate {
  /** Kind and language, e.g. "custom-notification.es". */
  readonly id: string;
  readonly version: number;
  readonly language: string;
  readonly text: string;
}

/** Characters of a template: some four pages. */
const LONGEST = 12_000;
const PLACEHOLDER = /\{\{([a-z]+)\}\}/g;

/** Text as it is printed: composed characters, and one kind of line break. */
export function plain(text: string): string {
  return text.normalize("NFC").replace(/\r\n?/g, "\n");
}

/** A template file: "version: N", an empty line, and the text with its placeholders, `{{name}}`. */
export function parseTemplate(
  file: string,
  placeholders: Placeholders,
): { readonly version: number; readonly text: string; readonly faults: readonly string[] } {
  const [head = "", gap, ...lines] = plain(file).split("\n");
  const text = lines.join("\n").trim();
  const version = /^version: ([1-9]\d{0,5})$/.exec(head)?.[1];
  const used = [...text.matchAll(PLACEHOLDER)].map((match) => match[1]!);
  const faults = [
    version === undefined ? 'begins with a line "version: N"' : null,
    gap !== "" ? "has an empty line after its version" : null,
    text === "" ? "says nothing" : null,
    text.length > LONGEST ? `has more than ${LONGEST} characters` : null,
    ...[...new Set(used)]
      .filter((name) => !Object.hasOwn(placeholders, name))
      .map((name) => `{{${name}}} is no placeholder of this kind of letter`),
    ...Object.keys(placeholders)
      .filter((name) => placeholders[name] === "needed" && !used.includes(name))
      .map((name) => `does not use {{${name}}}`),
    /[{}]/.test(text.replace(PLACEHOLDER, "")) ? "has a brace that belongs to no placeholder" : null,
  ];
  return { version: Number(version), text, faults: faults.filter((fault) => fault !== null) };
}

/** The template's own words, without what it is filled with. */
export function fixedWords(text: string): string {
  return text.replace(PLACEHOLDER, "");
}

/** The text with every placeholder filled, each once: braces in a value are text. */
export function fillTemplate(template: LetterTemplate, values: Readonly<Record<string, string>>): string {
  return template.text.replace(PLACEHOLDER, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${template.id} has no {{${name}}} to be filled with.`);
    return plain(value).trim();
  });
}
