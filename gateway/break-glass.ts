import { readFile } from "node:fs/promises";
import { z } from "zod";
import { grantRefused, verifyGrant, type Grant } from "../platform/break-glass/grant";
import type { Caller } from "../platform/caller/caller";
import type { ScopeSet } from "./engine/engine";

const Table = z.record(
  z.string(),
  z.record(z.string(), z.object({ heldBy: z.string(), scopes: z.array(z.string()).min(1) })),
);
/** What each role may open: role, element, the subgraph that holds it, and what the role gains. */
export type BreakGlassTable = z.infer<typeof Table>;

/** @throws Error when the file is missing or malformed. */
export async function loadBreakGlass(path: string): Promise<BreakGlassTable> {
  try {
    return Table.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    throw new Error(`The table of what may be opened is missing or cannot be read: ${path}`, {
      cause: error,
    });
  }
}

function openedBy(table: BreakGlassTable, { role, element, heldBy }: Grant): readonly string[] | undefined {
  const elements = Object.hasOwn(table, role) ? table[role]! : {};
  const opened = Object.hasOwn(elements, element) ? elements[element]! : undefined;
  return opened?.heldBy === heldBy ? opened.scopes : undefined;
}

/** The caller's scopes and what he has opened, under a key that no other set has. */
export type WithOpened = (
  grant: string,
  caller: Caller,
  scopes: ScopeSet,
) => Promise<{ readonly scopes: ScopeSet; readonly until: Date }>;

/**
 * @throws GraphQLError `BREAK_GLASS_REFUSED`, from the function returned, for a grant that is not plainly right: the
 * request is refused, rather than answered as if there were none.
 */
export function createOpened(
  table: BreakGlassTable,
  hubSecrets: Readonly<Record<string, string>>,
  now: () => Date = () => new Date(),
): WithOpened {
  const secretOf = (heldBy: string) => (Object.hasOwn(hubSecrets, heldBy) ? hubSecrets[heldBy] : undefined);
  return async (text, caller, { key, scopes }) => {
    const grant = await verifyGrant(text, caller, secretOf, now());
    const opened = openedBy(table, grant);
    if (!opened) throw grantRefused("GRANT_OPENS_NOTHING");
    // No role has a space in its name, so no set of roles has such a key.
    return {
      scopes: { key: `${key} and ${grant.element} opened`, scopes: new Set([...scopes, ...opened]) },
      until: grant.expiresAt,
    };
  };
}
