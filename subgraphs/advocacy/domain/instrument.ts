/**
 * An instrument of risk assessment: what is asked and by which rule danger is found. A site's own data, never code:
 * most published ones are licensed.
 */
export interface Instrument {
  readonly id: string;
  readonly version: string;
  /** By language, as every text of it. */
  readonly title: Texts;
  readonly items: readonly InstrumentItem[];
  readonly rule: InstrumentRule;
}

/** Texts by BCP 47 tag. */
export type Texts = Readonly<Record<string, string>>;

/** Whose word an answer is: hers, or what the one who asks her believes. */
export const AskedOf = { VICTIM: "victim", ASSESSOR: "assessor" } as const;
export type AskedOf = (typeof AskedOf)[keyof typeof AskedOf];

export interface InstrumentItem {
  readonly id: string;
  readonly askedOf: AskedOf;
  readonly text: Texts;
}

/** How danger is found: any line reached is high danger, and so is a score in a band that says so. */
export interface InstrumentRule {
  readonly highDangerWhen: readonly { readonly atLeast: number; readonly of: readonly string[] }[];
  readonly score?: ScoreRule | undefined;
}

export interface ScoreRule {
  /** What is there before any yes. */
  readonly start: number;
  /** By item, what a yes adds: never below zero, so that no yes lowers. */
  readonly weights: Readonly<Record<string, number>>;
  /** From the lowest up; the first begins at the start or below. */
  readonly bands: readonly Band[];
}

export interface Band {
  readonly from: number;
  readonly name: string;
  readonly highDanger: boolean;
}
