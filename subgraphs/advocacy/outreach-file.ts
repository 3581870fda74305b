import { readFileSync } from "node:fs";
import { z } from "zod";
import { ARREST_RECALLED, NEWS_KINDS } from "./domain/case-news";
import { LEVELS } from "./domain/level";
import { OutreachKind } from "./domain/outreach";
import { HIGH_DANGER, type TaskTerms } from "./domain/outreach-task";
import type { SafeContactTerms } from "./domain/safe-contact";

/** A site's outreach: for how long she need not be asked again, and what opens which tasks. */
export type OutreachTerms = SafeContactTerms & TaskTerms;

/** Longer than this nobody's word of what is safe is relied on. */
const LONGEST_DAYS = 730;
/** What was told so long ago is nothing that she still goes by. */
const LONGEST_CORRECTION_DAYS = 365;
const HOURS_A_YEAR = 8_784;
/** Hours at most until somebody turns to a woman whose abuser was contacted before she knew. */
const AT_ONCE = 4;
/** Hours at most until somebody tells her that he was not arrested. */
const BY_TOMORROW = 24;
/** What has to be answered at every level and at none, by when, and what it is called when it is not. */
const ALWAYS_ANSWERED = [
  { on: "contact-breached", within: AT_ONCE, what: "a breach" },
  { on: ARREST_RECALLED, within: BY_TOMORROW, what: "an arrest that is taken back" },
] as const;

const LEVEL_WORDS = [...LEVELS, "none"] as const;
const hours = z.int().min(0).max(HOURS_A_YEAR);
const Line = z
  .strictObject({
    on: z.enum([...NEWS_KINDS, HIGH_DANGER]),
    levels: z.array(z.enum(LEVEL_WORDS)).min(1),
    kind: z.enum(OutreachKind),
    withinHours: hours.optional(),
    hoursBeforeContact: hours.optional(),
  })
  .refine((line) => (line.withinHours === undefined) !== (line.hoursBeforeContact === undefined), {
    message: "has one clock: withinHours or hoursBeforeContact",
  })
  .refine(({ on, hoursBeforeContact }) => hoursBeforeContact === undefined || on === "contact-planned", {
    path: ["hoursBeforeContact"],
    message: "only a contact that is planned lies ahead",
  })
  .refine(({ on, levels }) => on !== "contact-planned" || !levels.includes("A"), {
    path: ["levels"],
    message: "at level A no contact is planned",
  });

const OutreachFile = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "must be lower-case letters, digits and hyphens"),
  version: z.int().min(1),
  note: z.string().optional(),
  safeContactDays: z.int().min(1).max(LONGEST_DAYS),
  correctsWithinDays: z.int().min(1).max(LONGEST_CORRECTION_DAYS),
  timeZone: z.string().refine(isTimeZone, { message: "no IANA time zone" }),
  tasks: z.array(Line).superRefine((lines, context) => {
    for (const { on: news, within, what } of ALWAYS_ANSWERED) {
      for (const level of LEVEL_WORDS) {
        const answered = lines.some(
          ({ on, levels, withinHours }) =>
            on === news && levels.includes(level) && withinHours !== undefined && withinHours <= within,
        );
        const message = `${what} at level ${level} opens no task due within ${within} hours`;
        if (!answered) context.addIssue({ code: "custom", message });
      }
    }
  }),
});

/**
 * Reads a site's outreach protocol.
 *
 * @throws Error listing every fault at once, each with its place in the file.
 */
export function readOutreach(path: string): OutreachTerms {
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
