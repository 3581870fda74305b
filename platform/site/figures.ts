import { readFileSync } from "node:fs";
import { z } from "zod";
import { SMALLEST_SHOWN } from "../policy/suppression";

/** Below this, figures say of somebody what his neighbours would recognise: no site goes there. Assumption. */
const LOWEST = 5;

const FiguresFile = z.strictObject({
  smallestShown: z.int().min(LOWEST).max(1_000).default(SMALLEST_SHOWN),
});

/**
 * Reads a site's limit for figures: the smallest count of people or cases that is told.
 *
 * @throws Error listing every fault at once, each with its place in the file.
 */
export function readFigureLimits(path: string): { readonly smallestShown: number } {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`The site file ${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const result = FiguresFile.safeParse(content);
  if (result.success) return result.data;
  const faults = result.error.issues.map((one) => `${one.path.join(".") || "the file"}: ${one.message}`);
  throw new Error(`The site file ${path} is not valid:\n  ${faults.join("\n  ")}`);
}
