import { readFileSync } from "node:fs";
import { z } from "zod";
import { LONGEST_HOURS, type HoldTerms } from "./domain/hold";

const HoldTermsFile = z.strictObject({ longestHours: z.int().min(1).max(LONGEST_HOURS) });

/**
 * Reads a site's terms of holds: for how many hours one lasts at most.
 *
 * @throws Error listing every fault at once, each with its place in the file.
 */
export function readHoldTerms(path: string): HoldTerms {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`The site file ${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const result = HoldTermsFile.safeParse(content);
  if (result.success) return result.data;
  const faults = result.error.issues.map((one) => `${one.path.join(".") || "the file"}: ${one.message}`);
  throw new Error(`The site file ${path} is not valid:\n  ${faults.join("\n  ")}`);
}
