import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { holdToLimits } from "./limits";

/** The operations that the partners' tools were built with: the only ones that run where the list is enforced. */
export interface TrustedDocuments {
  /** The text of a listed document; undefined when there is none of that id. */
  textOf(id: string): string | undefined;
  holds(source: string): boolean;
}

const List = z.record(z.string(), z.string());
const PREFIX = "sha256:";

/** The id of a document: SHA-256 of its text in UTF-8, as hexadecimal digits. */
export function documentIdOf(source: string): string {
  return createHash("sha256").update(source).digest("hex");
}

function holdListed(file: string, id: string, source: string): void {
  try {
    holdToLimits(source);
  } catch (error) {
    throw new Error(`${file}: the document ${id} would be refused. ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/**
 * Reads a list of documents: a JSON object, SHA-256 in hexadecimal digits to text, as client build tools write it.
 *
 * @throws Error in one sentence: no file, not such a list, an id that is not its text's hash, or a document over a limit.
 */
export async function loadTrustedDocuments(file: string): Promise<TrustedDocuments> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new Error(`The list of trusted documents cannot be read: ${file}.`);
  });
  let list: Record<string, string>;
  try {
    list = List.parse(JSON.parse(text));
  } catch {
    throw new Error(`${file} is no list of trusted documents: a JSON object of SHA-256 ids and texts.`);
  }
  const byId = new Map<string, string>();
  for (const [id, source] of Object.entries(list)) {
    const bare = id.startsWith(PREFIX) ? id.slice(PREFIX.length) : id;
    if (bare.toLowerCase() !== documentIdOf(source)) {
      throw new Error(`${file}: the id ${id} is not the SHA-256 of its document.`);
    }
    holdListed(file, id, source);
    byId.set(bare.toLowerCase(), source);
  }
  return {
    textOf: (id) => byId.get((id.startsWith(PREFIX) ? id.slice(PREFIX.length) : id).toLowerCase()),
    holds: (source) => byId.has(documentIdOf(source)),
  };
}
