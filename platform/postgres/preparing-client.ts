import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { Client } from "pg";

/** Statements prepared in one connection at most: one of many conditions costs the server a hundred kilobytes there. */
const MOST_PREPARED = 128;
/** Runs in this process after which a statement is prepared. */
const OFTEN = 3;

const runs = new LRUCache<string, number>({ max: 1_000 });
const names = new Map<string, string>();

function nameOf(text: string): string | undefined {
  const name = names.get(text);
  if (name !== undefined || names.size >= MOST_PREPARED) return name;
  const count = (runs.get(text) ?? 0) + 1;
  runs.set(text, count);
  if (count < OFTEN) return undefined;
  const given = createHash("sha256").update(text).digest("base64url");
  names.set(text, given);
  return given;
}

/**
 * A connection that has the server prepare what is run with parameters again and again, as its row access is: to parse and
 * plan such a statement costs the server several times what it costs to run it. A pooler between must keep sessions, as it
 * must for LISTEN.
 */
export class PreparingClient extends Client {
  override query(...given: unknown[]): never {
    const [text, values, ...rest] = given;
    const name = typeof text === "string" && Array.isArray(values) && values.length > 0 && nameOf(text);
    const asked = name ? [{ name, text, values: values as unknown[] }, ...rest] : given;
    return Reflect.apply(Reflect.get(Client.prototype, "query"), this, asked) as never;
  }
}
