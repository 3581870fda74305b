import type { ContactState } from "./contact-state";
import type { Day } from "./calendar";
import { hasBegun } from "./in-force";
import type { Disposition } from "./offender-facts";
import { accept, refuse, type Result } from "./result";

export const CORRECTION_KINDS = ["wrong-person", "not-guilty", "convicted"] as const;
/** What is corrected: he was not the man; a charge ended without guilt; a charge ended in a conviction. */
export type CorrectionKind = (typeof CORRECTION_KINDS)[number];

export const RIPPLES = ["review-level", "cancel-contact", "mark-letter", "recall-alert"] as const;
/** What follows from a correction. No ripple lowers a level: it opens a review. */
export type Ripple = (typeof RIPPLES)[number];

/**
 * What each correction may bring about (L47): a missing cell does not compile. What rests on the wrong man is stopped, and
 * told to whoever was told; a charge that ended leaves what was planned to the panel that looks at the level.
 */
const BRINGS: Readonly<Record<CorrectionKind | "expungement", Readonly<Record<Ripple, boolean>>>> = {
  "wrong-person": { "review-level": true, "cancel-contact": true, "mark-letter": true, "recall-alert": true },
  "not-guilty": { "review-level": true, "cancel-contact": false, "mark-letter": true, "recall-alert": false },
  convicted: { "review-level": false, "cancel-contact": false, "mark-letter": false, "recall-alert": false },
  // What a court sealed is told by nothing: nor by what was planned on it, nor by what was written since.
  expungement: { "review-level": true, "cancel-contact": true, "mark-letter": true, "recall-alert": true },
};

/** What there is that may rest on the facts that are corrected. */
export interface CorrectedFacts {
  /** The facts that do not count any more. */
  readonly withdrawn: readonly string[];
  /** When the first of them was recorded: nothing older rests on them. */
  readonly firstRecordedAt: Date;
  /** The level in force, and the facts it was confirmed on. */
  readonly level: { readonly confirmationId: string; readonly factIds: readonly string[] } | null;
  readonly contacts: readonly { readonly id: string; readonly state: ContactState }[];
  readonly letters: readonly { readonly id: string; readonly draftedAt: Date }[];
  /** The alerts that told of them. */
  readonly alertIds: readonly string[];
}

/** One thing that follows, and the record it is about. */
export interface Consequence {
  readonly ripple: Ripple;
  readonly recordId: string;
}

/**
 * What follows from a correction (L47): a review of the level in force where it rests on what was withdrawn, and then the
 * end of every contact that was to be made at it; a mark on each letter drafted since; and the recall of each alert.
 */
export function consequencesOf(
  kind: CorrectionKind | "expungement",
  facts: CorrectedFacts,
): readonly Consequence[] {
  const { withdrawn, firstRecordedAt, level, contacts, letters, alertIds } = facts;
  const shaken = level !== null && level.factIds.some((id) => withdrawn.includes(id)) ? level : null;
  const all: Consequence[] = [
    ...(shaken === null ? [] : [{ ripple: "review-level" as const, recordId: shaken.confirmationId }]),
    ...(shaken === null
      ? []
      : contacts.filter(({ state }) => state === "planned" || state === "released")
    ).map(({ id }) => ({ ripple: "cancel-contact" as const, recordId: id })),
    ...letters
      .filter(({ draftedAt }) => draftedAt >= firstRecordedAt)
      .map(({ id }) => ({ ripple: "mark-letter" as const, recordId: id })),
    ...alertIds.map((id) => ({ ripple: "recall-alert" as const, recordId: id })),
  ];
  return all.filter(({ ripple }) => BRINGS[kind][ripple]);
}

/** Why a disposition is not recorded. */
export type DispositionRefusal = "OVER" | "IN_THE_FUTURE" | "BEFORE_THE_CHARGE";

/** How a charge may end from each state; a conviction may be overturned, and what ended without guilt is filed anew. */
const ENDS: Readonly<Record<Disposition, Readonly<Record<Exclude<Disposition, "pending">, boolean>>>> = {
  pending: { convicted: true, dismissed: true, acquitted: true },
  convicted: { convicted: false, dismissed: true, acquitted: true },
  dismissed: { convicted: false, dismissed: false, acquitted: false },
  acquitted: { convicted: false, dismissed: false, acquitted: false },
};

/** Decides how a charge ends, and which kind of correction that is (L48). */
export function decideDisposition(
  charge: { readonly disposition: Disposition; readonly filedOn: Day },
  to: Exclude<Disposition, "pending">,
  on: Day,
  now: Date,
): Result<CorrectionKind, { readonly code: DispositionRefusal }> {
  if (!ENDS[charge.disposition][to]) return refuse({ code: "OVER" });
  if (!hasBegun(on, now)) return refuse({ code: "IN_THE_FUTURE" });
  if (on < charge.filedOn) return refuse({ code: "BEFORE_THE_CHARGE" });
  return accept(to === "convicted" ? "convicted" : "not-guilty");
}
