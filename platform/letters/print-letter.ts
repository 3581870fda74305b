import { createHash } from "node:crypto";
import PDFDocument from "pdfkit";
import { firstUnprintable, type LetterFont } from "./font";

/** Characters of a letter at most: some six pages, which with the standard font are less than 30,000 bytes. */
export const LONGEST_LETTER = 20_000;

/** Why a text is not printed. `at`: the place of a character that the font has not. */
export type PrintRefusal =
  { readonly code: "NOT_PRINTABLE"; readonly at: number } | { readonly code: "TOO_LONG" };

/** A letter as it is printed, with the SHA-256 of its bytes, hexadecimal. */
export interface PrintedLetter {
  readonly pdf: Buffer;
  readonly sha256: string;
}

/**
 * Prints a text as PDF, and nothing but the text: no head, no title, no name in the file's own description, so that who
 * has checked the text has checked the letter. The same arguments give the same bytes.
 */
export function printLetter(
  text: string,
  about: { readonly font: LetterFont; readonly language: string; readonly createdAt: Date },
):
  | { readonly ok: true; readonly value: PrintedLetter }
  | { readonly ok: false; readonly refusal: PrintRefusal } {
  if (text.length > LONGEST_LETTER) return { ok: false, refusal: { code: "TOO_LONG" } };
  const at = firstUnprintable(text, about.font);
  if (at !== null) return { ok: false, refusal: { code: "NOT_PRINTABLE", at } };
  const document = new PDFDocument({
    size: "LETTER",
    margin: 72,
    font: about.font.source,
    lang: about.language,
    info: { CreationDate: about.createdAt, Producer: "IPVI hub", Creator: "IPVI hub" },
  });
  document.fontSize(11).text(text, { lineGap: 2 });
  document.end();
  // Nothing is written to the document after its end: all of it is there to be read.
  const chunks: Buffer[] = [];
  for (let chunk: unknown = document.read(); chunk !== null; chunk = document.read()) {
    chunks.push(Buffer.from(chunk as Uint8Array));
  }
  const pdf = Buffer.concat(chunks);
  return { ok: true, value: { pdf, sha256: createHash("sha256").update(pdf).digest("hex") } };
}
