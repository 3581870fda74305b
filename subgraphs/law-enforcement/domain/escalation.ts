import type { Level } from "./tier-rules";

/** What may escalate: an arrest, and what custody may change to. */
export const ESCALATING_KINDS = ["arrest", "booked", "bailed", "released", "escaped"] as const;
export type EscalatingKind = (typeof ESCALATING_KINDS)[number];

export const ESCALATION_LEVELS = ["A", "B", "C", "D", "none"] as const satisfies readonly (Level | "none")[];

/** Whom a site's steps tell. */
export const STEP_TARGETS = ["next-on-call", "supervisor"] as const;
/** Whom a step tells; the coordinator: of what nobody is assigned to. */
export type EscalationTarget = (typeof STEP_TARGETS)[number] | "coordinator";

/** What a site says of alerts that nobody confirms. */
export interface EscalationRules {
  readonly kinds: readonly EscalatingKind[];
  /** The confirmed levels, "none" for those without one. High danger escalates whatever they are. */
  readonly levels: readonly (typeof ESCALATION_LEVELS)[number][];
  readonly steps: readonly { readonly to: (typeof STEP_TARGETS)[number]; readonly afterSeconds: number }[];
  /** "22:00" in `timeZone`; null: none. */
  readonly quietHours: { readonly from: string; readonly until: string } | null;
  readonly timeZone: string;
  /** It is told of an order of protection when it ends within so many days. */
  readonly ordersEndWithinDays: number;
}

export interface EscalationStep {
  /** From 1. */
  readonly step: number;
  readonly to: EscalationTarget;
  readonly afterSeconds: number;
}

/** An alert as far as one agency is concerned. */
export interface UnconfirmedAlert {
  readonly kind: string;
  readonly historic: boolean;
  /** He was not the man. */
  readonly recalled: boolean;
  readonly recordedAt: Date;
  /** The agency that a case of his is assigned to; null: a case of his is nobody's, or he has none. */
  readonly agency: string | null;
  /** When that was so first. */
  readonly since: Date;
}

/** How dangerous he is, as far as it is known. */
export interface Danger {
  /** The confirmed level. */
  readonly level: Level | null;
  /** Of any case of his the latest lethality screen found high danger. */
  readonly screenedHigh: boolean;
}

/** Seconds for which an alert escalates at all: after an outage of days nobody is called out for what is long past. */
export const ESCALATES_FOR = 172_800;

/** High danger knows no quiet hours, and no site leaves it out. */
export function isHighDanger({ level, screenedHigh }: Danger): boolean {
  return level === "A" || level === "B" || screenedHigh;
}

/** Who is told, and when: of what is nobody's, the coordinator as soon as another agency's next would be. */
export function stepsFor({ steps }: EscalationRules, assigned: boolean): readonly EscalationStep[] {
  if (assigned) return steps.map((one, index) => ({ step: index + 1, ...one }));
  return steps.slice(0, 1).map(({ afterSeconds }) => ({ step: 1, to: "coordinator", afterSeconds }));
}

/** Whether it is quiet at the site: from the first minute of the quiet hours to the last before their end. */
export function isQuiet(now: Date, { quietHours, timeZone }: EscalationRules): boolean {
  if (quietHours === null) return false;
  const { from, until } = quietHours;
  const clock = new Intl.DateTimeFormat("en-GB", {
    ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    timeZone,
  }).format(now);
  return from <= until ? from <= clock && clock < until : clock >= from || clock < until;
}

/**
 * The steps of an alert that are due for one agency: those that should have been told by now, told or not. None once
 * somebody of the agency has confirmed it. In quiet hours those that are not of high danger wait for the end.
 */
export function dueSteps(
  alert: UnconfirmedAlert,
  acknowledgedBy: readonly string[],
  rules: EscalationRules,
  now: Date,
  danger: Danger,
): readonly EscalationStep[] {
  const high = isHighDanger(danger);
  if (alert.historic || alert.recalled || !rules.kinds.some((kind) => kind === alert.kind)) return [];
  if (!high && !rules.levels.includes(danger.level ?? "none")) return [];
  if (!high && isQuiet(now, rules)) return [];
  if (alert.agency !== null && acknowledgedBy.includes(alert.agency)) return [];
  if (now.getTime() - alert.recordedAt.getTime() > ESCALATES_FOR * 1_000) return [];
  const began = Math.max(alert.recordedAt.getTime(), alert.since.getTime());
  return stepsFor(rules, alert.agency !== null).filter(
    ({ afterSeconds }) => now.getTime() >= began + afterSeconds * 1_000,
  );
}
