import { readFileSync } from "node:fs";
import { z } from "zod";
import { LONGEST_DAYS } from "./domain/told-release";

const DEFAULT_DAYS = 30;
const days = z.int().min(1).max(LONGEST_DAYS);

const ReleaseTermsFile = z
  .strictObject({ defaultDays: days.default(DEFAULT_DAYS), longestDays: days.default(LONGEST_DAYS) })
  .refine((terms) => terms.defaultDays <= terms.longestDays, {
    path: ["defaultDays"],
    message: "must not be above longestDays",
  });

/**
 * Reads a site's terms of releases: for how many days one lasts when nobody says, and at most.
 *
 * @throws Error listing every fault at once, each with its place in the file.
 */
export function readReleaseTerms(path: string): { defaultDays: number; longestDays: number } {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`The site file ${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const result = ReleaseTermsFile.safeParse(content);
  if (result.success) return result.data;
  const faults = result.error.issues.map((one) => `${one.path.join(".") || "the file"}: ${one.message}`);
  throw new Error(`The site file ${path} is not valid:\n  ${faults.join("\n  ")}`);
}
