/** Why an import was given up before it wrote anything, or (DATABASE) in the middle, between two whole incidents. */
export type ImportErrorCode =
  | "FOLDER_UNREADABLE"
  | "FILE_MISSING"
  | "FILE_AMBIGUOUS"
  | "FILE_UNREADABLE"
  | "FILE_EMPTY"
  | "COLUMN_MISSING"
  | "COLUMN_TWICE"
  | "NOT_UTF8"
  | "FILE_CUT"
  | "QUOTE_OPEN"
  | "LOOKUP_BROKEN"
  | "REJECTS_UNWRITABLE"
  | "ALREADY_RUNNING"
  | "DATABASE";

/** Where in the input the trouble is. */
export interface InputPlace {
  readonly file?: string;
  readonly line?: number;
}

/** An import that was given up: `code` for programs, `message` (file, line, reason) for a person. */
export class ImportError extends Error {
  readonly file: string | undefined;
  readonly line: number | undefined;

  constructor(
    readonly code: ImportErrorCode,
    reason: string,
    place: InputPlace = {},
  ) {
    const line = place.line === undefined ? "" : `, line ${place.line}`;
    super(place.file === undefined ? reason : `${place.file}${line}: ${reason}`);
    this.name = "ImportError";
    this.file = place.file;
    this.line = place.line;
  }
}
