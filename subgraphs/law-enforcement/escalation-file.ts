import { readFileSync } from "node:fs";
import { z } from "zod";
import { ESCALATING_KINDS, ESCALATION_LEVELS, STEP_TARGETS, type EscalationRules } from "./domain/escalation";

const LONGEST_SECONDS = 86_400;

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be hours and minutes, such as 22:00");

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

const EscalationFile = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "must be lower-case letters, digits and hyphens"),
  version: z.int().min(1),
  note: z.string().optional(),
  kinds: z.array(z.enum(ESCALATING_KINDS)).min(1),
  levels: z
    .array(z.enum(ESCALATION_LEVELS))
    .refine((levels) => levels.includes("A") && levels.includes("B"), {
      message: "high danger always escalates: name A and B",
    }),
  steps: z
    .array(z.strictObject({ to: z.enum(STEP_TARGETS), afterSeconds: z.int().min(1).max(LONGEST_SECONDS) }))
    .min(1)
    .refine(
      (steps) =>
        steps.every(({ afterSeconds }, at) => at === 0 || afterSeconds > steps[at - 1]!.afterSeconds),
      {
        message: "each comes after the one before",
      },
    ),
  quietHours: z
    .strictObject({ from: Clock, until: Clock })
    .refine(({ from, until }) => from !== until, { message: "quiet hours that never end, or never begin" })
    .nullable(),
  timeZone: z.string().refine(isTimeZone, { message: "is no time zone of the IANA database" }),
  ordersEndWithinDays: z.int().min(1).max(90),
});

/**
 * Reads what a site says of alerts that nobody confirms.
 *
 * @throws Error listing every fault at once, each with its place in the file.
 */
export function readEscalation(path: string): EscalationRules {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`The site file ${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const result = EscalationFile.safeParse(content);
  if (result.success) return result.data;
  const faults = result.error.issues.map((one) => `${one.path.join(".") || "the file"}: ${one.message}`);
  throw new Error(`The site file ${path} is not valid:\n  ${faults.join("\n  ")}`);
}
