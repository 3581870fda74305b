import { failedAttempts, type OutreachFact, type PlannedFact } from "./gate";
import { hasControlCharacters } from "./plain-text";
import type { ContactMeans, Protocol } from "./protocol";
import { accept, refuse, type Result } from "./result";
import type { Level } from "./tier-rules";

/** What is wrong with a text as it was sent. */
export type TextFault = "TEXT_MISSING" | "TEXT_TOO_LONG" | "TEXT_HAS_CONTROL_CHARACTERS";

/** Characters: a line of a form. */
export const LINE = 200;
/** Characters: a page. */
export const PAGE = 4_000;

/** What is wrong with a text of a form; null: nothing, as with one that was left out. */
export function textFault(text: string | null, longest: number): TextFault | null {
  if (text === null) return null;
  if (text.trim() === "") return "TEXT_MISSING";
  if (text.length > longest) return "TEXT_TOO_LONG";
  return hasControlCharacters(text) ? "TEXT_HAS_CONTROL_CHARACTERS" : null;
}

/** The first fault of texts, each with the longest it may be; null: none. */
export function textsFault(
  ...texts: readonly (readonly [text: string | null | undefined, longest: number])[]
): TextFault | null {
  for (const [text, longest] of texts) {
    const fault = textFault(text ?? null, longest);
    if (fault !== null) return fault;
  }
  return null;
}

/** Clocks of two machines differ. */
const CLOCK_TOLERANCE_MS = 60_000;
/** No contact is planned further ahead: levels change. */
const LONGEST_AHEAD_MS = 366 * 86_400_000;

const isPast = (instant: Date, now: Date) => instant.getTime() < now.getTime() - CLOCK_TOLERANCE_MS;
/** True for what cannot have happened yet. */
export const isAheadOf = (instant: Date, now: Date): boolean =>
  instant.getTime() > now.getTime() + CLOCK_TOLERANCE_MS;

/** What is wrong with the hour of a plan. */
export type HourFault = "IN_THE_PAST" | "TOO_FAR_AHEAD";

/** What is wrong with the hour of a plan; null: it is to come, and within a year. */
export function hourFault(plannedFor: Date, now: Date): HourFault | null {
  if (isPast(plannedFor, now)) return "IN_THE_PAST";
  return plannedFor.getTime() > now.getTime() + LONGEST_AHEAD_MS ? "TOO_FAR_AHEAD" : null;
}

/** Why a contact is not planned. */
export type PlanRefusal = "LEVEL_NOT_IN_FORCE" | "NO_MESSAGE" | "MEANS_NOT_IN_PROTOCOL" | HourFault;

/** Decides whether a contact is planned: at the level in force, by means of the site's protocol, still to come (L27). */
export function decidePlan(
  told: { readonly level: Level; readonly means: ContactMeans; readonly plannedFor: Date },
  inForce: Level | null,
  protocol: Protocol,
  now: Date,
): Result<Exclude<Level, "A">, { readonly code: PlanRefusal }> {
  const { level, means, plannedFor } = told;
  if (level !== inForce) return refuse({ code: "LEVEL_NOT_IN_FORCE" });
  if (level === "A") return refuse({ code: "NO_MESSAGE" });
  if (!protocol.levels[level].means.includes(means)) return refuse({ code: "MEANS_NOT_IN_PROTOCOL" });
  const fault = hourFault(plannedFor, now);
  return fault === null ? accept(level) : refuse({ code: fault });
}

/** Why a supervisor's signature does not count. */
export type SignOffRefusal = "ALREADY_RELEASED" | "OVER" | "NOT_ENOUGH_ATTEMPTS" | "SIGNER_MADE_AN_ATTEMPT";

/** Decides whether a supervisor may sign for one victim: enough attempts since the plan failed, none of them hers (L24). */
export function decideSignOff(
  contact: PlannedFact,
  outreach: readonly (OutreachFact & { readonly madeBy: string })[],
  signer: string,
  now: Date,
): Result<"signed", { readonly code: SignOffRefusal }> {
  if (contact.state === "released") return refuse({ code: "ALREADY_RELEASED" });
  if (contact.state !== "planned") return refuse({ code: "OVER" });
  const failed = failedAttempts(outreach, contact.recordedAt, now);
  if (failed.length < contact.attemptsNeeded) return refuse({ code: "NOT_ENOUGH_ATTEMPTS" });
  if (failed.some(({ madeBy }) => madeBy === signer)) return refuse({ code: "SIGNER_MADE_AN_ATTEMPT" });
  return accept("signed");
}
