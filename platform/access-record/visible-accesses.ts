import { everyAccess, ownAccesses, type VisibleAccesses } from "./access-log";

/**
 * Which accesses in an agency's one record a reader may see: with the log in full every one, with his own part of it
 * those he made, as this person of this agency, in whatever role; otherwise none.
 */
export function visibleAccesses(
  scopes: ReadonlySet<string>,
  reader: { readonly subject: string; readonly agency: string },
): VisibleAccesses | null {
  if (scopes.has("access-log:F")) return everyAccess;
  return scopes.has("access-log:O") ? ownAccesses(reader) : null;
}
