import type { Day } from "./calendar";
import type { Disposition } from "./offender-facts";

/** The four levels, highest first. A: every legal means, no message. D: suspected. Source: NNSC issue brief. */
export const LEVELS = ["A", "B", "C", "D"] as const;
export type Level = (typeof LEVELS)[number];

/** Positive when `one` is the higher level, negative when `other` is, 0 when equal. No level is below D. */
export function compareLevels(one: Level | null, other: Level | null): number {
  const rank = (level: Level | null): number => (level === null ? 0 : LEVELS.length - LEVELS.indexOf(level));
  return rank(one) - rank(other);
}

/** What each predicate is told by its criterion. `atLeast` counts distinct facts and is 1 or more. */
export interface PredicateParameters {
  /** Incidents between intimate partners, charged or not. */
  readonly "suspected-ipv": { readonly atLeast: number };
  /** IPV charges, pending or convicted. With "incident", charges of one incident count once. */
  readonly "ipv-charges": { readonly atLeast: number; readonly countBy: "charge" | "incident" };
  /** Violations of conditions of release or supervision, or of the rules of the intervention. */
  readonly "prohibited-behaviour": { readonly atLeast: number };
  /** Violations of an order of protection: reported ones, and charges flagged as one. */
  readonly "order-violation": { readonly atLeast: number };
  /** Offences other than IPV charges that are violent, with one of these dispositions. */
  readonly "violent-history": {
    readonly offenceCodes: readonly string[];
    readonly dispositions: readonly Exclude<Disposition, "dismissed" | "acquitted">[];
  };
  /** An IPV charge, pending or convicted, whose weapon codes involve a weapon (or strangulation, where counted). */
  readonly "ipv-charge-with-weapon": { readonly countAsphyxiation: boolean };
  /** A conviction for an IPV charge, or for an older IPV offence. */
  readonly "ipv-conviction": Readonly<Record<string, never>>;
}
export type PredicateName = keyof PredicateParameters;

/** One criterion: a predicate that can be switched off, with a look-back of its own in calendar months. */
export type Criterion = {
  readonly [Name in PredicateName]: {
    readonly id: string;
    readonly level: Level;
    readonly predicate: Name;
    readonly enabled: boolean;
    /** Calendar months back from the as-of day, that day of the month included; `null` is without limit. */
    readonly lookBackMonths: number | null;
    readonly parameters: PredicateParameters[Name];
    /** For a person who reads the file; "assumption" where the site chose and no source says. */
    readonly note?: string | undefined;
  };
}[PredicateName];

/** A site's rules: data, versioned. Every classification names the id and version it was made with. */
export interface TierRuleSet {
  readonly id: string;
  readonly version: number;
  readonly effectiveFrom: Day;
  readonly levels: typeof LEVELS;
  readonly criteria: readonly Criterion[];
  readonly note?: string | undefined;
}
