import { isAheadOf } from "./contact-form";
import { stateAfter, type ContactState, type MoveRefusal } from "./contact-state";
import { victimWasTold, type PlannedFact, type VictimFacts } from "./gate";
import { releaseHoldsUntil, type Protocol } from "./protocol";
import { accept, refuse, type Result } from "./result";
import type { Level } from "./tier-rules";

export const GATE_CONDITIONS = [
  "not-planned",
  "called-off",
  "not-released",
  "outside-release",
  "level-not-in-force",
  "victim-not-told",
  "advocacy-not-asked",
] as const;
/**
 * What has to hold when he is contacted, by how it fails. `not-planned`: nobody planned it. `called-off`: it was
 * cancelled or recalled by then. `outside-release`: before the release, or when it held no more. `level-not-in-force`:
 * the level of the plan was not his then, or he was at A or at none. `victim-not-told`: of a victim known by then it was
 * not recorded. `advocacy-not-asked`: the advocacy side had not said that no hold stands.
 */
export type GateCondition = (typeof GATE_CONDITIONS)[number];

/** What decides how a contact that took place is recorded. */
export interface OutcomeFacts {
  readonly contact: PlannedFact & {
    readonly level: Level | null;
    readonly gated: boolean;
    readonly plannedBy: string | null;
    readonly releasedAt: Date | null;
    readonly closedAt: Date | null;
  };
  /** His level at the instant at which he was contacted. */
  readonly inForce: Level | null;
  /** What was done for the victim of each case of his, whoever may see it. */
  readonly victims: readonly (VictimFacts & { readonly openedAt: Date })[];
}

/** The conditions of the gate that did not hold when he was contacted, in the order of the list (L34); none: it was open. */
export function failedConditions(
  { contact, inForce, victims }: OutcomeFacts,
  madeAt: Date,
  protocol: Protocol,
): GateCondition[] {
  const { releasedAt, closedAt } = contact;
  const calledOff = contact.state === "cancelled" || contact.state === "recalled";
  const known = victims.filter(({ openedAt }) => openedAt <= madeAt);
  const told = victims.length > 0 && known.every((victim) => victimWasTold(victim, contact, madeAt));
  const fails: Readonly<Record<GateCondition, boolean>> = {
    "not-planned": contact.plannedBy === null,
    "called-off": calledOff && closedAt !== null && closedAt <= madeAt,
    "not-released": releasedAt === null,
    "outside-release":
      releasedAt !== null && (madeAt < releasedAt || madeAt > releaseHoldsUntil(protocol, releasedAt)),
    "level-not-in-force": inForce === null || inForce === "A" || inForce !== contact.level,
    "victim-not-told": contact.gated && !told,
    "advocacy-not-asked": releasedAt === null || madeAt < releasedAt,
  };
  return GATE_CONDITIONS.filter((condition) => fails[condition]);
}

/** Why what came of a contact is not recorded so: it took place without a release that held, and is a breach. */
export type OutcomeRefusal =
  MoveRefusal | "IN_THE_FUTURE" | "OUTSIDE_RELEASE" | "LEVEL_NOT_IN_FORCE" | "VICTIM_NOT_TOLD";

const REFUSAL_OF: Readonly<Record<GateCondition, OutcomeRefusal>> = {
  "not-planned": "NOT_RELEASED",
  "called-off": "OVER",
  "not-released": "NOT_RELEASED",
  "outside-release": "OUTSIDE_RELEASE",
  "level-not-in-force": "LEVEL_NOT_IN_FORCE",
  "victim-not-told": "VICTIM_NOT_TOLD",
  "advocacy-not-asked": "NOT_RELEASED",
};

/** How a contact that took place ends, and what was wrong with it. */
export interface Ending {
  readonly state: ContactState;
  readonly failed: readonly GateCondition[];
}

/**
 * Decides what came of a contact (L23, L28, L36). The gate has to have held when he was met, not only when the contact
 * was released: what took place while it did not is a breach, and is recorded as nothing else.
 */
export function decideOutcome(
  facts: OutcomeFacts,
  event: "make" | "refuse" | "not-find" | "breach",
  madeAt: Date,
  protocol: Protocol,
  now: Date,
): Result<Ending, { readonly code: OutcomeRefusal }> {
  const next = stateAfter(facts.contact.state, event);
  if (!next.ok) return next;
  if (isAheadOf(madeAt, now)) return refuse({ code: "IN_THE_FUTURE" });
  const failed = failedConditions(facts, madeAt, protocol);
  const [first] = failed;
  if (event !== "breach" && first !== undefined) return refuse({ code: REFUSAL_OF[first] });
  return accept({ state: next.value, failed });
}
