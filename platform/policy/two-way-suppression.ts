import { suppressed } from "./suppression";

type Grid<Cell> = readonly (readonly Cell[])[];

const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);

/** Whether the one-way figures over a table's lines would tell the sum of each. */
function toldSums(sums: readonly number[], limit: number): boolean[] {
  const { cells } = suppressed(sums.map((count, index) => ({ key: String(index), count })), limit); // prettier-ignore
  return cells.map(({ count }) => count !== null);
}

/** A way to move one person into a line or out of it, as the search below walks it: from a node to the next. */
type Steps = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * All ways to move one person between withheld cells without a change in what is told: a step from a row to a column adds
 * one to their cell, from a column to a row takes one away. Lines whose sum is not told may change it against each other,
 * by way of a place of their own, so that the sum of all stays.
 */
function stepsOf(counts: Grid<number>, withheld: Grid<boolean>, told: Lines): Steps {
  const steps = new Map<string, Set<string>>();
  const add = (from: string, to: string) => void steps.set(from, (steps.get(from) ?? new Set()).add(to));
  counts.forEach((line, row) =>
    line.forEach((count, column) => {
      if (!withheld[row]![column]) return;
      add(`row ${row}`, `column ${column}`);
      if (count > 0) add(`column ${column}`, `row ${row}`);
    }),
  );
  told.rows.forEach((known, row) => {
    if (known) return;
    add("rows", `row ${row}`);
    if (sum(counts[row]!) > 0) add(`row ${row}`, "rows");
  });
  told.columns.forEach((known, column) => {
    if (known) return;
    add(`column ${column}`, "columns");
    if (sum(counts.map((line) => line[column]!)) > 0) add("columns", `column ${column}`);
  });
  return steps;
}

interface Lines {
  readonly rows: readonly boolean[];
  readonly columns: readonly boolean[];
}

/** Whether there is a way from one node to another that does not take the direct step between them. */
function leads(steps: Steps, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const node of seen) {
    for (const next of steps.get(node) ?? []) {
      if (next === to && node !== from) return true;
      if (!(next === to && node === from)) seen.add(next);
    }
  }
  return false;
}

/**
 * Withholds (as null) every count below the limit, zero too, and as many more as it takes that no withheld count can be
 * worked out, even by somebody who knows the sum of the table and every sum of a row or column that the one-way figures
 * would tell (`suppressed` over those sums): for each withheld cell there is another table of whole counts, none below
 * zero, with the same told counts and the same sums, in which that cell is another number. It may be only one person more
 * or less: how far off a guess can be is not promised, and who replays this very rule may narrow it down.
 *
 * No sums are told with the table. One whose sum is below the limit, or that is withheld but for nothing, tells nothing.
 *
 * @param counts one line per row, all of the same length; they count each person once.
 */
export function suppressedTable(counts: Grid<number>, limit: number): Grid<number | null> {
  const columns = counts[0]?.map((_, column) => counts.map((line) => line[column]!)) ?? [];
  if (counts.length < 2 || columns.length < 2) {
    const cells = counts.flat().map((count, index) => ({ key: String(index), count }));
    const list = suppressed(cells, limit).cells.map(({ count }) => count);
    return counts.map((line, row) => list.slice(row * line.length, (row + 1) * line.length));
  }
  const small = sum(counts.flat()) < limit;
  const withheld = counts.map((line) => line.map((count) => small || count < limit));
  const told = { rows: toldSums(counts.map(sum), limit), columns: toldSums(columns.map(sum), limit) };

  for (;;) {
    const open = small ? undefined : exposed(counts, withheld, told);
    if (open === undefined) break;
    const next = cheapest(counts, withheld, open);
    // Of a table of two rows and columns or more that is withheld whole, every count can vary.
    if (next.length === 0) throw new Error("A table that is withheld whole can still be worked out.");
    for (const { row, column } of next) withheld[row]![column] = true;
  }
  return counts.map((line, row) => line.map((count, column) => (withheld[row]![column] ? null : count)));
}

interface Cell {
  readonly row: number;
  readonly column: number;
}

/**
 * The told cells that, withheld as well, let one person move around a rectangle with this cell at a corner: those that hold
 * the fewest. Where no rectangle lets anybody move, all that is still told.
 */
function cheapest(counts: Grid<number>, withheld: Grid<boolean>, { row, column }: Cell): readonly Cell[] {
  const at = (cell: Cell) => counts[cell.row]![cell.column]!;
  const isTold = (cell: Cell) => !withheld[cell.row]![cell.column];
  const everything = counts.flatMap((line, across) => line.map((_, down) => ({ row: across, column: down })));
  const rectangles = everything
    .filter((corner) => corner.row !== row && corner.column !== column)
    .map((opposite) => ({
      opposite,
      sides: [
        { row, column: opposite.column },
        { row: opposite.row, column },
      ],
    }))
    .filter(
      ({ opposite, sides }) =>
        sides.every((side) => at(side) > 0) || (at({ row, column }) > 0 && at(opposite) > 0),
    )
    .map(({ opposite, sides }) => [opposite, ...sides].filter(isTold))
    .filter((cells) => cells.length > 0)
    .sort((one, other) => sum(one.map(at)) - sum(other.map(at)));
  return rectangles[0] ?? everything.filter(isTold);
}

/** A withheld cell that can be worked out. */
function exposed(counts: Grid<number>, withheld: Grid<boolean>, told: Lines): Cell | undefined {
  const steps = stepsOf(counts, withheld, told);
  for (const [row, line] of counts.entries()) {
    for (const [column, count] of line.entries()) {
      if (!withheld[row]![column]) continue;
      const [from, to] = [`row ${row}`, `column ${column}`];
      // One more here is one less on the way back to the row, and the other way round.
      if (!leads(steps, to, from) && !(count > 0 && leads(steps, from, to))) return { row, column };
    }
  }
  return undefined;
}
