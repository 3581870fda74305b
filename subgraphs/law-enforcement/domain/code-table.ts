import { accept, refuse, type Result } from "./result";

/** A code that is in no published table. Fails closed: a reader of codes never guesses a class for it. */
export interface UnknownCode {
  readonly code:
    "UNKNOWN_RELATIONSHIP_CODE" | "UNKNOWN_WEAPON_CODE" | "UNKNOWN_INJURY_CODE" | "UNKNOWN_OFFENCE_CODE";
  /** What stood in the code's place, cut to 12 characters: a shifted column may hold anything. */
  readonly given: string;
}

/** A code as the tables spell it: without spaces around it (fixed-width and CSV extracts bring them), upper case. */
export function normalCode(given: string): string {
  return given.trim().toUpperCase();
}

/**
 * Looks a code up in a table of its own properties only ("constructor" is no code), spelled as `normalCode` does.
 * Anything not in it is refused with `unknown`.
 */
export function lookUp<Value>(
  table: Readonly<Record<string, Value>>,
  given: string,
  unknown: UnknownCode["code"],
): Result<Value, UnknownCode> {
  const key = normalCode(given);
  const value = Object.hasOwn(table, key) ? table[key] : undefined;
  if (value === undefined) return refuse({ code: unknown, given: given.trim().slice(0, 12) });
  return accept(value);
}
