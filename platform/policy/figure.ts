import { suppressed } from "./suppression";
import { suppressedTable } from "./two-way-suppression";

/** How many there are of each label; a list with each label once. */
export type Counted = readonly { readonly label: string; readonly count: number }[];

/** How many there are of each label within each other: every pair once, counting each person once in all. */
export type CountedTwoWay = readonly {
  readonly label: string;
  readonly within: string;
  readonly count: number;
}[];

/** A figure as it is told: the same to everybody who may see it. */
export interface Figure {
  readonly rows: readonly { readonly labels: string[]; readonly count: number | null }[];
  readonly suppressedBelow: number;
  /** The instant the counts were read. */
  readonly asOf: Date;
}

/** How a site tells figures, and when. */
export interface Telling {
  /** Counts below this are withheld. */
  readonly limit: number;
  readonly asOf: Date;
}

/** The count of each label, zero where nothing was counted: what is not among the labels is not told. */
export function countedBy<Label extends string>(
  labels: readonly Label[],
  rows: readonly { readonly label: string; readonly count: number }[],
): { readonly label: Label; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { label, count } of rows) counts.set(label, (counts.get(label) ?? 0) + count);
  return labels.map((label) => ({ label, count: counts.get(label) ?? 0 }));
}

/** A list of counts without the small ones, and what would tell them. */
export function figureOf(counted: Counted, { limit, asOf }: Telling): Figure {
  const { cells } = suppressed(
    counted.map(({ label: key, count }) => ({ key, count })),
    limit,
  );
  return {
    rows: cells.map(({ key: label, count }) => ({ labels: [label], count })),
    suppressedBelow: limit,
    asOf,
  };
}

/** The same of a table; `labels` and `withins` are its rows and columns, whether or not anything was counted there. */
export function twoWayFigureOf(
  labels: readonly string[],
  withins: readonly string[],
  counted: CountedTwoWay,
  { limit, asOf }: Telling,
): Figure {
  const countOf = (label: string, within: string) =>
    counted.find((one) => one.label === label && one.within === within)?.count ?? 0;
  const told = suppressedTable(
    labels.map((label) => withins.map((within) => countOf(label, within))),
    limit,
  );
  return {
    rows: labels.flatMap((label, row) =>
      withins.map((within, column) => ({ labels: [label, within], count: told[row]![column]! })),
    ),
    suppressedBelow: limit,
    asOf,
  };
}
