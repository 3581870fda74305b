import fc from "fast-check";
import { suppressed } from "./suppression";
import { suppressedTable } from "./two-way-suppression";

const LIMIT = 4;
const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
const columnsOf = (counts: number[][]) => counts[0]!.map((_, column) => counts.map((line) => line[column]!));
const told = (sums: number[]) =>
  suppressed(
    sums.map((count, index) => ({ key: String(index), count })),
    LIMIT,
  ).cells.map(({ count }) => count !== null);

/**
 * The withheld cells that can be another number, found by trying: what tables with the same sums differ by is made of
 * steps of one person up or down, since the sums are those of a network.
 */
function canVary(counts: number[][], shown: readonly (readonly (number | null)[])[]): Set<string> {
  const cells = counts.flatMap((line, row) => line.map((count, column) => ({ row, column, count })));
  const hidden = cells.filter(({ row, column }) => shown[row]![column] === null);
  const lines = [
    ...told(counts.map(sum)).map((known, row) => ({
      known,
      has: (cell: (typeof cells)[0]) => cell.row === row,
    })),
    ...told(columnsOf(counts).map(sum)).map((known, column) => ({
      known,
      has: (cell: (typeof cells)[0]) => cell.column === column,
    })),
    { known: true, has: () => true },
  ].filter(({ known }) => known);
  const vary = new Set<string>();
  for (let code = 0; code < 3 ** hidden.length; code += 1) {
    const steps = hidden.map((_, index) => (Math.floor(code / 3 ** index) % 3) - 1);
    if (hidden.some(({ count }, index) => count + steps[index]! < 0)) continue;
    const same = lines.every(({ has }) => sum(steps.filter((_, index) => has(hidden[index]!))) === 0);
    if (!same) continue;
    hidden.forEach(({ row, column }, index) => steps[index] !== 0 && vary.add(`${row} ${column}`));
  }
  return vary;
}

const tables = fc
  .tuple(fc.integer({ min: 2, max: 3 }), fc.integer({ min: 2, max: 3 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(fc.oneof(fc.constant(0), fc.nat(9)), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );

test("no small count is shown, and no withheld one can be worked out, whatever sums are known", () => {
  fc.assert(
    fc.property(tables, (counts) => {
      const shown = suppressedTable(counts, LIMIT);
      shown.forEach((line, row) =>
        line.forEach((count, column) => {
          if (count !== null) expect(count).toBe(counts[row]![column]);
          if (counts[row]![column]! < LIMIT) expect(count).toBeNull();
        }),
      );
      // Of one whose sum is below the limit nothing is known, not even that.
      if (sum(counts.flat()) < LIMIT) return expect(shown.flat().every((count) => count === null)).toBe(true);
      const vary = canVary(counts, shown);
      const fixed = shown.flatMap((line, row) =>
        line.flatMap((count, column) =>
          count === null && !vary.has(`${row} ${column}`) ? [`${row} ${column}`] : [],
        ),
      );
      expect(fixed).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test("larger tables than can be tried come to an end", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.nat(40), { minLength: 6, maxLength: 6 }), { minLength: 2, maxLength: 9 }),
      (counts) => {
        const shown = suppressedTable(counts, 10).flat();
        expect(counts.flat().every((count, index) => count >= 10 || shown[index] === null)).toBe(true);
      },
    ),
  );
});

test.each<[string, number[][], (number | null)[][]]>([
  ["nothing to withhold", [[10, 25], [30, 40]], [[10, 25], [30, 40]]],
  ["one small count takes a rectangle with it", [[3, 25, 30], [20, 40, 50], [60, 70, 80]], [[null, null, 30], [null, null, 50], [60, 70, 80]]],
  ["two in one row that could trade are fixed by their columns", [[3, 2, 30], [20, 40, 50], [60, 70, 80]], [[null, null, 30], [null, null, 50], [60, 70, 80]]],
  ["one row is a list", [[9, 25, 300]], [[null, null, 300]]],
  ["one column is a list", [[9], [25], [300]], [[null], [null], [300]]],
  ["too few in all", [[1, 2], [3, 0]], [[null, null], [null, null]]],
  ["no rows", [], []],
])("%s", (_what, counts, shown) => {
  expect(suppressedTable(counts, 10)).toEqual(shown);
}); // prettier-ignore
