import type { Day } from "./calendar";
import { isAheadOf } from "./contact-form";
import { hasBegun, isInForce } from "./in-force";
import { accept, refuse, type Result } from "./result";
import type { Level } from "./tier-rules";

export const LEVER_KINDS = ["warrant", "condition", "charge", "group-nexus", "community"] as const;
/**
 * A means that needs no victim: an outstanding warrant; a condition of bail, release, probation or parole; another current
 * charge; a group nexus; and what the community can do, where none of these exists (NNSC issue brief, "pulling levers").
 */
export type LeverKind = (typeof LEVER_KINDS)[number];

/** What is recorded of a man that may be a lever. No part of it comes from a victim. */
export interface LeverFacts {
  readonly level: Level | null;
  readonly warrants: readonly {
    readonly id: string;
    readonly issuedOn: Day;
    readonly clearedOn: Day | null;
  }[];
  readonly conditions: readonly {
    readonly id: string;
    readonly effectiveFrom: Day;
    readonly effectiveUntil: Day | null;
  }[];
  readonly charges: readonly {
    readonly id: string;
    readonly ipv: boolean;
    readonly disposition: string;
    readonly filedOn: Day;
    readonly dispositionOn: Day | null;
  }[];
  readonly groupNexus: boolean;
}

/** One lever, and the record it is; the group nexus and the community have none. */
export interface Lever {
  readonly kind: LeverKind;
  readonly recordId: string | null;
  readonly since: Day | null;
}

/** Levels at which levers are pulled. */
function hasLevers(level: Level | null): boolean {
  return level === "A" || level === "B";
}

/**
 * The levers there are against a man at `now`: at levels A and B alone. A charge of violence against a partner is none, as
 * it may need her; a warrant is none from the day on which it is cleared, wherever that day has begun (L40).
 */
export function leversOf(facts: LeverFacts, now: Date): readonly Lever[] {
  if (!hasLevers(facts.level)) return [];
  const legal: Lever[] = [
    ...facts.warrants
      .filter(
        (one) => hasBegun(one.issuedOn, now) && (one.clearedOn === null || !hasBegun(one.clearedOn, now)),
      )
      .map(({ id, issuedOn }) => ({ kind: "warrant" as const, recordId: id, since: issuedOn })),
    ...facts.conditions
      .filter((one) => isInForce(one.effectiveFrom, one.effectiveUntil, now))
      .map(({ id, effectiveFrom }) => ({ kind: "condition" as const, recordId: id, since: effectiveFrom })),
    ...facts.charges
      .filter((one) => !one.ipv && one.disposition === "pending" && hasBegun(one.filedOn, now))
      .map(({ id, filedOn }) => ({ kind: "charge" as const, recordId: id, since: filedOn })),
    ...(facts.groupNexus ? [{ kind: "group-nexus" as const, recordId: null, since: null }] : []),
  ];
  return legal.length > 0 ? legal : [{ kind: "community", recordId: null, since: null }];
}

/** Why a pull is not recorded. */
export type PullRefusal = "LEVEL_HAS_NO_LEVERS" | "NOT_A_LEVER" | "LEGAL_LEVER_EXISTS" | "IN_THE_FUTURE";

/** True for a record that was a lever on the day, that of its end included: a warrant ends by being served. */
function wasLever({ warrants, conditions, charges, groupNexus }: LeverFacts, pull: Pull): boolean {
  const held = (from: Day, until: Day | null) => isInForce(from, until, pull.triedAt);
  switch (pull.kind) {
    case "warrant":
      return warrants.some(
        ({ id, issuedOn, clearedOn }) => id === pull.recordId && held(issuedOn, clearedOn),
      );
    case "condition":
      return conditions.some(
        ({ id, effectiveFrom, effectiveUntil }) =>
          id === pull.recordId && held(effectiveFrom, effectiveUntil),
      );
    case "charge":
      return charges.some(
        ({ id, ipv, filedOn, dispositionOn }) => id === pull.recordId && !ipv && held(filedOn, dispositionOn),
      );
    case "group-nexus":
      return groupNexus && pull.recordId === null;
    case "community":
      return pull.recordId === null;
  }
}

/** A lever that somebody tried. */
export interface Pull {
  readonly kind: LeverKind;
  readonly recordId: string | null;
  readonly triedAt: Date;
}

/** Decides whether a pull is recorded: at A or B, of a lever that there was, the community's only where there is no legal one (L41). */
export function decidePull(
  facts: LeverFacts,
  pull: Pull,
  now: Date,
): Result<"open", { readonly code: PullRefusal }> {
  if (!hasLevers(facts.level)) return refuse({ code: "LEVEL_HAS_NO_LEVERS" });
  if (isAheadOf(pull.triedAt, now)) return refuse({ code: "IN_THE_FUTURE" });
  if (!wasLever(facts, pull)) return refuse({ code: "NOT_A_LEVER" });
  const legal = leversOf(facts, pull.triedAt).some(({ kind }) => kind !== "community");
  return pull.kind === "community" && legal ? refuse({ code: "LEGAL_LEVER_EXISTS" }) : accept("open");
}
