import { Batch } from "../batch";
import { addDays } from "../days";
import type { Random } from "../random";
import type { Sex } from "../names";
import type { SeedSite } from "../site";
import { JUSTICE_TABLES, type JusticeBatch } from "./tables";

/** The source named on every record of the synthetic city. */
export const SOURCE = "synthetic-city";

/** A victim of one person, and the case of the two. */
export interface Couple {
  readonly caseId: string;
  readonly victimId: string;
  readonly given: string;
  readonly sex: Sex;
  readonly birth: string;
  /** NIBRS data element 35: what she is to him. */
  readonly tie: string;
  /** They live at one address. */
  readonly sharesHome: boolean;
  readonly address: string;
  readonly mayWrite: boolean;
  readonly openedOn: string;
  /** The advocacy agency that works with her; null: none yet. */
  readonly agency: string | null;
  readonly assignedOn: string | null;
  /** The number of her first address in the city; the next ones are hers too. */
  readonly place: number;
}

/** An abusive partner as the generators know him. */
export interface Subject {
  readonly id: string;
  readonly number: number;
  readonly given: string;
  readonly family: string;
  readonly sex: Sex;
  readonly birth: string;
  readonly address: string;
  /** The number of his address in the city. */
  readonly place: number;
  readonly couples: readonly Couple[];
  readonly random: Random;
}

/** One evening to which several are invited. */
export interface SeededCallIn {
  readonly id: string;
  readonly day: string;
  readonly place: string;
  readonly messenger: string;
  readonly plannedOn: string;
  readonly coordinator: string;
  /** Whether anybody of those invited was met. */
  held: boolean;
}

/** The justice side of the city while it grows. */
export class JusticeCity {
  readonly batch: JusticeBatch = new Batch(JUSTICE_TABLES);
  /** By the day of the conference that they follow from. */
  readonly callIns = new Map<string, SeededCallIn>();
  private offences = 0;
  private numbers = 0;

  /** The last day of which anything is recorded: the last case conference, and what was done on it. */
  readonly lastDay: string;
  /** The last day of incidents, charges and the like: what the last conference knew. */
  readonly factsUntil: string;

  constructor(
    readonly site: SeedSite,
    readonly asOf: string,
  ) {
    this.lastDay = addDays(asOf, -1);
    this.factsUntil = addDays(asOf, -2);
  }

  /** The next offence's id: the one key of the schema that is a plain number. */
  nextOffence(): number {
    return (this.offences += 1);
  }

  /** A number for a docket, a report or a warrant, e.g. "CR-2023-000017". */
  nextNumber(kind: string, day: string): string {
    this.numbers += 1;
    return `${kind}-${day.slice(0, 4)}-${String(this.numbers).padStart(6, "0")}`;
  }
}
