/** What is wrong with a text as it was sent. */
export type TextFault = "TEXT_MISSING" | "TEXT_TOO_LONG" | "TEXT_HAS_CONTROL_CHARACTERS";

/** Characters: a line of a form. */
export const LINE = 200;

/** A line is one line: no break, no tab, nothing that could hide or alter what a person reads. */
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\p{Cs}]/u;

/** What is wrong with a line of a form; null: nothing, as with one that was left out. */
export function lineFault(text: string | null | undefined): TextFault | null {
  if (text == null) return null;
  if (text.trim() === "") return "TEXT_MISSING";
  if (text.length > LINE) return "TEXT_TOO_LONG";
  return CONTROL_CHARACTERS.test(text) ? "TEXT_HAS_CONTROL_CHARACTERS" : null;
}
