/** What a site's limit is when it does not say: counts below it identify people in a county. */
export const SMALLEST_SHOWN = 10;

export interface Counts<Key extends string> {
  readonly cells: readonly { readonly key: Key; readonly count: number | null }[];
  readonly total: number | null;
}

/**
 * Withholds (as null) every count below the limit, zero too, and the total with it: the one rule for every list of figures
 * the hub tells. Should the total be known from elsewhere, nobody can subtract his way back either: as many more are
 * withheld, smallest first, as it takes that what is withheld is never one cell alone, nor cells that together stay below
 * the limit.
 *
 * The total itself goes because of those who know this rule: of 11, 9 and 11 with their sum, "null, null, 11 of 31"
 * leaves only one way to fill the gaps.
 */
export function suppressed<Key extends string>(
  cells: readonly { readonly key: Key; readonly count: number }[],
  limit: number,
): Counts<Key> {
  const bySize = cells.map((cell, index) => ({ ...cell, index })).sort((a, b) => a.count - b.count);
  const withheld = new Set<number>();
  let sum = 0;
  for (const { count, index } of bySize) {
    const complete = withheld.size === 0 || (withheld.size > 1 && sum >= limit);
    if (count >= limit && complete) break;
    withheld.add(index);
    sum += count;
  }
  const total = cells.reduce((all, { count }) => all + count, 0);
  return {
    cells: cells.map(({ key, count }, index) => ({ key, count: withheld.has(index) ? null : count })),
    total: withheld.size > 0 || total < limit ? null : total,
  };
}
