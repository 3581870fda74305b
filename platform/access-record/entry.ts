import { createHash } from "node:crypto";
import type { Outcome } from "./access";

/** One row of an agency's record, as it is kept. Ids and types stand in two lists of one length. */
export interface Entry {
  readonly id: string;
  /** UTC, ISO 8601 to the millisecond: YYYY-MM-DDThh:mm:ss.sssZ. */
  readonly at: string;
  readonly subject: string;
  readonly agency: string;
  readonly role: string;
  readonly purpose: string;
  readonly grantId: string | null;
  readonly grantReason: string | null;
  readonly operationHash: string;
  readonly fields: readonly string[];
  readonly recordTypes: readonly string[];
  readonly recordIds: readonly string[];
  readonly provenance: readonly string[];
  /** Records of national criminal history among them; each has a row of `dissemination` too. */
  readonly disseminatedTypes: readonly string[];
  readonly disseminatedIds: readonly string[];
  readonly outcome: Outcome;
  readonly codes: readonly string[];
}

/** What the first row of a chain follows. */
export const NO_HASH = "0".repeat(64);

/** Names the encoding below: a change of either is a new version, and old rows keep theirs. */
export const VERSION = "ipvi-access-record/1";

/**
 * The canonical form of a row, less its place in the chain: a JSON list in a fixed order, as JSON.stringify writes it.
 * `audit.append` reads the columns out of it, so what is hashed and what is stored are one.
 */
export function contentOf(entry: Entry): string {
  return JSON.stringify([
    entry.id,
    entry.at,
    entry.subject,
    entry.agency,
    entry.role,
    entry.purpose,
    entry.grantId,
    entry.grantReason,
    entry.operationHash,
    entry.fields,
    entry.recordTypes,
    entry.recordIds,
    entry.provenance,
    entry.disseminatedTypes,
    entry.disseminatedIds,
    entry.outcome,
    entry.codes,
  ]);
}

/**
 * The hash of a row: SHA-256 over version, sequence number, previous hash (hexadecimal) and content, with one space
 * between. The first three hold no space, so no two rows have one text. 64 hexadecimal digits.
 */
export function hashOf(sequence: string, previousHash: string, content: string): string {
  return createHash("sha256").update(`${VERSION} ${sequence} ${previousHash} ${content}`).digest("hex");
}
