import { isAheadOf } from "./contact-form";
import type { GateCondition } from "./contact-outcome";
import type { ContactState } from "./contact-state";
import { letterAfter, type LetterMoveRefusal, type LetterState } from "./letter-state";
import { releaseHoldsUntil, type ContactMeans, type Protocol } from "./protocol";
import { accept, refuse, type Result } from "./result";
import type { Level } from "./tier-rules";

/**
 * The letters to an abusive partner, with what their templates may be filled with: nothing that any victim is known by.
 * "letter": that he is watched, what the community says, what follows (level D). "custom-notification": his own legal
 * exposure.
 */
export const OFFENDER_LETTERS = {
  letter: { name: "needed", date: "allowed" },
  "custom-notification": { name: "needed", date: "allowed", exposure: "needed" },
} as const;
export type OffenderLetterKind = keyof typeof OFFENDER_LETTERS;

/** The name of him whose letter it is; of nobody else is there one. */
export type OffenderName = string & { readonly [his]: true };
declare const his: unique symbol;

/** His name as letters say it. A person of the records has a state id and aliases; a victim has neither. */
export function offenderName(person: {
  readonly givenName: string;
  readonly familyName: string;
  readonly aliases: readonly string[];
  readonly stateId: string | null;
}): OffenderName {
  return `${person.givenName} ${person.familyName}` as OffenderName;
}

/** Everything that a letter to him is filled with. */
export interface OffenderLetterFacts {
  readonly name: OffenderName;
  readonly date: string;
  readonly exposure: string;
}

export type DraftRefusal =
  | "LEVEL_NOT_IN_FORCE"
  | "NO_MESSAGE"
  | "MEANS_NOT_IN_PROTOCOL"
  | "EXPOSURE_MISSING"
  | "EXPOSURE_NOT_IN_LETTER";

/** Decides whether such a letter is drafted: at the level in force, as the site's protocol has it for that level (L53). */
export function decideDraft(
  told: { readonly kind: OffenderLetterKind; readonly exposure: string | null },
  inForce: Level | null,
  protocol: Protocol,
): Result<"drafted", { readonly code: DraftRefusal }> {
  if (inForce === null) return refuse({ code: "LEVEL_NOT_IN_FORCE" });
  if (inForce === "A") return refuse({ code: "NO_MESSAGE" });
  if (!protocol.levels[inForce].means.includes(told.kind)) return refuse({ code: "MEANS_NOT_IN_PROTOCOL" });
  const wanted = "exposure" in OFFENDER_LETTERS[told.kind];
  if (wanted && told.exposure === null) return refuse({ code: "EXPOSURE_MISSING" });
  if (!wanted && told.exposure !== null) return refuse({ code: "EXPOSURE_NOT_IN_LETTER" });
  return accept("drafted");
}

/** Who reviews which letter: legal exposure is a prosecutor's to answer for. */
const REVIEWERS: Readonly<Record<OffenderLetterKind, Reviewer>> = {
  letter: "coordinator",
  "custom-notification": "prosecutor",
};
export type Reviewer = "coordinator" | "prosecutor";

export type ReviewRefusal = LetterMoveRefusal | "REVIEWER_OF_OTHER_LETTERS" | "OWN_DRAFT";

/** Decides whether somebody's review counts: the role that the kind asks for, and never who drafted it (L54). */
export function decideReview(
  letter: { readonly kind: OffenderLetterKind; readonly state: LetterState; readonly draftedBy: string },
  reviewer: { readonly name: string; readonly roles: readonly string[] },
): Result<Reviewer, { readonly code: ReviewRefusal }> {
  const next = letterAfter(letter.state, "review");
  if (!next.ok) return next;
  const needed = REVIEWERS[letter.kind];
  if (!reviewer.roles.includes(needed)) return refuse({ code: "REVIEWER_OF_OTHER_LETTERS" });
  return reviewer.name === letter.draftedBy ? refuse({ code: "OWN_DRAFT" }) : accept(needed);
}

export type ServiceRefusal =
  | LetterMoveRefusal
  | "CONTACT_OF_OTHER_MEANS"
  | "CONTACT_NOT_RELEASED"
  | "OUTSIDE_RELEASE"
  | "LEVEL_NOT_IN_FORCE"
  | "VICTIM_NOT_TOLD"
  | "BEFORE_REVIEW"
  | "IN_THE_FUTURE";

/** At which contacts a letter may change hands. A letter at level D is the contact. */
const MEANS: Readonly<Record<OffenderLetterKind, readonly ContactMeans[]>> = {
  letter: ["letter"],
  "custom-notification": ["custom-notification", "call-in", "notification"],
};

/**
 * Decides whether a letter was served: to serve it is to contact him, so it goes with a contact that the gate let pass, and
 * within that release (L55), while the gate still holds (L124). What he was given otherwise is a breach of the contact, and
 * recorded as that. `failed`: what of the gate did not hold when it was served.
 */
export function decideService(
  letter: {
    readonly kind: OffenderLetterKind;
    readonly state: LetterState;
    readonly approvedAt: Date | null;
  },
  contact: {
    readonly state: ContactState;
    readonly means: ContactMeans;
    readonly releasedAt: Date | null;
    readonly failed: readonly GateCondition[];
  },
  servedAt: Date,
  protocol: Protocol,
  now: Date,
): Result<LetterState, { readonly code: ServiceRefusal }> {
  const next = letterAfter(letter.state, "serve");
  if (!next.ok) return next;
  if (!MEANS[letter.kind].includes(contact.means)) return refuse({ code: "CONTACT_OF_OTHER_MEANS" });
  const { state, releasedAt, failed } = contact;
  if (releasedAt === null || (state !== "released" && state !== "made"))
    return refuse({ code: "CONTACT_NOT_RELEASED" });
  if (isAheadOf(servedAt, now)) return refuse({ code: "IN_THE_FUTURE" });
  if (letter.approvedAt === null || servedAt < letter.approvedAt) return refuse({ code: "BEFORE_REVIEW" });
  if (servedAt < releasedAt || servedAt > releaseHoldsUntil(protocol, releasedAt))
    return refuse({ code: "OUTSIDE_RELEASE" });
  if (failed.includes("level-not-in-force")) return refuse({ code: "LEVEL_NOT_IN_FORCE" });
  if (failed.includes("victim-not-told")) return refuse({ code: "VICTIM_NOT_TOLD" });
  return next;
}
