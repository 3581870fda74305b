/** A protected record that one request named or opened. */
export interface AccessedRecord {
  readonly type: string;
  /** Opaque; never anything but a UUID. */
  readonly id: string;
  /** The key of the representation it was reached from; null: from a query of its own. */
  readonly representation: string | null;
  /** Which records it comes from, where its type says so. */
  readonly provenance: string | null;
}

/** Who asks, and for what. */
export interface Reader {
  readonly subject: string;
  readonly agency: string;
  readonly role: string;
  readonly purpose: string;
  readonly breakGlass: { readonly grantId: string; readonly reason: string } | null;
}

/** "answered": something protected left the house; "refused": a rule kept all of it back; "failed": nothing came of it. */
export type Outcome = "answered" | "refused" | "failed";

/** What one request read of what is protected, or tried to: never a value of it. */
export interface Access {
  readonly reader: Reader;
  /** SHA-256 of the document, 64 hexadecimal digits. */
  readonly operationHash: string;
  /** Every protected coordinate that the document names, sorted. */
  readonly fields: readonly string[];
  readonly records: readonly AccessedRecord[];
  /** What the caller sent to `_entities`, as it came, by key. */
  readonly representations: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly outcome: Outcome;
  /** The codes of the answer's errors, sorted, each once. */
  readonly codes: readonly string[];
}
