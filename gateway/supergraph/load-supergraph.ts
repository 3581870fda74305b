import { readFile } from "node:fs/promises";
import { parse } from "graphql";
import { z } from "zod";
import { createPlanner, type Planner } from "../engine/plan";
import type { ScopeSet } from "../engine/engine";
import { planningHazards } from "./planning-hazards";

export interface LoadedSupergraph {
  readonly sdl: string;
  readonly planner: Planner;
}

async function textOf(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    throw new Error(`The ${what} is missing or cannot be read: ${path}`);
  }
}

/**
 * Reads the supergraph and makes a planner over it. Warns, as a SupergraphWarning of the process, of each requirement
 * that the planner gets wrong: `npm run generate` refuses them, other composers do not.
 *
 * @throws Error when the file is missing or is no supergraph.
 */
export async function loadSupergraph(path: string): Promise<LoadedSupergraph> {
  const sdl = await textOf(path, "supergraph");
  const planner = createPlanner(sdl);
  for (const hazard of planningHazards(parse(sdl))) process.emitWarning(hazard, "SupergraphWarning");
  return { sdl, planner };
}

export type ScopesOfRoles = (roles: readonly string[]) => ScopeSet;

const ScopesFile = z.record(z.string(), z.array(z.string()));

/**
 * Reads which scopes each role holds. The same roles give the same set, whatever their order.
 *
 * @throws Error when the file is missing or malformed; the returned function throws on a role it does not know.
 */
export async function loadScopes(path: string): Promise<ScopesOfRoles> {
  const scopesOf = ScopesFile.parse(JSON.parse(await textOf(path, "table of scopes by role")));
  const sets = new Map<string, ScopeSet>();
  return (roles) => {
    const key = [...new Set(roles)].sort().join("+");
    let set = sets.get(key);
    if (!set) {
      const scopes = roles.flatMap((role) => {
        if (!Object.hasOwn(scopesOf, role)) throw new Error(`The table of scopes knows no role ${role}.`);
        return scopesOf[role]!;
      });
      set = { key, scopes: new Set(scopes) };
      sets.set(key, set);
    }
    return set;
  };
}
