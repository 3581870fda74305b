import { readFileSync } from "node:fs";
import { z } from "zod";
import { CONTACT_MEANS, type Protocol } from "./domain/protocol";

const HOURS_A_YEAR = 8_784;

const response = z.strictObject({
  means: z.array(z.enum(CONTACT_MEANS)),
  withinHours: z.int().min(1).max(HOURS_A_YEAR).nullable(),
  gated: z.boolean(),
  note: z.string().optional(),
});
const contacted = response.refine(({ means }) => means.length > 0, {
  path: ["means"],
  message: "names none",
});

const ProtocolFile = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "must be lower-case letters, digits and hyphens"),
  version: z.int().min(1),
  note: z.string().optional(),
  levels: z.strictObject({
    A: response.refine(({ means }) => means.length === 0, {
      path: ["means"],
      message: "at level A there is no message",
    }),
    B: contacted.refine(({ gated }) => gated, { path: ["gated"], message: "level B is always gated" }),
    C: contacted,
    D: contacted,
  }),
  failedAttempts: z.int().min(1).max(50),
  panel: z.strictObject({
    members: z.int().min(2).max(50),
    agencies: z.int().min(1).max(20),
    note: z.string().optional(),
  }),
  releaseHoldsHours: z.int().min(1).max(72),
});

/**
 * Reads a site's protocol table: which response each level gets, with its clock, and what opens the victim gate.
 *
 * @throws Error listing every fault at once, each with its place in the file.
 */
export function readProtocol(path: string): Protocol {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`The site file ${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const result = ProtocolFile.safeParse(content);
  if (result.success) return result.data;
  const faults = result.error.issues.map((one) => `${one.path.join(".") || "the file"}: ${one.message}`);
  throw new Error(`The site file ${path} is not valid:\n  ${faults.join("\n  ")}`);
}
