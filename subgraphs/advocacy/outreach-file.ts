import { readFileSync } from "node:fs";
import { z } from "zod";
import type { SafeContactTerms } from "./domain/safe-contact";

/** Longer than this nobody's word of what is safe is relied on. */
const LONGEST_DAYS = 730;

const OutreachFile = z.strictObject({
  note: z.string().optional(),
  safeContactDays: z.int().min(1).max(LONGEST_DAYS),
  timeZone: z.string().refine(isTimeZone, { message: "no IANA time zone" }),
});

/**
 * Reads a site's outreach: for how long what a victim said of safe contact is relied on.
 *
 * @throws Error listing every fault at once, each with its place in the file.
 */
export function readOutreach(path: string): SafeContactTerms {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`The site file ${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const result = OutreachFile.safeParse(content);
  if (result.success) return result.data;
  const faults = result.error.issues.map((one) => `${one.path.join(".") || "the file"}: ${one.message}`);
  throw new Error(`The site file ${path} is not valid:\n  ${faults.join("\n  ")}`);
}

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).format() !== "";
  } catch {
    return false;
  }
}
