import type { Leak, LeakKind } from "../domain/victim-data/find-victim-data";

/** A leak as one caller may know of it: what and where, or that there is one. */
export interface LeakShown {
  readonly kind: LeakKind | "OTHER";
  readonly line: number | null;
  readonly column: number | null;
}

/** Which scope knows what a leak is of: who may not read it is not told that he has guessed it. */
const KNOWN_BY: Readonly<Record<LeakKind, string | null>> = {
  NAME: "victim-identity:F",
  GIVEN_NAME: "victim-identity:F",
  FAMILY_NAME: "victim-identity:F",
  INITIALS: "victim-identity:F",
  DATE_OF_BIRTH: "victim-identity:F",
  ADDRESS: "victim-contact:F",
  PHONE: "victim-contact:F",
  UNREADABLE: null,
};

const OTHER: LeakShown = { kind: "OTHER", line: null, column: null };

function placeIn(text: string, at: number) {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

/**
 * The leaks as this caller may know of them: in full of what he may read, of victims whose cases he sees. That there is
 * something else he is told, since the letter is refused; not what and where.
 */
export function leaksShown(
  leaks: readonly Leak[],
  text: string,
  scopes: ReadonlySet<string>,
  visibleVictims: ReadonlySet<string>,
): LeakShown[] {
  const shown = leaks.map(({ kind, at, victimId }) => {
    const scope = KNOWN_BY[kind];
    const known = scope === null || (scopes.has(scope) && victimId !== null && visibleVictims.has(victimId));
    return known ? { kind, ...placeIn(text, at) } : OTHER;
  });
  return [...shown.filter((one) => one !== OTHER), ...(shown.includes(OTHER) ? [OTHER] : [])];
}
