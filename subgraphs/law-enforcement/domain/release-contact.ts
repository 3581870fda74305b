import { stateAfter, type MoveRefusal } from "./contact-state";
import { victimWasTold, type PlannedFact, type VictimFacts } from "./gate";
import { accept, refuse, type Result } from "./result";
import type { Level } from "./tier-rules";

/** What the advocacy side answered when it was asked whether a hold stands on the contact; null: no answer came. */
export type HoldAnswer = { readonly hold: boolean; readonly answeredAt: Date } | null;

/** Seconds that an answer is good for: who is asked today must not be heard tomorrow. The database holds to the same. */
export const CLEARANCE_SECONDS = 60;

/** Everything that decides whether one contact may be made. */
export interface ReleaseFacts {
  readonly contact: PlannedFact & { readonly level: Level | null; readonly gated: boolean };
  readonly inForce: { readonly level: Level } | null;
  /** What was done for the victim of each case of his, whoever may see it. */
  readonly victims: readonly VictimFacts[];
  readonly holds: HoldAnswer;
}

/** Why a contact stays closed, in the order in which it is looked at. */
export type ReleaseRefusal =
  | MoveRefusal
  | "LEVEL_NOT_IN_FORCE" // it was planned at a level that is not his any more, or he is at A: no message
  | "VICTIM_NOT_TOLD" // of a victim of his nobody recorded that she was told, or nobody signed; or none is known
  | "ADVOCACY_SILENT" // no answer, or none that is fresh: nobody knows whether a hold stands
  | "HOLD_STANDS";

const fresh = ({ answeredAt }: NonNullable<HoldAnswer>, now: Date): boolean =>
  answeredAt <= now && now.getTime() - answeredAt.getTime() < CLEARANCE_SECONDS * 1000;

/**
 * Decides whether a contact is released at `now` (L24, L25, L26). No clock of the protocol is an argument here: nothing
 * that is due opens a gate. Everything missing, unknown or late is a no.
 *
 * Source: NNSC training slides, "no implementation until this standard is satisfied"; which levels are gated beside B is
 * the site's choice.
 */
export function decideRelease(
  { contact, inForce, victims, holds }: ReleaseFacts,
  now: Date,
): Result<"released", { readonly code: ReleaseRefusal }> {
  const next = stateAfter(contact.state, "release");
  if (!next.ok) return next;
  if (inForce?.level !== contact.level || contact.level === "A")
    return refuse({ code: "LEVEL_NOT_IN_FORCE" });
  const told = victims.length > 0 && victims.every((victim) => victimWasTold(victim, contact, now));
  if (contact.gated && !told) return refuse({ code: "VICTIM_NOT_TOLD" });
  if (holds === null || !fresh(holds, now)) return refuse({ code: "ADVOCACY_SILENT" });
  if (holds.hold) return refuse({ code: "HOLD_STANDS" });
  return accept("released");
}
