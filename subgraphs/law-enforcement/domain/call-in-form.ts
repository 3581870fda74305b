import { decideOutcome, type Ending, type OutcomeFacts, type OutcomeRefusal } from "./contact-outcome";
import type { Protocol } from "./protocol";
import type { Result } from "./result";

/** For whom somebody speaks at a call-in. Source: NNSC training slides. */
export const SPEAKER_KINDS = ["community-voice", "services", "justice"] as const;
export type SpeakerKind = (typeof SPEAKER_KINDS)[number];

/** As many as a room and an evening hold: a call-in is spoken to each of them. */
const MOST_INVITED = 60;
const MOST_SPEAKERS = 20;

/** What is wrong with the lists of a call-in as they were sent. */
export type ListFault = "NOBODY_NAMED" | "NAMED_TWICE" | "TOO_MANY";

/** What is wrong with those who are invited, or of whom it is said whether they came, by their ids; null: nothing. */
export function namedFault(ids: readonly string[]): ListFault | null {
  if (ids.length === 0) return "NOBODY_NAMED";
  if (ids.length > MOST_INVITED) return "TOO_MANY";
  return new Set(ids.map((id) => id.toLowerCase())).size < ids.length ? "NAMED_TWICE" : null;
}

/** What is wrong with the list of speakers, who may be named later; null: nothing. */
export function speakersFault(
  speakers: readonly { readonly name: string; readonly role: string }[],
): ListFault | null {
  if (speakers.length > MOST_SPEAKERS) return "TOO_MANY";
  const named = new Set(speakers.map(({ name, role }) => JSON.stringify([name, role])));
  return named.size < speakers.length ? "NAMED_TWICE" : null;
}

export const ATTENDANCES = ["attended", "refused", "did-not-come"] as const;
/** Whether somebody who was invited came. `refused`: he would not come, or would not listen. */
export type Attendance = (typeof ATTENDANCES)[number];

const EVENT_OF = { attended: "make", refused: "refuse", "did-not-come": "not-find" } as const;

/**
 * Decides how the contact of somebody invited ends (L38), by the rules of every other contact. Whoever came without a
 * release that held has been contacted all the same: that is a breach, and recorded as nothing else.
 */
export function decideAttendance(
  facts: OutcomeFacts,
  came: Attendance,
  heldAt: Date,
  protocol: Protocol,
  now: Date,
): Result<Ending, { readonly code: OutcomeRefusal }> {
  const decision = decideOutcome(facts, EVENT_OF[came], heldAt, protocol, now);
  if (decision.ok || came !== "attended") return decision;
  return decideOutcome(facts, "breach", heldAt, protocol, now);
}
