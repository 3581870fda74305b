import type { Day } from "./calendar";
import { daysOf } from "./in-force";
import { accept, refuse, type Result } from "./result";

export const PROMISE_STATES = ["open", "kept", "broken", "withdrawn"] as const;
export type PromiseState = (typeof PROMISE_STATES)[number];

export const PROMISE_EVENTS = ["keep", "break", "withdraw"] as const;
export type PromiseEvent = (typeof PROMISE_EVENTS)[number];

export type PromisedTo = "offender" | "victim" | "community";
/** What was promised: that something will follow for him, or that she will be safer. */
export type Promised = "sanction" | "protection";

type Next = { readonly to: PromiseState } | { readonly no: "OVER" };
const OVER: Next = { no: "OVER" };
const SETTLED: Readonly<Record<PromiseEvent, Next>> = { keep: OVER, break: OVER, withdraw: OVER };

/** What each event does in each state (L43): a missing cell does not compile. */
const MOVES: Readonly<Record<PromiseState, Readonly<Record<PromiseEvent, Next>>>> = {
  open: { keep: { to: "kept" }, break: { to: "broken" }, withdraw: { to: "withdrawn" } },
  kept: SETTLED,
  broken: SETTLED,
  withdrawn: SETTLED,
};

/** Who would settle a promise. */
export interface Settler {
  readonly agency: string;
  readonly isCoordinator: boolean;
}

/** Why a promise is not settled so. */
export type SettleRefusal = "OVER" | "NOT_THE_OWNER";

/** Decides whether a promise is kept, broken or withdrawn: once, by the agency that owns it or a coordinator (L43). */
export function decideSettling(
  promise: { readonly state: PromiseState; readonly ownerAgency: string },
  event: PromiseEvent,
  { agency, isCoordinator }: Settler,
): Result<PromiseState, { readonly code: SettleRefusal }> {
  if (!isCoordinator && promise.ownerAgency !== agency) return refuse({ code: "NOT_THE_OWNER" });
  const next = MOVES[promise.state][event];
  return "to" in next ? accept(next.to) : refuse({ code: next.no });
}

/** True for an open promise whose day is over everywhere. */
export function isOverdue(
  { state, dueOn }: { readonly state: PromiseState; readonly dueOn: Day },
  now: Date,
): boolean {
  return state === "open" && dueOn < daysOf(now).earliest;
}

/** Longest that a promise may be ahead, in ms: nobody waits for what is promised for later. */
const LONGEST_AHEAD_MS = 2 * 366 * 86_400_000;

/** Why a promise is not made. */
export type MakeRefusal = "VICTIM_WITHOUT_CASE" | "PROTECTION_TO_OFFENDER" | "UNKNOWN_AGENCY" | "IN_THE_PAST" | "TOO_FAR_AHEAD"; // prettier-ignore

/** A promise as somebody would make it. */
export interface PromiseToMake {
  readonly promisedTo: PromisedTo;
  readonly promised: Promised;
  readonly caseId: string | null;
  readonly ownerAgency: string;
  readonly dueOn: Day;
}

/**
 * Decides whether a promise is made (L43): one to a victim names her case (L16), nobody protects the abusive partner from
 * himself, a partner of the site owns it, and its day is to come within two years.
 */
export function decidePromise(
  { promisedTo, promised, caseId, ownerAgency, dueOn }: PromiseToMake,
  agencies: ReadonlySet<string>,
  now: Date,
): Result<"open", { readonly code: MakeRefusal }> {
  if (promisedTo === "victim" && caseId === null) return refuse({ code: "VICTIM_WITHOUT_CASE" });
  if (promisedTo === "offender" && promised === "protection")
    return refuse({ code: "PROTECTION_TO_OFFENDER" });
  if (!agencies.has(ownerAgency)) return refuse({ code: "UNKNOWN_AGENCY" });
  if (dueOn < daysOf(now).earliest) return refuse({ code: "IN_THE_PAST" });
  if (dueOn > daysOf(new Date(now.getTime() + LONGEST_AHEAD_MS)).latest)
    return refuse({ code: "TOO_FAR_AHEAD" });
  return accept("open");
}
