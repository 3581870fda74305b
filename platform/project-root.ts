import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

function findRoot(from: string): string {
  if (existsSync(join(from, "package-lock.json"))) return from;
  const parent = dirname(from);
  if (parent === from)
    throw new Error("The hub's own files are incomplete: no package-lock.json above the code.");
  return findRoot(parent);
}

/** The folder that holds package.json, schema/ and site/: the same whether the code runs compiled or under test. */
export const PROJECT_ROOT = findRoot(__dirname);
