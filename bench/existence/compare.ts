/** Two samples of times held against each other. */
export interface Comparison {
  readonly medians: readonly [number, number];
  /** The share of all pairs in which the first is the later one, ties half: 0.5 is no difference (Mann-Whitney U / nm). */
  readonly later: number;
  /** How far from 0.5 chance alone takes that in 95 of 100 measurements: 1.96 standard errors of U / nm. */
  readonly margin: number;
}

function medianOf(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** Compares by ranks, so that a few late answers of a busy machine weigh no more than others. */
export function compare(first: readonly number[], second: readonly number[]): Comparison {
  const all = [
    ...first.map((time) => ({ time, own: true })),
    ...second.map((time) => ({ time, own: false })),
  ];
  all.sort((a, b) => a.time - b.time);
  let ranks = 0;
  for (let start = 0; start < all.length;) {
    let end = start;
    while (end < all.length && all[end]!.time === all[start]!.time) end += 1;
    // Ties share the mean of their ranks.
    const rank = (start + 1 + end) / 2;
    for (let at = start; at < end; at += 1) if (all[at]!.own) ranks += rank;
    start = end;
  }
  const [n, m] = [first.length, second.length];
  return {
    medians: [medianOf(first), medianOf(second)],
    later: (ranks - (n * (n + 1)) / 2) / (n * m),
    margin: 1.96 * Math.sqrt((n + m + 1) / (12 * n * m)),
  };
}
